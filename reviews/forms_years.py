"""What people type about a yearly assessment: the report's texts, the points of each item, the grade."""

import unicodedata
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from portal.ui.forms import Styled, dress
from reviews.choices import AssessmentState, Grade
from reviews.forms import CaseForm
from reviews.scoring.engine import Refused, choices_of, input_kind, points_of
from reviews.scoring.wording import label, sentence, trim

SPARE_ROWS = 2
MOST_ROWS = 40
YES_NO = [("yes", _("yes")), ("no", _("no"))]


class ReportForm(Styled, forms.Form):
    """What the unit writes itself; the numbers come from the ledger."""

    summary = forms.CharField(
        label=_("What the year brought"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 6, "maxlength": 2000}),
        help_text=_("A few sentences: the most important result, what changed by it, whom you trained."),
    )
    plan = forms.CharField(
        label=_("Plan for the next year"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3, "maxlength": 1000}),
    )


class AssessmentForm(CaseForm):
    """A step of an assessment; grading and changing ask for the grade."""

    grade = forms.ChoiceField(
        label=_("Grade"),
        required=False,
        choices=[("", "—"), *Grade.choices],
        error_messages={"required": _("Choose a grade.")},
    )


class YearFilterForm(Styled, forms.Form):
    """The filters of the list. ``words``: ``queries_years.filter_words()``."""

    q = forms.CharField(label=_("Search for"), required=False, max_length=60)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All states")), *AssessmentState.choices]
    )
    county = forms.TypedChoiceField(label=_("County"), required=False, coerce=int, empty_value=None)
    grade = forms.ChoiceField(
        label=_("Grade"), required=False, choices=[("", _("All grades")), *Grade.choices]
    )
    late = forms.BooleanField(label=_("Only late"), required=False)
    sampled = forms.BooleanField(label=_("Only the sample"), required=False)

    def __init__(self, *args, words, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = _("Studio or unit")
        self.fields["year"].choices = [("", _("All years")), *words["year"]]
        self.fields["county"].choices = [("", _("All counties")), *words["county"]]
        if not words["county"]:
            del self.fields["county"]

    @property
    def in_use(self):
        """Whether anything is filtered."""
        return self.is_valid() and any(self.cleaned_data.values())


def typed(text):
    """A number as typed: full-width digits and blanks made plain."""
    return unicodedata.normalize("NFKC", text or "").strip().replace("，", ".").removesuffix("%").strip()


class Number(forms.CharField):
    """A number as text; ``scoring`` reads it and says what is wrong with it."""

    def __init__(self, words, **kwargs):
        widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "input input--num"})
        super().__init__(label=words, required=False, max_length=20, widget=widget, **kwargs)

    def to_python(self, value):
        return typed(super().to_python(value))


def chooser(words, rows):
    """One row of an item to choose."""
    return forms.ChoiceField(
        label=words, required=False, choices=[("", "—"), *((row.code, label(row)) for row in rows)]
    )


def worth(row):
    """A row's title with what it gives or takes."""
    points = row.values.get("points")
    if row.values.get("how") == "all" or points in (None, ""):
        return label(row)
    return now_("%(title)s (%(points)s points)") % {"title": label(row), "points": trim(points)}


