"""Forms of a scheme of points: its head, one item with the fields of its kind of rule, and a year."""

from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.ui.forms import Styled, dress
from reviews.choices import ScoreRule
from reviews.models import AssessmentScheme, AssessmentYear, SchemeItem
from reviews.scoring.engine import plain
from reviews.scoring.schema import SPECS
from reviews.scoring.wording import HOWS, MODES, NAMES, fact_choices
from reviews.services.schemes import DAYS_AFTER_OPENING, due_days
from studios.choices import Tier
from studios.forms.fields import NOTHING_CHOSEN, DayField, NumberField, YearField, label_of, rows_of

NUMBER_TROUBLE = {"invalid": _("Give a number such as 3 or 2.5.")}
OWN_CODES = "r%d"


def points_field(words, **kwargs):
    """A number of points with up to two decimals."""
    return NumberField(
        label=words,
        min_value=0,
        max_value=9999,
        decimal_places=2,
        error_messages=NUMBER_TROUBLE,
        **kwargs,
    )


def facts():
    """The facts of the ledger, with an empty choice first; made when asked, in the reader's language."""
    return [("", _("— nothing: the unit says it —")), *fact_choices()]


def field_of(kind, words, *, required=False):
    """The form field for a param of a kind (see ``reviews.scoring.schema``)."""
    if kind in ("fact", "how"):
        choices = facts if kind == "fact" else list(HOWS.items())
        initial = "once" if kind == "how" else None
        return forms.ChoiceField(label=words, choices=choices, required=required, initial=initial)
    if kind == "count":
        return forms.IntegerField(
            label=words, min_value=1, max_value=99, required=False, error_messages=NUMBER_TROUBLE
        )
    if kind == "ladder":
        return LadderField(
            label=words,
            required=False,
            help_text=_(
                "Percentages of the first, second … author, such as 50, 30, 20; empty: the share is given."
            ),
        )
    if kind == "text":
        return forms.CharField(label=words, max_length=300, required=False)
    # of a fact rather than of points: money and areas are larger
    return NumberField(
        label=words,
        min_value=0,
        max_value=1_000_000,
        decimal_places=2,
        required=required,
        error_messages=NUMBER_TROUBLE,
    )


class LadderField(forms.CharField):
    """Percentages by place, separated by commas or blanks; cleans to a list of texts."""

    def prepare_value(self, value):
        return ", ".join(str(share) for share in value) if isinstance(value, list) else value

    def to_python(self, value):
        words = super().to_python(value).replace("，", " ").replace("、", " ").replace(",", " ")
        shares = [word.rstrip("%％") for word in words.split()]
        if not all(share.replace(".", "", 1).isdecimal() and share.isascii() for share in shares):
            raise forms.ValidationError(_("Give percentages separated by commas, such as 50, 30, 20."))
        if sum(map(Decimal, shares)) > 100:
            raise forms.ValidationError(_("The shares come to more than 100 %; together they cannot."))
        return shares


class SchemeForm(Styled, forms.ModelForm):
    """Title and marks of a draft."""

    pass_mark = points_field(label_of(AssessmentScheme, "pass_mark"))
    excellent_mark = points_field(label_of(AssessmentScheme, "excellent_mark"))
    wide = ("title", "title_en")

    class Meta:
        model = AssessmentScheme
        fields = ("title", "title_en", "pass_mark", "excellent_mark")

    def clean(self):
        values = super().clean()
        low, high = values.get("pass_mark"), values.get("excellent_mark")
        if low is not None and high is not None and high <= low:
            self.add_error(
                "excellent_mark", _("“Excellent” must begin above “qualified” (%(low)s).") % {"low": low}
            )
        return values


