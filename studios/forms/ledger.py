"""Forms of what a studio does: funds, projects, achievements with their recognitions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import PartialDateField, Styled
from studios.choices import FundSource, PatentStatus, ProjectStatus, Rank, RecognitionKind
from studios.forms.fields import (
    NOTHING_CHOSEN,
    DayField,
    MoneyField,
    PartForm,
    RowForm,
    YearField,
    label_of,
    optional,
    rows_of,
)
from studios.forms.parts import Part
from studios.models import Achievement, AchievementKind, Fund, Project, Recognition
from studios.queries.contents import ACHIEVEMENT_FIELDS, FUND_FIELDS, PROJECT_FIELDS, RECOGNITION_FIELDS
from studios.validators import (
    check_not_in_future,
    check_order,
    check_year,
    doubts_of_money,
    doubts_of_number,
    whole,
)


class FundRow(RowForm):
    """Money of one year from one source."""

    year = YearField(label=label_of(Fund, "year"))
    source = forms.ChoiceField(
        label=label_of(Fund, "source"), choices=FundSource.choices, initial=FundSource.UNIT
    )
    amount = MoneyField(label=label_of(Fund, "amount"), max_digits=12)

    class Meta:
        model = Fund
        fields = FUND_FIELDS

    def clean_year(self):
        check_year(self.cleaned_data["year"])
        return self.cleaned_data["year"]

    def doubts(self):
        return [("amount", sentence) for sentence in doubts_of_money(self.now("amount"))]


class FundsPart(Part):
    """Section 5: money by year."""

    template = "studios/sections/funds.html"
    list_classes = {"funds": rows_of(FundRow)}


class ProjectRow(RowForm):
    """One project of a year."""

    year = YearField(label=label_of(Project, "year"))
    status = forms.ChoiceField(
        label=label_of(Project, "status"), choices=ProjectStatus.choices, initial=ProjectStatus.RUNNING
    )

    class Meta:
        model = Project
        fields = PROJECT_FIELDS

    field_order = ("title", "year", "status", "goal", "outcome")
    wide = ("title",)

    def clean_year(self):
        check_year(self.cleaned_data["year"])
        return self.cleaned_data["year"]


class ProjectsPart(Part):
    """Section 6: innovation projects by year."""

    template = "studios/sections/projects.html"
    list_classes = {"projects": rows_of(ProjectRow)}


def achievement_choices(kinds):
    """The kinds of achievement as choices."""
    return [*NOTHING_CHOSEN, *[(kind.pk, kind.label) for kind in kinds]]


class NewAchievementForm(Styled, forms.Form):
    """What a result starts with."""

    title = forms.CharField(label=label_of(Achievement, "title"), max_length=120)
    kind_id = forms.TypedChoiceField(label=label_of(Achievement, "kind"), coerce=int)

    wide = ("title",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind_id"].choices = achievement_choices(AchievementKind.objects.all())


class AchievementForm(PartForm):
    """One result."""

    kind_id = forms.TypedChoiceField(label=label_of(Achievement, "kind"), coerce=int)
    completed_on = PartialDateField(label=label_of(Achievement, "completed_on"), required=False, day=True)
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
        if kind := self.chosen_kind():
            english = str(label_of(Achievement, "number")) == "number"
            label = kind.number_label_en if english else kind.number_label
            self.fields["number"].label = label or self.fields["number"].label

    def chosen_kind(self):
        """The kind that is chosen now, typed or stored."""
        value = self.data.get(self.add_prefix("kind_id")) if self.is_bound else self.initial.get("kind_id")
        return self.kinds.get(whole(value))

    def clean(self):
        data = super().clean()
        self.blame("completed_on", check_not_in_future, data.get("completed_on"))
        self.blame("granted_on", check_not_in_future, data.get("granted_on"))
        if data.get("granted_on") and data.get("patent_status") != PatentStatus.GRANTED:
            self.add_error(
                "granted_on", _("Only a granted patent has a date of grant; choose “granted” beside it.")
            )
        return data

    def doubts(self):
        kind = self.chosen_kind()
        lines = [
            ("number", sentence)
            for sentence in doubts_of_number(
                kind.code if kind else "", self.now("number"), self.now("granted_on")
            )
        ]
        return lines + [
            ("benefit_amount", sentence) for sentence in doubts_of_money(self.now("benefit_amount"))
        ]


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


class AchievementPart(Part):
    """One result of section 7 with its recognitions."""

    template = "studios/sections/achievement.html"
    main_class = AchievementForm
    list_classes = {"recognitions": rows_of(RecognitionRow)}

    def main_kwargs(self):
        return {"kinds": list(AchievementKind.objects.all())}

    def check(self):
        """A result is recognised when it is complete."""
        completed = self.main.cleaned_data.get("completed_on")
        sentence = _("Recognised in %(later)s, but completed only in %(earlier)s.")
        for row in self.filled("recognitions"):
            row.blame("granted_on", check_order, completed, row.cleaned_data.get("granted_on"), sentence)
