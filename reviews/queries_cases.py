"""What the procedures that end titles read: cases, the facts they rest on, what is to come back."""

from dataclasses import asdict, dataclass, replace
from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import get_language

from reviews.choices import (
    REVOCATION_CLOSED,
    AnnulmentState,
    AssessmentState,
    Grade,
    RevocationState,
)
from reviews.models import (
    Annulment,
    Assessment,
    CaseFile,
    DormancyFlag,
    ReturnDue,
    Revocation,
    RuleClause,
    RuleSet,
)
from reviews.queries_watch import clock_columns, facts_of
from reviews.rules.clock import CLAUSE, Clock
from reviews.rules.procedure import BY_THE_CLOCK, Terms
from studios.choices import EndReason, Tier
from studios.models import Appointment, Leader, Member, Naming, OfficialDocument, Union
from studios.permissions import (
    NOTHING,
    REVIEW_APPLICATION,
    SCOPE_COLUMN,
    VIEW_APPLICATION,
    unions_where,
)

NEWEST_FIRST = ("-pk",)
OLDEST_DUE_FIRST = ("due_on", "pk")
SHOWN_RESULTS = 10
MOST_CANDIDATES = 20


def terms_on(day=None):
    """The ``Terms`` of the rule set in force on a day."""
    rules = RuleSet.objects.holding(day).values("pk")[:1]
    found = RuleClause.objects.filter(clause=CLAUSE, ruleset__in=rules).values_list("params", flat=True)
    return Terms.of(found.first())


@dataclass(frozen=True)
class Standing:
    """A title before the clock on a day: from when it counts, when its years are full, its last result."""

    clock: Clock
    start: date
    due: date
    last: date | None
    title: str
    on: date
    results: tuple

    @property
    def is_over(self):
        """Whether the years are over without a result."""
        return self.due < self.on

    @property
    def has_fresh_result(self):
        """Whether a result, and not the title's own youth, keeps the years from being over."""
        return not self.is_over and self.last is not None and self.start == self.last


def standing_of(naming, cause, on=None):
    """The ``Standing`` of a title for a cause of the clock; None for other causes or without rules."""
    if cause not in BY_THE_CLOCK:
        return None
    on = on or timezone.localdate()
    facts = facts_of(
        list(
            Naming.objects.filter(pk=naming.pk)
            .select_related("level")
            .annotate(**clock_columns(naming.studio_id, on))
        )
    )
    if facts is None or facts.clock is None:
        return None
    clock = replace(facts.clock, years=1) if cause == EndReason.NO_RESULT_1Y else facts.clock
    counted = [(day, result.title) for result in facts.results for day in clock.days_of(result, on)]
    last, title = max(counted, default=(None, ""))
    since = facts.titles[0][2]
    start = max(since, last or since)
    newest = sorted(facts.results, key=lambda result: result.completed or result.granted or "", reverse=True)
    return Standing(clock, start, clock.due(start), last, title, on, tuple(newest[:SHOWN_RESULTS]))


def evidence_of(naming, cause, *, flag=None, assessment=None):
    """What the register says today, as plain JSON: the title, the clock's facts, the failed assessment."""
    studio = naming.studio
    unit = getattr(studio.union, "unit", None)
    found = {
        "on": timezone.localdate().isoformat(),
        "title": {
            "studio": studio.short_name,
            "official_name": studio.official_name,
            "leader": studio.leader_name,
            "unit": unit.name if unit else studio.union.name,
            "level": naming.level.name,
            "level_en": naming.level.name_en,
            "granted_by": naming.granted_by.name,
            "since": naming.since.isoformat(),
            "stated_since": naming.stated_since,
            "document": naming.document.label if naming.document_id else "",
        },
    }
    standing = standing_of(naming, cause)
    if standing is not None:
        found["clock"] = _clock_facts(standing)
    if flag is not None:
        found["flag"] = {"raised": timezone.localdate(flag.raised_at).isoformat(), "as_of": str(flag.as_of)}
    if assessment is not None:
        found["assessment"] = {
            "year": assessment.year,
            "grade": assessment.grade,
            "self_points": _text(assessment.self_points),
            "points": _text(assessment.points),
        }
    return found