class ItemForm(Styled, forms.ModelForm):
    """One item; the fields of its kind of rule come from ``SPECS``, their names begin with ``p_``."""

    points = points_field(label_of(SchemeItem, "points"))
    wide = (
        "title",
        "title_en",
        "evidence",
        "p_note",
        "p_note_en",
        "p_condition",
        "p_condition_en",
        "is_gate",
    )

    class Meta:
        model = SchemeItem
        fields = ("code", "order", "group", "group_en", "title", "title_en", "points", "evidence", "is_gate")

    def __init__(self, *args, rule, **kwargs):
        super().__init__(*args, **kwargs)
        self.rule = rule
        self.fields["code"].label = _("No.")
        params = self.instance.params or {}
        for name, kind in SPECS[rule].params.items():
            self._add(name, field_of(kind, PARAM_LABELS[name]), params)
        modes = [*NOTHING_CHOSEN, *MODES.items()]
        self._add("mode", forms.ChoiceField(label=_("Looked at by"), choices=modes, required=False), params)
        if rule in (ScoreRule.GATE, ScoreRule.BONUS):
            del self.fields["is_gate"]
        else:
            self.fields["is_gate"].label = _("It must be met: without it the whole assessment fails")
            self._add("gate_from", points_field(_("Met from so many points"), required=False), params)
        self._add(
            "note", forms.CharField(label=_("Remark on the rule"), max_length=300, required=False), params
        )
        self._add(
            "note_en",
            forms.CharField(label=_("English remark on the rule"), max_length=300, required=False),
            params,
        )

    def _add(self, name, field, params):
        """A field of the params, in the look that the fields of the class already have."""
        field.initial = params.get(name)
        dress(field.widget)
        self.fields[f"p_{name}"] = field

    def clean_code(self):
        """The number of an item is written without blanks, such as 7a."""
        return "".join(self.cleaned_data["code"].split())

    def clean(self):
        values = super().clean()
        least, points = values.get("p_gate_from"), values.get("points")
        if values.get("is_gate") and points is not None and not (least and least <= points):
            self.add_error(
                "p_gate_from", _("Say from how many points it is met: more than 0, at most the item's.")
            )
        return values

    def _post_clean(self):
        """No instance is built: the service writes the fields."""

    def item_fields(self, rows):
        """What the service writes, with the params of form and rows together."""
        columns = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}
        columns["is_gate"] = self.rule == ScoreRule.GATE or bool(columns.get("is_gate"))
        params = {name[2:]: value for name, value in self.cleaned_data.items() if name.startswith("p_")}
        if not columns["is_gate"]:
            params.pop("gate_from", None)
        if rows is not None:
            params["rows"] = rows.values()
        return {**columns, "rule": self.rule, "params": without_blanks(plain(params))}


PARAM_LABELS = {
    "fact": _("Counted from the ledger"),
    "of": _("As a share of"),
    "least": _("The count must reach"),
    "condition": _("Condition"),
    "condition_en": _("English condition"),
    "together": _("All bonus items together give at most"),
    "best": _("How many things count (empty: the best one)"),
    "ladder": _("Shares by place among the authors (%)"),
}
ROW_LABELS = {
    **NAMES,
    "how": _("How it is taken off"),
    "points": pgettext_lazy("scheme row", "Points"),
    "low": _("Lowest points"),
    "high": _("Highest points"),
    "cap": _("At most"),
    "fact": _("Counted from the ledger"),
    "least": _("The count must reach"),
}


def without_blanks(value):
    """A dict or list without the values that nobody gave."""
    if isinstance(value, dict):
        return {key: without_blanks(inner) for key, inner in value.items() if inner not in (None, "", [])}
    return [without_blanks(inner) for inner in value] if isinstance(value, list) else value


def row_form(rule):
    """The form class of a line of an item with this kind of rule."""
    spec = SPECS[rule]
    names = {
        "code": forms.CharField(required=False, max_length=40, widget=forms.HiddenInput),
        "title": forms.CharField(label=_("Words"), max_length=160, required="least" not in spec.must),
        "title_en": forms.CharField(label=_("English words"), max_length=200, required=False),
    }
    for name, kind in spec.rows.items():
        words = _("From (%)") if rule == ScoreRule.PERCENT and name == "least" else ROW_LABELS[name]
        names[name] = field_of(kind, words, required=name in spec.must)
    return type(
        "LineForm", (Styled, forms.Form), {**names, "wide": ("title", "title_en"), "clean": clean_line}
    )


def clean_line(form):
    """A band runs upwards; a deduction says how much unless it takes everything."""
    values = forms.Form.clean(form)
    low, high = values.get("low"), values.get("high")
    if low is not None and high is not None and low > high:
        form.add_error("high", _("The highest points must not be below the lowest (%(low)s).") % {"low": low})
    if (
        "how" in form.fields
        and values.get("how") != "all"
        and values.get("points") is None
        and not form.errors
    ):
        form.add_error("points", _("Say how many points it takes off."))
    return values


