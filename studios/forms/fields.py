"""Fields and bases that the forms of a studio share."""

import re
import unicodedata

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import PartialDateField, Styled
from portal.ui.formsets import Rows

NOTHING_CHOSEN = [("", "—")]


def label_of(model, name):
    """The label of a model's field, as Django's own forms write it."""
    return capfirst(model._meta.get_field(name).verbose_name)


def optional(choices):
    """Choices with an empty one first."""
    return [*NOTHING_CHOSEN, *choices]


class DayField(forms.DateField):
    """A day, chosen in the browser's calendar; takes ISO text everywhere."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"])
        kwargs.setdefault(
            "error_messages", {"invalid": _("Give a day as year-month-day, such as 2024-06-01.")}
        )
        super().__init__(**kwargs)


class MonthTextField(PartialDateField):
    """A year and month typed in one go, as 1985-06, 1985.6, 198506 or 1985年6月; quick in long lists."""

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "widget", forms.TextInput({"maxlength": 10, "placeholder": "1985-06", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def to_python(self, value):
        text = unicodedata.normalize("NFKC", super().to_python(value)).rstrip("月 ")
        found = re.fullmatch(r"(\d{4})(?:\s*[-./年]?\s*(\d{1,2}))?\s*年?", text)
        if not found:
            return text
        return f"{found[1]}-{int(found[2]):02}" if found[2] else found[1]


class NumberField(forms.DecimalField):
    """A number with decimals; takes thousands separators and full-width digits."""

    def to_python(self, value):
        if isinstance(value, str):
            value = unicodedata.normalize("NFKC", value).replace(",", "").strip()
        return super().to_python(value)

    def prepare_value(self, value):
        """12.5000 as stored is 12.5 on the page."""
        return f"{value.normalize():f}" if hasattr(value, "normalize") else value


class MoneyField(NumberField):
    """An amount in units of 10,000 yuan."""

    def __init__(self, **kwargs):
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("decimal_places", 4)
        kwargs.setdefault(
            "error_messages", {"invalid": _("Give a number in units of 10,000 yuan, such as 12.5.")}
        )
        super().__init__(**kwargs)


class YearField(forms.IntegerField):
    """A year in four digits."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput({"inputmode": "numeric", "maxlength": 4}))
        kwargs.setdefault("error_messages", {"invalid": _("Give the year as four digits, such as 2024.")})
        super().__init__(**kwargs)


class PartForm(Styled, forms.ModelForm):
    """A form of one part. Its fields are checked; the database's constraints speak when it is saved.

    ``doubts()`` gives (field name, sentence) of what deserves a second look and forbids nothing.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.choices = [
                    NOTHING_CHOSEN[0] if value == "" else (value, label) for value, label in field.choices
                ]

    def _post_clean(self):
        """No instance is built: what is right goes to the services, field by field."""

    def doubts(self):
        return []

    def now(self, name):
        """The value as it stands: the clean one of a bound form, the stored one otherwise."""
        if self.is_bound:
            return getattr(self, "cleaned_data", {}).get(name)
        return self.get_initial_for_field(self.fields[name], name)

    def blame(self, name, check, *values):
        """Run a check of ``validators`` on clean values and put its complaint on a field."""
        try:
            check(*values)
        except forms.ValidationError as problem:
            self.add_error(name, problem)


class RowForm(PartForm):
    """One row of a list; ``id`` is the stored row's, if there is one."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)


class RowsOfPart(Rows, forms.BaseFormSet):
    """A list of rows; an untouched empty row is no row."""


def rows_of(form, **kwargs):
    """The form set class for a row form; a page may hold up to 300 rows."""
    kwargs = {"extra": 0, "can_delete": True, "max_num": 300, "absolute_max": 320, **kwargs}
    return forms.formset_factory(form, formset=RowsOfPart, **kwargs)
