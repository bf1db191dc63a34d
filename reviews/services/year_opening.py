"""The yearly assessment opens, reminds and closes its reports by the day: harmless twice, late or at once."""

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.services import record
from portal.messages.services import tell
from reviews import letters_years as letters
from reviews.choices import AssessmentState
from reviews.models import Assessment, AssessmentYear
from reviews.queries_years import late_q
from reviews.services.watching import people_at
from reviews.workdays import workdays_until
from studios.permissions import SCOPE_COLUMN

STAGES = (1, 5, 10)  # working days before a day is due, the nearest first

OPENING = """
    INSERT INTO reviews_assessment (campaign_id, studio_id, union_id, year, state, summary, plan, version,
        report_sha256, proposed_grade, is_sampled, grade)
    SELECT %s, s.id, s.union_id, %s, 'open', '', '', 0, '', '', false, ''
      FROM studios_studio s
     WHERE s.{column} = %s
       AND EXISTS (
           SELECT FROM studios_naming n JOIN studios_naminglevel l ON l.id = n.level_id
            WHERE n.studio_id = s.id AND l.tier >= %s
              AND n.since <= %s AND (n.until IS NULL OR n.until >= %s))
     ORDER BY s.id
        ON CONFLICT (studio_id, year) DO NOTHING
    RETURNING id
"""


@dataclass
class Opened:
    """What a run did."""

    assessments: int = 0
    told: int = 0


def open_due(today=None):
    """Open every year whose day has come and take in titles granted since. Returns ``Opened``."""
    today = today or timezone.localdate()
    done = Opened()
    first_time_or_running = Q(opened_at=None) | Q(report_due_on__gte=today)
    due = AssessmentYear.objects.filter(first_time_or_running, opens_on__lte=today, closed_at=None)
    for pk in due.order_by("pk").values_list("pk", flat=True):
        found = open_year(pk, today)
        done.assessments += found.assessments
        done.told += found.told
    return done


@transaction.atomic
def open_year(pk, today):
    """One year: an open assessment for each studio that held a title on some day since the opening.

    The answer is the same whether the job ran every day or late. Rows that are there already stay.
    """
    campaign = AssessmentYear.objects.select_for_update(no_key=True, of=("self",)).get(pk=pk)
    values = [pk, campaign.year, campaign.union_id, campaign.lowest_tier, today, campaign.opens_on]
    with connection.cursor() as cursor:
        cursor.execute(OPENING.format(column=SCOPE_COLUMN[campaign.union.tier]), values)
        made = [row[0] for row in cursor.fetchall()]
    is_first = campaign.opened_at is None
    if is_first:
        AssessmentYear.objects.filter(pk=pk).update(opened_at=timezone.now())
    if not (made or is_first):
        return Opened()
    system = User.objects.system()
    record("year.open", campaign, actor=system, opened=len(made), on=today.isoformat())
    return Opened(len(made), _tell_opened(campaign, made, system))


def _tell_opened(campaign, made, system):
    """One message a unit with the day its report is due, whatever number of studios it has."""
    told = 0
    for group in by_unit(Assessment.objects.filter(pk__in=made)):
        told += tell(
            group.people,
            letters.OPENED,
            {"year": campaign.year, "studios": group.names, "due": campaign.report_due_on},
            url=group.url,
            event_key=f"year-open-{group.first}",
            actor=system,
        )
    return told


@dataclass(frozen=True)
class Group:
    """The assessments of one unit or office, with the people to be told."""

    first: int
    union: int
    names: str
    number: int
    url: str
    people: tuple


def by_unit(rows):
    """A ``Group`` for each unit with rows: its clerks and chairs, its studios in one text."""
    found = {}
    for assessment in rows.select_related("studio").order_by("pk"):
        found.setdefault(assessment.union_id, []).append(assessment)
    people = people_at([one for group in found.values() for one in group]) if found else {}
    for union, group in found.items():
        one = len(group) == 1
        yield Group(
            first=group[0].pk,
            union=union,
            names="、".join(f"“{row.studio.short_name}”" for row in group[:5])
            + ("…" if len(group) > 5 else ""),
            number=len(group),
            url=reverse("assessment_detail", args=[group[0].pk]) if one else reverse("assessment_list"),
            people=tuple(people.get(union, ())),
        )


def by_office(rows):
    """``(union id, number, people)`` for each office right above the units of rows."""
    found = {}
    for assessment in rows.order_by("pk"):
        found.setdefault(assessment.supervisor()[1], []).append(assessment)
    people = people_at([one for group in found.values() for one in group]) if found else {}
    return [(union, len(group), people.get(union, ())) for union, group in found.items() if union]


def stage_of(due_on, today):
    """Which reminder a day calls for: 10, 5 or 1 working days before, or None. A missed day is caught up."""
    if today > due_on:
        return None
    left = workdays_until(due_on, today)
    return next((stage for stage in STAGES if left <= stage), None)


def remind(today=None):
    """Remind whoever has not done their part, each time once; after the day tell the late list once."""
    today = today or timezone.localdate()
    told = 0
    running = AssessmentYear.objects.filter(opened_at__isnull=False, closed_at=None, opens_on__lte=today)
    for campaign in running.order_by("pk"):
        with transaction.atomic():
            told += _remind_units(campaign, today)
            told += _remind_offices(campaign, today)
            told += _tell_late(campaign, today)
    return told


def _remind_units(campaign, today):
    stage = stage_of(campaign.report_due_on, today)
    opened_today = timezone.localdate(campaign.opened_at) >= today
    if stage is None or opened_today:
        return 0
    rows = Assessment.objects.filter(campaign=campaign, state=AssessmentState.OPEN)
    return sum(
        tell(
            group.people,
            letters.REPORT_DUE,
            {"year": campaign.year, "studios": group.names, "due": campaign.report_due_on},
            url=group.url,
            event_key=f"year-due-{campaign.pk}-{stage}-{group.union}",
            actor=User.objects.system(),
        )
        for group in by_unit(rows)
    )


def _remind_offices(campaign, today):
    stage = stage_of(campaign.county_due_on, today)
    if stage is None:
        return 0
    rows = Assessment.objects.filter(campaign=campaign, state=AssessmentState.REPORTED)
    return _tell_offices(
        rows,
        letters.GRADES_DUE,
        {"year": campaign.year, "due": campaign.county_due_on},
        query=f"?year={campaign.year}&state={AssessmentState.REPORTED}",
        key=f"year-grade-{campaign.pk}-{stage}",
    )


def _tell_late(campaign, today):
    """The late list, told to the office above once; it is a list in the portal and stays current."""
    if today <= campaign.report_due_on:
        return 0
    return _tell_offices(
        Assessment.objects.filter(late_q(today), campaign=campaign).annotate(
            due=F("campaign__report_due_on")
        ),
        letters.LATE,
        {"year": campaign.year, "due": campaign.report_due_on},
        query=f"?year={campaign.year}&late=1",
        key=f"year-late-{campaign.pk}",
    )


def _tell_offices(rows, code, values, *, query, key):
    system = User.objects.system()
    return sum(
        tell(
            people,
            code,
            {**values, "number": number},
            url=reverse("assessment_list") + query,
            event_key=f"{key}-{union}",
            actor=system,
        )
        for union, number, people in by_office(rows)
    )