class Lines:
    """Mixin for the lines of an item: what they come to as params."""

    def values(self):
        """The rows in order, each with a key of its own that stays through later edits."""
        given = [
            {name: value for name, value in form.cleaned_data.items() if name not in ("DELETE", "row_key")}
            for form in self.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        taken = {row["code"] for row in given if row.get("code")}
        fresh = (OWN_CODES % n for n in range(1, 1000) if OWN_CODES % n not in taken)
        return [{**row, "code": row.get("code") or next(fresh)} for row in given]


def lines_of(rule, item, data=None):
    """The form set with the lines of an item, or None for a rule without any."""
    if not SPECS[rule].rows:
        return None
    made = rows_of(row_form(rule), extra=0 if item and (item.params or {}).get("rows") else 1, max_num=60)
    kind = type("LineSet", (Lines, made), {})
    return kind(data, initial=(item.params or {}).get("rows", []) if item else [], prefix="rows")


class YearForm(Styled, forms.Form):
    """What the city sets for a year. Days left empty follow from the opening in working days."""

    PERIODS = (
        ("calendar", _("calendar year")),
        ("statistics", _("statistical year, 1 October of the year before to 30 September")),
        ("free", _("other days")),
    )
    DUE = ("report_due_on", "county_due_on", "city_due_on")

    year = YearField(label=label_of(AssessmentYear, "year"), min_value=2000, max_value=2100)
    scheme = forms.ModelChoiceField(AssessmentScheme.objects.none(), label=_("Scheme"))
    period = forms.ChoiceField(label=_("The report covers"), choices=PERIODS, widget=forms.RadioSelect)
    period_since = DayField(
        label=label_of(AssessmentYear, "period_since"),
        required=False,
        help_text=_("Only for other days than the usual years"),
    )
    period_until = DayField(label=label_of(AssessmentYear, "period_until"), required=False)
    opens_on = DayField(label=_("Opens on"))
    report_due_on = DayField(label=label_of(AssessmentYear, "report_due_on"), required=False)
    county_due_on = DayField(label=label_of(AssessmentYear, "county_due_on"), required=False)
    city_due_on = DayField(label=label_of(AssessmentYear, "city_due_on"), required=False)
    excellent_percent = forms.IntegerField(
        label=label_of(AssessmentYear, "excellent_percent"), min_value=0, max_value=100
    )
    sample_percent = forms.IntegerField(
        label=label_of(AssessmentYear, "sample_percent"), min_value=0, max_value=100
    )
    lowest_tier = forms.TypedChoiceField(
        label=label_of(AssessmentYear, "lowest_tier"),
        coerce=int,
        choices=[(tier.value, tier.label) for tier in (Tier.BASE, Tier.COUNTY, Tier.CITY)],
        help_text=_("Studios whose highest title is of this level or above are assessed."),
    )

    def __init__(self, *args, schemes, stored, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scheme"].queryset = schemes
        self.fields["scheme"].empty_label = None
        if stored:
            self.fields["year"].disabled = True
        for name, days in due_words().items():
            self.fields[name].help_text = days

    def clean(self):
        values = super().clean()
        self._fill_period(values)
        opens = values.get("opens_on")
        if opens:
            for name, day in due_days(opens).items():
                if name not in self.errors:
                    values[name] = values.get(name) or day
        self._in_order(values)
        return values

    def _fill_period(self, values):
        year, preset = values.get("year"), values.get("period")
        if preset == "calendar" and year:
            values["period_since"], values["period_until"] = date(year, 1, 1), date(year, 12, 31)
        elif preset == "statistics" and year:
            values["period_since"], values["period_until"] = date(year - 1, 10, 1), date(year, 9, 30)
        elif preset == "free":
            for name in ("period_since", "period_until"):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, _("Give the day, or choose one of the usual years above."))

    def _in_order(self, values):
        """Each day no earlier than the one before it; the reason stands at the later one."""
        for earlier, later in zip(("opens_on", *self.DUE), self.DUE, strict=False):
            self._not_before(values, earlier, later)
        self._not_before(values, "period_since", "period_until")

    def _not_before(self, values, earlier, later):
        first, second = values.get(earlier), values.get(later)
        if first and second and second < first:
            self.add_error(
                later,
                _("%(day)s lies before “%(other)s” (%(first)s); give that day or a later one.")
                % {"day": second, "other": self.fields[earlier].label, "first": first},
            )

    def year_fields(self):
        """What the service writes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "period"}


def preset_of(year):
    """Which of the usual periods a stored year has."""
    if (year.period_since, year.period_until) == (date(year.year, 1, 1), date(year.year, 12, 31)):
        return "calendar"
    since = date(year.year - 1, 10, 1)
    is_statistical = (year.period_since, year.period_until) == (since, date(year.year, 9, 30))
    return "statistics" if is_statistical else "free"


def due_words():
    """What happens to a day that is left empty, for the hints of the form."""
    words = _("Left empty: %(days)d working days after the opening.")
    return {name: words % {"days": days} for name, days in DAYS_AFTER_OPENING.items()}
