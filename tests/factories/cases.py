"""Titles before the clock and cases in each state, reached by real steps of the engine."""

from datetime import date

from django.utils import timezone

from reviews.choices import RevocationAction as A
from reviews.models import Revocation
from reviews.queries_cases import terms_on
from reviews.services.cases import open_case
from reviews.workflow.engine import perform
from reviews.workflow.revoking import REVOCATIONS
from studios.choices import EndReason
from studios.models import NamingLevel
from studios.services.namings import issue_document, refresh_top_tier
from tests.factories.studios import AchievementFactory, LeaderFactory, NamingFactory, StudioFactory, years_ago


def titled(unit, *, by, level="county", since=None, result="", **fields):
    """A studio of ``unit`` with its titles up to ``level``, named six years ago; ``by`` issued the document.

    Its only result was finished in ``result``, by default five years ago.
    """
    since = since or years_ago(6)
    studio = StudioFactory(union=unit.union, **{"leader_name": "周成岩", **fields})
    LeaderFactory(studio=studio)
    AchievementFactory(studio=studio, completed_on=result or str(years_ago(5, month=5))[:7])
    basis = None
    for rung in NamingLevel.objects.filter(tier__lte=NamingLevel.objects.get(code=level).tier).order_by(
        "tier"
    ):
        granting = {1: studio.union, 2: studio.county, 3: studio.city}[rung.tier]
        document = (
            issue_document(granting, on=since, title="命名", actor=by) if by and rung.tier > 1 else None
        )
        basis = NamingFactory(
            studio=studio, level=rung, granted_by=granting, since=since, basis=basis, document=document
        )
    refresh_top_tier(studio.pk)
    studio.refresh_from_db()
    return studio


def title_of(studio, level="county"):
    """The studio's newest title of a level."""
    return studio.namings.filter(level__code=level).latest("pk")


def take(case, action, actor, **given):
    """One step; returns the case as it is then."""
    perform(case.pk, action, actor=actor, process=REVOCATIONS, **given)
    return fresh(case)


def fresh(case):
    """The case as it is now."""
    return Revocation.objects.get(pk=case.pk)


def opened(studio, people, *, cause=EndReason.NO_RESULT_3Y, level="county", grounds="经核实连续三年无成果。"):
    """Opened by the union that grants the level."""
    actor = people.county_reviewer if level == "county" else people.city_reviewer
    return open_case(title_of(studio, level), cause, grounds, actor=actor)


def served(studio, people, *, until: date | None = None, **case):
    """The notice has gone out."""
    case = opened(studio, people, **case)
    actor = people.county_reviewer if case.tier == 2 else people.city_reviewer
    until = until or terms_on().last_day(case.cause, timezone.localdate())
    return take(case, A.SERVE, actor, reason="请对照通知限期整改。", values={"mend_until": until})


def answered(studio, people, **case):
    """The unit has answered."""
    return take(served(studio, people, **case), A.ANSWER, people.unit_clerk, reason="已制定计划，正在攻关。")


def checked(studio, people, *, is_mended="no", **case):
    """Checked by the union above the unit."""
    case = answered(studio, people, **case)
    values = {"is_mended": is_mended}
    return take(case, A.CHECK, people.county_reviewer, reason="现场核查，仍无成果。", values=values)


def proposed(studio, people, **case):
    """Waiting for the second person."""
    case = checked(studio, people, **case)
    actor = people.county_reviewer if case.tier == 2 else people.city_reviewer
    return take(case, A.PROPOSE, actor, reason="建议取消称号。")


def revoked(studio, people, **case):
    """The title has ended today."""
    case = proposed(studio, people, **case)
    actor = people.county_approver if case.tier == 2 else people.city_approver
    return take(case, A.REVOKE, actor, document_on=timezone.localdate())
