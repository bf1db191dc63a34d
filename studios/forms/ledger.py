"""Forms of what a studio does: funds, projects, achievements with their recognitions."""

from django import forms

from portal.ui.forms import Styled
from studios.choices import FundSource, ProjectStatus
from studios.forms.fields import (
    NOTHING_CHOSEN,
    MoneyField,
    RowForm,
    YearField,
    label_of,
    rows_of,
)
from studios.forms.parts import Part
from studios.models import Achievement, AchievementKind, Fund, Project
from studios.queries.contents import FUND_FIELDS, PROJECT_FIELDS
from studios.validators import (
    check_year,
    doubts_of_money,
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
