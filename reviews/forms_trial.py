"""Trying a scheme of points: inputs for every item, to see what they come to. Nothing is kept."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.ui.forms import Styled, dress
from reviews.choices import ScoreRule
from reviews.scoring.engine import input_kind
from reviews.scoring.wording import label
from studios.forms.fields import NOTHING_CHOSEN, NumberField

NUMBER_TROUBLE = {"invalid": _("Give a number such as 3 or 2.5.")}


class TrialForm(Styled, forms.Form):
    """Inputs for every item of a scheme, none of them required.

    ``parts`` are the items with their fields in order.
    """

    LISTED = 3  # lines offered where an item takes a list

    def __init__(self, *args, scheme, **kwargs):
        super().__init__(*args, **kwargs)
        self.scheme = scheme
        self.names = {}
        for place, item in enumerate(scheme.items):
            made = OFFERED[input_kind(item)](item, f"i{place}")
            self.names[item.code] = list(made)
            for name, field in made.items():
                dress(field.widget)
                self.fields[name] = field

    @property
    def parts(self):
        """(item, its bound fields) in order."""
        return [(item, [self[name] for name in self.names[item.code]]) for item in self.scheme.items]

    def inputs(self):
        """The inputs as ``reviews.scoring`` takes them; None where nothing was said."""
        return {
            item.code: TAKEN[input_kind(item)](item, [self.cleaned_data[n] for n in self.names[item.code]])
            for item in self.scheme.items
        }


def offer_number(item, name):
    """One number."""
    kind = _("Percentage") if item.rule == ScoreRule.PERCENT else pgettext_lazy("scheme row", "Points")
    return {name: trial_number(kind)}


def offer_yes_no(item, name):
    """Yes, no, or nothing said."""
    choices = [*NOTHING_CHOSEN, ("yes", _("yes")), ("no", _("no"))]
    return {name: forms.ChoiceField(label=_("Is it met?"), choices=choices, required=False)}


def offer_choice(item, name):
    """One of the grades."""
    return {name: trial_choice(_("Grade"), item)}


def offer_band(item, name):
    """The band and the points within it: bands overlap, so both are asked for."""
    return {
        f"{name}_band": trial_choice(_("Band"), item),
        f"{name}_points": trial_number(_("Points in the band")),
    }


def offer_units(item, name):
    """How many of each."""
    return {f"{name}_{place}": trial_number(label(row)) for place, row in enumerate(item.rows)}


def offer_marks(item, name):
    """A tick for each deduction, a number where it is counted or left to judgement."""
    return {
        f"{name}_{place}": forms.BooleanField(label=label(row), required=False)
        if row.values.get("how", "once") in ("once", "all")
        else trial_number(label(row))
        for place, row in enumerate(item.rows)
    }


def offer_list(item, name):
    """A few lines of what it is about, its rank or kind, and the share where it is shared."""
    made = {}
    for place in range(TrialForm.LISTED):
        about = _("What it is about (line %(n)d)") % {"n": place + 1}
        made[f"{name}_s{place}"] = forms.CharField(label=about, max_length=120, required=False)
        made[f"{name}_r{place}"] = trial_choice(_("Level or kind"), item)
        if item.rule == ScoreRule.SHARED:
            words = _("Place among the authors") if item.params.get("ladder") else _("Share (%)")
            made[f"{name}_x{place}"] = trial_number(words)
    return made


def trial_number(words):
    """A number that may be left out; its range is checked by the rule."""
    return NumberField(label=words, required=False, error_messages=NUMBER_TROUBLE)


def trial_choice(words, item):
    """One of the item's rows, or none."""
    choices = [*NOTHING_CHOSEN, *((row.code, label(row)) for row in item.rows)]
    return forms.ChoiceField(label=words, choices=choices, required=False)


def take_band(_item, values):
    """Band and points; nothing said without a band."""
    return {"band": values[0], "points": values[1]} if values[0] else None


def take_rows(item, values):
    """The numbers and ticks by the code of their row; nothing said while all are empty."""
    said = {
        row.code: value for row, value in zip(item.rows, values, strict=True) if value not in (None, False)
    }
    return said or None


def take_marks(item, values):
    """As rows, but no tick at all means that nothing is missing."""
    return take_rows(item, values) or {}


def take_list(item, values):
    """The lines whose level or kind was chosen."""
    width = 3 if item.rule == ScoreRule.SHARED else 2
    lines = [values[start : start + width] for start in range(0, len(values), width)]
    if item.rule == ScoreRule.SHARED:
        last = "place" if item.params.get("ladder") else "share"
        said = [{"subject": about, "unit": row, last: value} for about, row, value in lines if row]
    else:
        said = [{"subject": about, "rank": row} for about, row in lines if row]
    return said or None


OFFERED = {
    "number": offer_number,
    "percent": offer_number,
    "yes_no": offer_yes_no,
    "choice": offer_choice,
    "band": offer_band,
    "units": offer_units,
    "marks": offer_marks,
    "list": offer_list,
}
TAKEN = {
    "number": lambda _item, values: values[0],
    "percent": lambda _item, values: values[0],
    "yes_no": lambda _item, values: {"yes": True, "no": False}.get(values[0]),
    "choice": lambda _item, values: values[0] or None,
    "band": take_band,
    "units": take_rows,
    "marks": take_marks,
    "list": take_list,
}