def _clock_facts(standing):
    return {
        "params": asdict(standing.clock),
        "years": standing.clock.years,
        "start": standing.start.isoformat(),
        "due": standing.due.isoformat(),
        "last": standing.last.isoformat() if standing.last else "",
        "last_title": standing.title,
        "results": [
            {"title": row.title, "completed": row.completed, "granted": row.granted}
            for row in standing.results
        ],
    }


def _text(number):
    return "" if number is None else f"{number.normalize():f}"


def titles_in_reach(user):
    """Live titles of a county or above that a union of ``user``'s grants and could end."""
    own = NOTHING
    for tier, union in unions_where(user, REVIEW_APPLICATION):
        if tier >= Tier.COUNTY and tier in SCOPE_COLUMN:
            own |= Q(level__tier=tier, **{SCOPE_COLUMN[tier]: union})
    return (
        Naming.objects.visible_to(user)
        .filter(own, until=None)
        .select_related("studio__union__unit", "level", "granted_by", "document", "union", "county")
    )


def candidates(user, text=""):
    """Titles to choose from: those that the text finds, else those with a flag or a failed assessment.

    Each carries ``flagged`` and ``failed`` (ids or None), ``failed_year`` and ``has_case``.
    """
    flagged = DormancyFlag.objects.filter(studio=OuterRef("studio"), cleared_at=None)
    failed = Assessment.objects.filter(
        studio=OuterRef("studio"), state=AssessmentState.CONCLUDED, grade=Grade.FAIL
    ).order_by("-year")
    running = Revocation.objects.filter(naming=OuterRef("pk")).exclude(state__in=REVOCATION_CLOSED)
    rows = titles_in_reach(user).annotate(
        flagged=Subquery(flagged.values("pk")[:1]),
        failed=Subquery(failed.values("pk")[:1]),
        failed_year=Subquery(failed.values("year")[:1]),
        has_case=Exists(running),
    )
    if text:
        rows = rows.filter(
            Q(studio__short_name__icontains=text)
            | Q(studio__official_name__icontains=text)
            | Q(studio__union__unit__name__icontains=text)
        )
    else:
        rows = rows.filter(Q(flagged__isnull=False) | Q(failed__isnull=False), has_case=False)
    return list(rows.order_by("-level__tier", "pk")[:MOST_CANDIDATES])


def cases_of(user):
    """The cases that ``user`` may open. What an office only prepares is not yet before the unit."""
    own = [pk for tier, pk in unions_where(user, VIEW_APPLICATION) if tier == Tier.BASE]
    return Revocation.objects.visible_to(user).exclude(served_at=None, union__in=own)


def case_rows(user):
    """The cases with what list and page show."""
    return cases_of(user).select_related(
        "naming__studio", "naming__level", "naming__granted_by", "union__unit", "county", "city", "document"
    )


def for_detail(user):
    """The same with what the page of one case would ask for one by one: ties, titles above, files."""
    here = {"user": user, "role_group__union": OuterRef("union")}
    of_unit = {"person__user": user, "studio__union": OuterRef("union")}
    above = Naming.objects.filter(basis=OuterRef("naming")).exclude(until__lte=timezone.localdate())
    return (
        case_rows(user)
        .select_related("opened_by")
        .annotate(
            is_tied=Exists(Appointment.objects.filter(**here))
            | Exists(Leader.objects.filter(**of_unit))
            | Exists(Member.objects.filter(**of_unit)),
            has_above=Exists(above),
            has_files=Exists(CaseFile.objects.filter(revocation=OuterRef("pk"))),
        )
    )


@dataclass
class Filters:
    """What the address of the list of cases asks for."""

    state: str = ""
    cause: str = ""
    county: int = 0
    overdue: bool = False
    text: str = ""

    def on(self, rows):
        """The cases that fit."""
        if self.state == "open":
            rows = rows.exclude(state__in=REVOCATION_CLOSED)
        elif self.state in RevocationState.values:
            rows = rows.filter(state=self.state)
        if self.cause in EndReason.values:
            rows = rows.filter(cause=self.cause)
        if self.county:
            rows = rows.filter(county=self.county)
        if self.overdue:
            rows = rows.filter(overdue_q())
        if self.text:
            rows = rows.filter(
                Q(naming__studio__short_name__icontains=self.text) | Q(union__unit__name__icontains=self.text)
            )
        return rows

    @property
    def in_use(self):
        """Whether anything is filtered."""
        return bool(self.state or self.cause or self.county or self.overdue or self.text)