@dataclass
class Line:
    """One item on the page: its fields, and the input they make."""

    item: object
    name: str
    form: forms.Form

    @property
    def kind(self):
        """See the docstring of ``reviews.scoring``."""
        return input_kind(self.item)

    @property
    def rows(self):
        """The item's rows with the name of their field."""
        return [(row, f"{self.name}_{place}") for place, row in enumerate(choices_of(self.item))]

    @property
    def bound(self):
        """The bound fields in order."""
        return [self.form[name] for name in self.form.fields if self.owns(name)]

    @property
    def has_errors(self):
        """Whether something typed here is to be changed."""
        return self.form.is_bound and any(self.owns(name) for name in self.form.errors)

    def owns(self, name):
        """Whether a field is one of this item's, its remark apart."""
        return name == self.name or (name.startswith(f"{self.name}_") and not name.endswith("_remark"))

    @property
    def remark(self):
        """The bound field of the remark, None on the unit's side."""
        name = f"{self.name}_remark"
        return self.form[name] if name in self.form.fields else None

    def fields(self):
        """``{name: field}`` by the kind of input."""
        return getattr(self, f"_fields_{self.kind}")()

    def _fields_yes_no(self):
        return {
            self.name: forms.ChoiceField(
                label=now_("Met?"), required=False, choices=YES_NO, widget=forms.RadioSelect
            )
        }

    def _fields_choice(self):
        return {self.name: chooser(now_("Grade chosen"), choices_of(self.item))}

    def _fields_band(self):
        return {
            self.name: chooser(now_("Band"), choices_of(self.item)),
            f"{self.name}_points": Number(now_("Points within the band")),
        }

    def _fields_units(self):
        return {name: Number(now_("%(title)s: how many") % {"title": worth(row)}) for row, name in self.rows}

    def _fields_marks(self):
        fields = {}
        for row, name in self.rows:
            how = row.values.get("how", "once")
            if how in ("once", "all"):
                fields[name] = forms.BooleanField(label=worth(row), required=False)
            elif how == "each":
                fields[name] = Number(now_("%(title)s: how many") % {"title": worth(row)})
            else:
                fields[name] = Number(now_("%(title)s: points off") % {"title": worth(row)})
        fields[f"{self.name}_seen"] = forms.BooleanField(
            label=now_("Looked at: nothing else to take off"), required=False
        )
        return fields

    def _fields_percent(self):
        return {self.name: Number(now_("Percent"))}

    def _fields_number(self):
        return {self.name: Number(pgettext("score", "Points"))}

    def _fields_list(self):
        words = now_("Level") if self.item.rule == "highest" else now_("Kind")
        fields = {}
        for place in range(self.row_count()):
            fields[f"{self.name}_{place}_subject"] = forms.CharField(
                label=now_("Subject %(number)d") % {"number": place + 1}, required=False, max_length=120
            )
            fields[f"{self.name}_{place}_rank"] = chooser(words, choices_of(self.item))
            if self.item.rule == "shared":
                share = now_("Place") if self.item.params.get("ladder") else now_("Share (%)")
                fields[f"{self.name}_{place}_share"] = Number(share)
        fields[f"{self.name}_none"] = forms.BooleanField(label=now_("None this year"), required=False)
        return fields

    def row_count(self):
        """How many rows of a list the page has: those sent, or those there are and a few to spare."""
        if self.form.is_bound:
            place = 0
            while place < MOST_ROWS and f"{self.name}_{place}_subject" in self.form.data:
                place += 1
            return place
        return min(len(self.form.given.get(self.item.code) or ()) + SPARE_ROWS, MOST_ROWS)

    def initial(self, given):
        """What the fields show for an input."""
        return {} if given is None else getattr(self, f"_initial_{self.kind}")(given)

    def _initial_yes_no(self, given):
        return {self.name: "yes" if given else "no"}

    def _initial_choice(self, given):
        return {self.name: given}

    _initial_percent = _initial_number = _initial_choice

    def _initial_band(self, given):
        return {self.name: given.get("band"), f"{self.name}_points": given.get("points", "")}

    def _initial_units(self, given):
        return {name: given.get(row.code, "") for row, name in self.rows}

    def _initial_marks(self, given):
        return {**self._initial_units(given), f"{self.name}_seen": True}

    def _initial_list(self, given):
        found = {f"{self.name}_none": not given}
        for place, entry in enumerate(given):
            found[f"{self.name}_{place}_subject"] = entry.get("subject", "")
            found[f"{self.name}_{place}_rank"] = entry.get("rank") or entry.get("unit") or ""
            found[f"{self.name}_{place}_share"] = entry.get("share") or entry.get("place") or ""
        return found

    def input(self, data):
        """The input that the cleaned data make; None: not scored."""
        return getattr(self, f"_input_{self.kind}")(data)

    def _input_yes_no(self, data):
        return {"yes": True, "no": False}.get(data.get(self.name))

    def _input_choice(self, data):
        return data.get(self.name) or None

    _input_percent = _input_number = _input_choice

    def _input_band(self, data):
        band, points = data.get(self.name), data.get(f"{self.name}_points")
        if not band and not points:
            return None
        return {"band": band, **({"points": points} if points else {})}

    def _input_units(self, data):
        found = {row.code: data[name] for row, name in self.rows if data.get(name)}
        return found or None

    def _input_marks(self, data):
        found = {row.code: data[name] for row, name in self.rows if data.get(name)}
        return found if found or data.get(f"{self.name}_seen") else None

    def _input_list(self, data):
        found = []
        key = "rank" if self.item.rule == "highest" else "unit"
        share = "place" if self.item.params.get("ladder") else "share"
        for place in range(self.row_count()):
            subject = data.get(f"{self.name}_{place}_subject", "")
            rank, part = (
                data.get(f"{self.name}_{place}_rank", ""),
                data.get(f"{self.name}_{place}_share", ""),
            )
            if subject or rank or part:
                found.append({"subject": subject, key: rank, **({share: part} if part else {})})
        return found if found or data.get(f"{self.name}_none") else None


class ScoreForm(Styled, forms.Form):
    """The points of every item, on one side. ``given``: {item code: input} to begin with.

    ``inputs`` after cleaning has every item, None for those not scored.
    """

    def __init__(self, *args, scheme, given, remarks=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.given, self.inputs, self.remarks = given, {}, {}
        items = scheme.items if scheme else ()
        self.lines = [Line(item, f"s{place}", self) for place, item in enumerate(items)]
        for line in self.lines:
            self._add(line, remarks)

    def _add(self, line, remarks):
        fields = line.fields()
        if remarks is not None:
            fields[f"{line.name}_remark"] = forms.CharField(
                label=now_("Remark"), required=False, max_length=300, initial=remarks.get(line.item.code, "")
            )
        shown = line.initial(self.given.get(line.item.code))
        for name, field in fields.items():
            field.initial = shown.get(name, field.initial)
            dress(field.widget)
            self.fields[name] = field

    def clean(self):
        """Every input gives points, or its item says why not."""
        data = super().clean()
        for line in self.lines:
            self.remarks[line.item.code] = data.get(f"{line.name}_remark", "")
            given = line.input(data)
            try:
                if given is not None:
                    points_of(line.item, given)
                self.inputs[line.item.code] = given
            except Refused as problem:
                first = next(name for name in self.fields if line.owns(name))
                self.add_error(first, f"{label(line.item)}: {sentence(problem)}")
        return data


def in_words(item, given):
    """An input as a person reads it."""
    if given is None:
        return ""
    kind, rows = input_kind(item), {row.code: label(row) for row in choices_of(item)}
    if kind == "yes_no":
        return now_("yes") if given else now_("no")
    if kind == "choice":
        return rows.get(given, str(given))
    if kind == "band":
        return rows.get(given.get("band"), "")
    if kind == "percent":
        return f"{given} %"
    if kind in ("units", "marks"):
        counts = [rows.get(c, c) + ("" if n is True else f" × {trim(n)}") for c, n in given.items() if n]
        return "；".join(counts) or now_("nothing")
    if kind == "list":
        named = [f"{e.get('subject', '')} {rows.get(e.get('rank') or e.get('unit'), '')}" for e in given]
        return "；".join(text.strip() for text in named) or now_("nothing")
    return ""
