"""Model fields of our own."""

from django.core.exceptions import ValidationError
from django.db import models

from studios.partial_dates import PartialDate

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