def overdue_q(on=None):
    """Time to mend that is over and not yet checked."""
    waiting = [RevocationState.RECTIFYING, RevocationState.ANSWERED]
    return Q(state__in=waiting, mend_until__lt=on or timezone.localdate())


def counties_of(user):
    """(id, name) of the counties that a person of a city chooses from; none for others."""
    cities = [pk for tier, pk in unions_where(user, VIEW_APPLICATION) if tier == Tier.CITY]
    rows = Union.objects.filter(tier=Tier.COUNTY)
    rows = rows if user.is_superuser else rows.filter(city__in=cities)
    english = (get_language() or "").startswith("en")
    return [(row.pk, (english and row.name_en) or row.short_name) for row in rows.order_by("code")]


def open_cases(**where):
    """Cases that are still worked on, by studio: the order in which their locks are taken."""
    rows = Revocation.objects.filter(**where).exclude(state__in=REVOCATION_CLOSED)
    return rows.select_related("naming").order_by("naming__studio", "pk")


def titles_above(namings, on):
    """Titles that rest on ``namings`` and would outlive them if those ended on a day."""
    outliving = Q(until=None) | Q(until__gt=on)
    return Naming.objects.filter(outliving, basis__in=namings).select_related("studio", "level")


def annulment_rows(user):
    """The annulments that ``user`` may open, with what list and page show."""
    return Annulment.objects.visible_to(user).select_related("annulled", "union", "document")


def live_titles_of(document):
    """Titles granted by a decision that have not ended, the highest first and then by studio."""
    return (
        Naming.objects.filter(document=document, until=None)
        .select_related("studio__union__unit", "level", "county")
        .order_by("-level__tier", "studio", "pk")
    )


def documents_in_reach(user):
    """Decisions with live titles, of the unions at which ``user`` reviews, the newest first."""
    unions = [pk for tier, pk in unions_where(user, REVIEW_APPLICATION) if tier >= Tier.COUNTY]
    live = Naming.objects.filter(document=OuterRef("pk"), until=None)
    waiting = Annulment.objects.filter(annulled=OuterRef("pk"), state=AnnulmentState.PROPOSED)
    rows = OfficialDocument.objects.filter(Exists(live), union__in=unions).select_related("union")
    return rows.annotate(has_annulment=Exists(waiting)).order_by("-issued_on", "-pk")


def return_rows(user):
    """What is to come back, of the titles that ``user`` may see."""
    return ReturnDue.objects.visible_to(user).select_related(
        "naming__studio", "naming__level", "naming__granted_by", "union__unit", "county", "recorded_by"
    )


def ended_titles():
    """Titles that were taken away by a decision, for everybody; ``-until`` and ``-pk`` give their order."""
    revoked = Revocation.objects.filter(state=RevocationState.REVOKED)
    annulled = ReturnDue.objects.filter(annulment__state=AnnulmentState.ANNULLED).order_by()
    ended = revoked.values("naming").union(annulled.values("naming"))  # few: no look at every title
    of_revoked = revoked.filter(naming=OuterRef("pk"))
    of_annulled = annulled.filter(naming=OuterRef("pk"))
    rows = Naming.objects.filter(pk__in=ended, until__isnull=False)
    return rows.select_related("studio", "level", "granted_by", "union__unit", "county").annotate(
        decision_id=Coalesce(
            Subquery(of_revoked.values("document")[:1]),
            Subquery(of_annulled.values("annulment__document")[:1]),
        ),
        shown_until=Coalesce(
            Subquery(of_revoked.values("notice_until")[:1]),
            Subquery(of_annulled.values("annulment__notice_until")[:1]),
        ),
    )
