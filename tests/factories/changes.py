"""Requests for a change, asked for with the service as a unit does, and steps taken with the engine."""

from datetime import timedelta

import factory
from django.utils import timezone

from reviews.choices import ChangeAction, ChangeKind
from reviews.models import ChangeRequest, Recheck
from reviews.services.changes import ask
from reviews.workflow.engine import perform
from reviews.workflow.processes import CHANGES
from studios.models import NamingLevel
from studios.services.namings import refresh_top_tier
from tests.factories.studios import NamingFactory, years_ago

WANTED = {
    ChangeKind.LEADER: {
        "member": None,
        "person": {"name": "新领衔", "birth_month": "1990-04"},
        "name": "新领衔",
        "old_stays": True,
    },
    ChangeKind.RENAME: {"short_name": "更名后创新工作室", "official_name": "某厂更名后创新工作室"},
    ChangeKind.UNIT_RENAME: {"name": "通辽更名后机械有限公司"},
}


class RecheckFactory(factory.django.DjangoModelFactory):
    """二.1, not met on the day of the change, with half a year of time."""

    class Meta:
        model = Recheck

    studio = factory.SelfAttribute("change.studio")
    union = factory.SelfAttribute("change.union")
    clause = "二.1"
    verdict = "not_met"
    due_on = factory.LazyFunction(lambda: days(180))


def days(n):
    """Today and so many days."""
    return timezone.localdate() + timedelta(days=n)


def titled(studio, code="county"):
    """A live title of a level on top of what the studio holds, granted in its own line."""
    level = NamingLevel.objects.get(code=code)
    granted_by = studio.county if code == "county" else studio.city
    basis = studio.namings.filter(level=level.requires_id, until=None).first()
    naming = NamingFactory(
        studio=studio,
        level=level,
        granted_by=granted_by,
        since=years_ago(1) if code == "county" else years_ago(1, month=2),
        basis=basis,
    )
    refresh_top_tier(studio.pk)
    studio.refresh_from_db()
    return naming


def asked(thing, kind, actor, **given):
    """A request that stands at the union above; ``given`` replaces what is usual."""
    usual = {
        "reason": "原领衔人退休",
        "effective_on": days(0),
        "wanted": WANTED.get(kind, {}),
    }
    return ask(thing, kind, actor=actor, **{**usual, **given})


def step(change, action, actor, reason="情况属实，同意。", **given):
    """One step of the engine; the request as it is afterwards."""
    perform(change.pk, ChangeAction(action), actor=actor, reason=reason, process=CHANGES, **given)
    return ChangeRequest.objects.get(pk=change.pk)


def approved(thing, kind, people, **given):
    """Asked for by the clerk, passed on by the county where the city decides, approved."""
    change = asked(thing, kind, people.unit_clerk, **given)
    if change.tier < change.last_tier:
        change = step(change, ChangeAction.ENDORSE, people.county_reviewer)
        return step(change, ChangeAction.APPROVE, people.city_approver)
    return step(change, ChangeAction.APPROVE, people.county_approver)
