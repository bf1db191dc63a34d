"""The form of one result: what its kind asks for, its recognitions, its uses, and who has a share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import PartialDateField, dress
from studios.choices import ConversionMode, PatentStatus, Rank, RecognitionKind
from studios.forms.fields import (
    DayField,
    MoneyField,
    NumberField,
    PartForm,
    RowForm,
    YearField,
    label_of,
    optional,
    rows_of,
)
from studios.forms.ledger import achievement_choices
from studios.forms.parts import Part
from studios.ledger.kinds import LONGEST, PATENT_COLUMNS, YEAR, columns_gone, details_of
from studios.models import Achievement, AchievementKind, Conversion, Recognition, Share
from studios.queries.contents import (
    ACHIEVEMENT_FIELDS,
    CONVERSION_FIELDS,
    RECOGNITION_FIELDS,
    SHARE_FIELDS,
)
from studios.services.parts import DETAIL
from studios.validators import (
    check_not_in_future,
    check_order,
    check_year,
    doubts_of_money,
    doubts_of_number,
    whole,
)

CONTRACTS = frozenset(
    [
        ConversionMode.TRANSFER,
        ConversionMode.LICENCE,
        ConversionMode.DEVELOPMENT,
        ConversionMode.CONSULTING,
        ConversionMode.SERVICE,
    ]
)
CONTRACT_FIELDS = ("counterparty", "contract_number", "registration_number", "amount", "platform")
FIELDS_OF_MODE = {  # besides the mode and the day
    ConversionMode.OWN_USE: (),
    ConversionMode.ROLL_OUT: ("places",),
    **dict.fromkeys(CONTRACTS, CONTRACT_FIELDS),
    ConversionMode.EQUITY: ("counterparty", "contract_number", "amount"),
    ConversionMode.AUCTION: ("counterparty", "contract_number", "amount", "platform"),
}


class DetailYearField(YearField):
    """A year that is kept as text, among other things that only some results have."""

    def clean(self, value):
        year = super().clean(value)
        check_year(year)
        return "" if year is None else str(year)


def field_of(detail):
    """The form field of a ``ledger.kinds.Detail``."""
    label = str(detail.label)
    label = label[:1].upper() + label[1:]
    if detail.choices:
        return forms.ChoiceField(label=label, choices=optional(detail.choices), required=False)
    if detail.type == YEAR:
        return DetailYearField(label=label, required=False)
    return forms.CharField(label=label, max_length=LONGEST, required=False)


class AchievementForm(PartForm):
    """One result; the fields that only some kinds have are those of the kind chosen now."""

    kind_id = forms.TypedChoiceField(label=label_of(Achievement, "kind"), coerce=int)
    completed_on = PartialDateField(label=label_of(Achievement, "completed_on"), required=False, day=True)
    filed_on = DayField(label=label_of(Achievement, "filed_on"), required=False)
    patent_status = forms.ChoiceField(
        label=label_of(Achievement, "patent_status"), choices=optional(PatentStatus.choices), required=False
    )
    granted_on = DayField(
        label=label_of(Achievement, "granted_on"), required=False, help_text=_("Only of a granted patent")
    )
    benefit_amount = MoneyField(label=label_of(Achievement, "benefit_amount"), max_digits=14, required=False)

    class Meta:
        model = Achievement
        fields = tuple(name for name in ACHIEVEMENT_FIELDS if name != "kind_id")
        widgets = {
            "summary": forms.Textarea({"rows": 5}),
            "social_benefit": forms.Textarea({"rows": 3, "maxlength": 300}),
        }

    wide = ("title", "summary", "benefit_basis", "social_benefit")

    def __init__(self, *args, kinds=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.kinds = {kind.pk: kind for kind in kinds}
        self.fields["kind_id"].choices = achievement_choices(kinds)
        kind = self.chosen_kind()
        for name in columns_gone(kind.code if kind else ""):
            del self.fields[name]
        for detail in details_of(kind.code) if kind else ():
            self.fields[f"{DETAIL}{detail.name}"] = field = field_of(detail)
            dress(field.widget)
        if kind:
            english = str(label_of(Achievement, "number")) == "number"
            label = kind.number_label_en if english else kind.number_label
            self.fields["number"].label = label or self.fields["number"].label

    def chosen_kind(self):
        """The kind that is chosen now, typed or stored."""
        value = self.data.get(self.add_prefix("kind_id")) if self.is_bound else self.initial.get("kind_id")
        return self.kinds.get(whole(value))

    def kind_fields(self):
        """The number and what else only some kinds have, as the page shows it together."""
        details = [name for name in self.fields if name.startswith(DETAIL)]
        return [self[name] for name in ("number", *PATENT_COLUMNS, *details) if name in self.fields]

    def clean(self):
        data = super().clean()
        for name in ("completed_on", "filed_on", "granted_on"):
            self.blame(name, check_not_in_future, data.get(name))
        sentence = _("Granted on %(later)s, but filed only on %(earlier)s.")
        self.blame("granted_on", check_order, data.get("filed_on"), data.get("granted_on"), sentence)
        if data.get("granted_on") and data.get("patent_status") != PatentStatus.GRANTED:
            self.add_error(
                "granted_on", _("Only a granted patent has a date of grant; choose “granted” beside it.")
            )
        return data

    def doubts(self):
        kind = self.chosen_kind()
        found = doubts_of_number(
            kind.code if kind else "",
            self.now("number"),
            self.now("granted_on"),
            filed_on=self.now("filed_on"),
            status=self.now("patent_status"),
        )
        lines = [("number", sentence) for sentence in found]
        return lines + [
            ("benefit_amount", sentence) for sentence in doubts_of_money(self.now("benefit_amount"))
        ]

    def now(self, name):
        return super().now(name) if name in self.fields else None


class RecognitionRow(RowForm):
    """How others recognised a result."""

    kind = forms.ChoiceField(
        label=label_of(Recognition, "kind"), choices=RecognitionKind.choices, initial=RecognitionKind.AWARD
    )
    rank = forms.TypedChoiceField(
        label=label_of(Recognition, "rank"), choices=optional(Rank.choices), coerce=int
    )
    granted_on = PartialDateField(label=label_of(Recognition, "granted_on"), required=False, day=True)

    class Meta:
        model = Recognition
        fields = RECOGNITION_FIELDS

    field_order = ("name", "kind", "rank", "grade", "granted_by", "granted_on", "document_number")
    wide = ("name",)

    def clean(self):
        data = super().clean()
        self.blame("granted_on", check_not_in_future, data.get("granted_on"))
        return data


class ConversionRow(RowForm):
    """One way in which a result is used; a row whose way is known asks for what belongs to it."""

    # none is chosen at first: a row that says "own use" and no more is a row
    mode = forms.ChoiceField(label=label_of(Conversion, "mode"), choices=optional(ConversionMode.choices))
    started_on = PartialDateField(label=label_of(Conversion, "started_on"), required=False, day=True)
    amount = MoneyField(label=label_of(Conversion, "amount"), max_digits=14, required=False)

    class Meta:
        model = Conversion
        fields = CONVERSION_FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self["id"].value():
            own = FIELDS_OF_MODE.get(self["mode"].value(), CONVERSION_FIELDS)
            for name in set(CONVERSION_FIELDS) - {"mode", "started_on", *own}:
                if self[name].value() in (None, ""):  # what was written stays in sight
                    del self.fields[name]

    def clean(self):
        data = super().clean()
        self.blame("started_on", check_not_in_future, data.get("started_on"))
        return data

    def doubts(self):
        if self.now("mode") not in CONTRACTS:
            return []
        missing = [
            str(self.fields[name].label)
            for name in ("counterparty", "contract_number", "amount")
            if name in self.fields and self.now(name) in (None, "")
        ]
        if not missing:
            return []
        sentence = _("A technology contract has these as well: %(missing)s.")
        return [("mode", sentence % {"missing": _(", ").join(missing)})]


class ShareRow(RowForm):
    """The part of one person or one other studio."""

    position = forms.IntegerField(
        label=label_of(Share, "position"),
        min_value=1,
        max_value=99,
        widget=forms.TextInput({"inputmode": "numeric", "maxlength": 2}),
    )
    name = forms.CharField(
        label=label_of(Share, "name"),
        max_length=160,
        help_text=_("A person of the unit, or the name of another studio"),
        widget=forms.TextInput({"list": "names-of-team", "autocomplete": "off"}),
    )
    percent = NumberField(
        label=label_of(Share, "percent"), min_value=0.01, max_value=100, max_digits=5, decimal_places=2,
        required=False,
    )  # fmt: skip

    class Meta:
        model = Share
        fields = SHARE_FIELDS


class AchievementPart(Part):
    """One result of section 7 with what hangs on it."""

    template = "studios/sections/achievement.html"
    main_class = AchievementForm
    list_classes = {
        "recognitions": rows_of(RecognitionRow),
        "conversions": rows_of(ConversionRow),
        "shares": rows_of(ShareRow),
    }

    def main_kwargs(self):
        return {"kinds": list(AchievementKind.objects.all())}

    def team_names(self):
        """Who is offered while a share is typed: the leader and the team."""
        names = (self.studio.leader_name, *getattr(self.studio, "team_names", ()))
        return list(dict.fromkeys(name for name in names if name))

    def check(self):
        """A result is recognised and used when it is complete; shares are parts of one whole."""
        completed = self.main.cleaned_data.get("completed_on")
        sentence = _("Recognised in %(later)s, but completed only in %(earlier)s.")
        for row in self.filled("recognitions"):
            row.blame("granted_on", check_order, completed, row.cleaned_data.get("granted_on"), sentence)
        self._check_shares()

    def _check_shares(self):
        taken, total = {}, 0
        for row in self.filled("shares"):
            position, percent = row.cleaned_data.get("position"), row.cleaned_data.get("percent")
            if position in taken:
                sentence = _("Position %(position)d is given to %(other)s already; each has one of its own.")
                other = taken[position].cleaned_data.get("name", "")
                row.add_error("position", sentence % {"position": position, "other": other})
            elif position is not None:
                taken[position] = row
            total += percent or 0
            if percent and total > 100:
                sentence = _("With this the shares come to %(total)s %%; together they are 100 %% at most.")
                row.add_error("percent", sentence % {"total": f"{total.normalize():f}"})
                total -= percent
