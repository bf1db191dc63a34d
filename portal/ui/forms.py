"""Forms in the look of the portal: the Styled mixin and the field for dates that may lack month or day."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.forms import widgets as w
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

BARE = (w.CheckboxInput, w.RadioSelect, w.CheckboxSelectMultiple, w.MultiWidget, w.HiddenInput)


def css_class(widget):
    """The class of the stylesheet for a widget, "" for those that are styled by what surrounds them."""
    if isinstance(widget, BARE):
        return ""
    if isinstance(widget, w.FileInput):
        return "input-file"
    if isinstance(widget, w.Textarea):
        return "textarea"
    if isinstance(widget, w.Select):
        return "select"
    return "input"


def dress(widget):
    """Put the class on the widget, keeping what the form gave it."""
    if isinstance(widget, w.NumberInput):
        # A number input gives the server "" for text such as "about 500": the typed text would be lost.
        widget.input_type = "text"
        widget.attrs.setdefault("inputmode", "decimal")
        for name in ("step", "min", "max"):
            widget.attrs.pop(name, None)
    name = css_class(widget)
    if name == "textarea" and widget.attrs.get("rows") == "10":
        widget.attrs["rows"] = "4"  # Django's default is a third of a phone's screen
    present = widget.attrs.get("class", "").split()
    if name and name not in present:
        widget.attrs["class"] = " ".join([*present, name])


class Styled:
    """Mixin, first among the bases of a form: classes on widgets, no colon after labels.

    ``wide`` names the fields that take the whole line of a ``.fields`` grid.
    """

    wide = ()

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field.widget)


def numbered(template, first, last):
    """Options 01 .. 31 whose words are translated late: format "{n}" is filled with the number."""
    return [(f"{n:02}", format_lazy(template, n=n)) for n in range(first, last + 1)]


class PartialDateWidget(forms.MultiWidget):
    """Year typed, month (and day) chosen; the value is one string "YYYY", "YYYY-MM" or "YYYY-MM-DD"."""

    template_name = "ui/partial_date.html"

    def __init__(self, attrs=None, *, day=False):
        year = {"inputmode": "numeric", "maxlength": 4, "aria-label": _("Year"), "placeholder": _("Year")}
        month = {"class": "select", "aria-label": _("Month")}
        parts = {
            "year": forms.TextInput({"class": "input", "autocomplete": "off", **year}),
            "month": forms.Select(
                month, [("", _("Month")), *numbered(pgettext_lazy("option", "Month {n}"), 1, 12)]
            ),
        }
        if day:
            parts["day"] = forms.Select(
                {"class": "select", "aria-label": _("Day")},
                [("", _("Day")), *numbered(pgettext_lazy("option", "Day {n}"), 1, 31)],
            )
        super().__init__(parts, attrs)

    def decompress(self, value):
        parts = (str(value or "")).split("-")
        return [*parts, "", "", ""][: len(self.widgets)]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        for part in context["widget"]["subwidgets"][1:]:
            part["attrs"].pop("required", None)  # only the year must be there
        return context

    def value_from_datadict(self, data, files, name):
        parts = [part or "" for part in super().value_from_datadict(data, files, name)]
        return "-".join(part.strip() for part in parts).rstrip("-")

    def id_for_label(self, id_):
        return f"{id_}_0" if id_ else ""


class PartialDateField(forms.CharField):
    """A date that may lack its day or month. Cleans to "", "YYYY", "YYYY-MM" or "YYYY-MM-DD".

    ``day`` offers a day; ``least`` is the coarsest precision that will do: "year", "month" or "day".
    """

    default_error_messages = {
        "year": _("Give the year as four digits, for example 2024."),
        "month": _("Choose the month as well."),
        "day": _("Choose the day as well."),
        "gap": _("A day needs its month: choose the month."),
        "unreal": _("There is no such day in the calendar."),
    }

    def __init__(self, *, day=False, least="year", **kwargs):
        self.least = least
        kwargs.setdefault("widget", PartialDateWidget(day=day))
        super().__init__(**kwargs)

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return ""
        year, month, day = [*value.split("-"), "", ""][:3]
        if not (len(year) == 4 and year.isascii() and year.isdigit() and year[:2] in {"18", "19", "20"}):
            raise self._error("year")
        if day and not month:
            raise self._error("gap")
        if self.least in {"month", "day"} and not month:
            raise self._error("month")
        if self.least == "day" and not day:
            raise self._error("day")
        try:
            date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            raise self._error("unreal") from None
        return value

    def _error(self, code):
        return ValidationError(self.error_messages[code], code=code)
