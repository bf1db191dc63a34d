"""What the pages of the yearly assessment show, each in a number of queries that rows do not change."""

from decimal import Decimal

from django.db.models import (
    Count,
    DecimalField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
)
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from reviews.choices import AssessmentState, Grade
from reviews.models import Assessment, AssessmentYear, Score
from studios.choices import Tier
from studios.models import Appointment, Leader, Member, Union
from studios.permissions import VIEW_APPLICATION, unions_where

NEWEST_FIRST = ("-year", "-pk")
SUMS = (  # facts of the frozen reports that are added up
    "results",
    "projects",
    "activities",
    "people_trained",
    "mentorships",
    "apprentices_graduated",
    "conversions",
    "funds",
    "benefit_amount",
)


def with_ties(rows, user):
    """Annotates ``is_tied``, as ``services.ties.has_ties_to`` answers for one."""
    in_a_role = Appointment.objects.filter(user=user, role_group__union=OuterRef("union"))
    leads = Leader.objects.filter(studio__union=OuterRef("union"), person__user=user)
    works = Member.objects.filter(studio__union=OuterRef("union"), person__user=user)
    return rows.annotate(is_tied=Exists(in_a_role) | Exists(leads) | Exists(works))


def counted(rows):
    """How many rows a query finds, as a column of another."""
    of_campaign = rows.filter(campaign=OuterRef("campaign")).order_by().values("campaign")
    return Coalesce(Subquery(of_campaign.annotate(n=Count("pk")).values("n")), 0)


def with_room(rows):
    """Annotates what the share of excellent grades is computed from: ``whole`` and ``excellent``."""
    return rows.annotate(
        whole=counted(Assessment.objects.all()),
        excellent=counted(Assessment.objects.filter(grade=Grade.EXCELLENT)),
    )


def for_detail(user):
    """The assessments that ``user`` may open, with what the page needs of related rows."""
    related = ("campaign__scheme", "campaign__union", "studio", "union__unit", "county", "city")
    people = ("reported_by", "graded_by", "concluded_by")
    return with_room(with_ties(Assessment.objects.visible_to(user), user)).select_related(*related, *people)


def scored(assessment):
    """``{item code: Score}`` of an assessment; one query."""
    rows = Score.objects.filter(assessment=assessment).select_related("item", "scored_by")
    return {row.item.code: row for row in rows}


def late_q(today=None, prefix=""):
    """The ``Q`` of assessments whose report did not come by its day."""
    today = today or timezone.localdate()
    return Q(
        **{
            f"{prefix}state": AssessmentState.OPEN,
            f"{prefix}reported_at": None,
            f"{prefix}campaign__report_due_on__lt": today,
        }
    )


def filtered(rows, wanted, *, of_office):
    """The assessments that fit the cleaned data of a ``YearFilterForm``; units do not see proposals."""
    for name in ("year", "state", "county"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    if wanted.get("grade"):
        proposed = Q(state=AssessmentState.GRADED, proposed_grade=wanted["grade"])
        rows = rows.filter(Q(grade=wanted["grade"]) | (proposed if of_office else Q(pk__in=[])))
    if wanted.get("late"):
        rows = rows.filter(late_q())
    if wanted.get("sampled"):
        rows = rows.filter(is_sampled=True)
    text = (wanted.get("q") or "").strip()
    if text:
        rows = rows.filter(Q(studio__short_name__icontains=text) | Q(union__unit__name__icontains=text))
    return rows


def for_list(rows):
    """The columns of the list, in the one query of its rows."""
    return rows.select_related("studio", "union__unit", "county", "campaign")


def state_counts(rows):
    """``{state: rows, "late": …}`` in one query."""
    columns = {state: Count("pk", filter=Q(state=state)) for state in AssessmentState.values}
    return rows.aggregate(**columns, late=Count("pk", filter=late_q()))


def filter_words(user):
    """``{"year": [...], "county": [...]}`` of the filters; counties only for those above them."""
    cities = [pk for tier, pk in unions_where(user, VIEW_APPLICATION) if tier == Tier.CITY]
    counties = Union.objects.filter(tier=Tier.COUNTY).order_by("code")
    counties = counties if user.is_superuser else counties.filter(city__in=cities)
    years = AssessmentYear.objects.order_by("-year").values_list("year", flat=True).distinct()
    return {
        "year": [(year, str(year)) for year in years],
        "county": list(counties.values_list("pk", "short_name")) if user.is_superuser or cities else [],
    }


def assessments_of(studio):
    """What became of a studio's years, newest first: dicts of id, year, state and grade; one query."""
    rows = Assessment.objects.filter(studio=studio).order_by("-year").values("pk", "year", "state", "grade")
    labels = dict(AssessmentState.choices)
    grades = dict(Grade.choices)
    return [
        {**row, "state_label": labels[row["state"]], "grade_label": grades.get(row["grade"], "")}
        for row in rows
    ]


def campaigns_of(user, year):
    """The assessments of a year that ``user`` may look at as a whole, the highest office's first."""
    rows = AssessmentYear.objects.visible_to(user).filter(year=year)
    return rows.select_related("scheme", "union").order_by("-union__tier", "union__code")


def by_county(rows):
    """One dict a county (None: directly under the city): states, late, grades, sample and sums; one query."""
    states = {state: Count("pk", filter=Q(state=state)) for state in AssessmentState.values}
    grades = {f"grade_{grade}": Count("pk", filter=Q(grade=grade)) for grade in Grade.values}
    proposed = {
        f"proposed_{grade}": Count("pk", filter=Q(state=AssessmentState.GRADED, proposed_grade=grade))
        for grade in Grade.values
    }
    facts = KeyTransform("facts", "report")
    number = DecimalField(max_digits=16, decimal_places=4)
    sums = {
        f"sum_{name}": Coalesce(
            Sum(Cast(KeyTextTransform(name, facts), number), filter=~Q(state=AssessmentState.OPEN)),
            Value(Decimal(0)),
            output_field=number,
        )
        for name in SUMS
    }
    found = rows.order_by().values("county", "county__short_name", "county__code")
    return list(
        found.annotate(
            whole=Count("pk"),
            late=Count("pk", filter=late_q()),
            sampled=Count("pk", filter=Q(is_sampled=True)),
            **states,
            **grades,
            **proposed,
            **sums,
        ).order_by(F("county__code").asc(nulls_first=True))
    )


def kinds_reported(rows):
    """``{kind of result: how many}`` over the frozen reports; one query."""
    found = {}
    handed_in = rows.exclude(state=AssessmentState.OPEN).exclude(report=None)
    for by_kind in handed_in.values_list("report__by_kind", flat=True):
        for kind, number in (by_kind or {}).items():
            found[kind] = found.get(kind, 0) + number
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def late_rows(rows, most=50):
    """The first of those whose report did not come by its day, by county."""
    late = rows.filter(late_q()).select_related("studio", "union__unit", "county", "campaign")
    return list(late.order_by(F("county__code").asc(nulls_first=True), "pk")[:most])
