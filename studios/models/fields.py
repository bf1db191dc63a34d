"""Model fields of our own."""

from django.core.exceptions import ValidationError
from django.db import models

from studios.partial_dates import PartialDate
from studios.result_keys import LONGEST_NUMBER, LONGEST_TITLE, number_key, title_key

PARTIAL_DATE_PATTERN = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"


def check_partial_date(text):
    """Raise ValidationError unless ``text`` is YYYY, YYYY-MM or YYYY-MM-DD of a real day."""
    try:
        PartialDate.parse(text)
    except ValueError as problem:
        raise ValidationError(str(problem)) from None


class PartialDateField(models.CharField):
    """A date as exact as it is known: YYYY, YYYY-MM or YYYY-MM-DD as text, which sorts by time."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, check_partial_date]


def partial_date_check(name, field):
    """The constraint that ``field`` holds nothing or a well-formed partial date."""
    return models.CheckConstraint(
        name=name,
        condition=models.Q(**{field: ""}) | models.Q(**{f"{field}__regex": PARTIAL_DATE_PATTERN}),
    )


class KeyField(models.CharField):
    """Worked out from other fields whenever the row is written, one by one or in bulk."""

    longest = 0

    def __init__(self, *args, **kwargs):
        kwargs.update(max_length=self.longest, blank=True, editable=False)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance, add):
        key = self.key_of(model_instance)
        setattr(model_instance, self.attname, key)
        return key

    def key_of(self, row):
        """The key of ``row`` as it stands."""
        raise NotImplementedError


class NumberKeyField(KeyField):
    """``number_key`` of a result's kind and number."""

    longest = LONGEST_NUMBER

    def key_of(self, row):
        return number_key(row.kind.code, row.number) if row.number else ""


class TitleKeyField(KeyField):
    """``title_key`` of a result's title."""

    longest = LONGEST_TITLE

    def key_of(self, row):
        return title_key(row.title)
