"""Clauses that a studio must meet again after a change: opened with it, looked at daily, settled when met."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.services import record
from reviews.choices import ChangeKind
from reviews.eligibility import standing
from reviews.models import Recheck, RuleSet
from reviews.rules.clock import months_after
from reviews.rules.findings import Verdict
from reviews.rules.registry import rule_of
from reviews.services.ties import has_ties_to
from studios.choices import Tier
from studios.models import Naming
from studios.permissions import REVIEW_APPLICATION, unions_where
from studios.services.people import NotPossible

GRACE_MONTHS = 6  # where the rule set does not say
TOUCHED = {ChangeKind.LEADER: ("二.1", "二.2")}


def grace_months(rules):
    """The months that the clause on the leader gives, by its parameter ``grace_months`` where it has one."""
    for clause in rules["clauses"]:
        found = clause["params"].get("grace_months") if rule_of(clause) == "二.1" else None
        if type(found) is int and found >= 0:
            return found
    return GRACE_MONTHS


def highest_title(studio_id):
    """The highest live title of a county or above, or None."""
    titles = Naming.objects.filter(studio=studio_id, level__tier__gte=Tier.COUNTY).on()
    return titles.select_related("level__requires").order_by("-level__tier", "-since").first()


def verdicts(studio_id, rules_wanted):
    """``{clause id: verdict}`` of these rules as the studio stands today, and the grace in months.

    None instead of the verdicts where no title of a county or above is left: then nothing is asked.
    """
    title = highest_title(studio_id)
    if title is None:
        return None, GRACE_MONTHS
    if RuleSet.objects.in_force() is None:
        return {}, GRACE_MONTHS
    found = standing(studio_id, title.level)
    ids = {row["id"] for row in found.ruleset["clauses"] if rule_of(row) in rules_wanted}
    now = {finding.clause: finding.verdict for finding in found.findings if finding.clause in ids}
    return now, grace_months(found.ruleset)


def open_rechecks(change, *, actor):
    """A row for each clause that the change leaves open: not met, or for a person to judge."""
    touched = TOUCHED.get(change.kind)
    if not touched:
        return []
    now, months = verdicts(change.studio_id, touched)
    made = []
    for clause, verdict in (now or {}).items():
        if verdict == Verdict.MET:
            continue
        recheck, _made = Recheck.objects.get_or_create(
            change=change,
            studio_id=change.studio_id,
            clause=clause,
            defaults={
                "union_id": change.union_id,
                "verdict": str(verdict),
                "due_on": months_after(change.effective_on, months),
            },
        )
        record("recheck.open", recheck, actor=actor, clause=clause, verdict=str(verdict))
        made.append(recheck)
    return made


def look_again(today=None):
    """Settle what is met by now; returns the ids of those whose time is over and of which nobody was told."""
    today = today or timezone.localdate()
    overdue, seen = [], {}
    rows = Recheck.objects.filter(settled_on=None).order_by("studio", "pk").select_for_update(of=("self",))
    for recheck in rows:
        if recheck.studio_id not in seen:
            seen = {recheck.studio_id: verdicts(recheck.studio_id, {"二.1", "二.2"})[0]}
        now = seen[recheck.studio_id]
        if now is None or now.get(recheck.clause) == Verdict.MET:
            _settle(recheck, today, actor=None, reason="no title" if now is None else "met")
        elif recheck.due_on < today and recheck.told_at is None:
            overdue.append(recheck.pk)
    return overdue


def _settle(recheck, on, *, actor, reason):
    recheck.settled_on = on
    recheck.save(update_fields=["settled_on"])
    record("recheck.settle", recheck, actor=actor, clause=recheck.clause, reason=reason)


@transaction.atomic
def settle(recheck, *, reason, actor):
    """A reviewer of the unit's own county or city judges the clause as met, with the reason.

    The machine never says so of the second branch of 二.1. Raises PermissionDenied or NotPossible.
    """
    recheck = Recheck.objects.select_for_update(of=("self",)).get(pk=recheck.pk)
    held = unions_where(actor, REVIEW_APPLICATION)
    if not held & {(Tier.COUNTY, recheck.county_id), (Tier.CITY, recheck.city_id)}:
        raise PermissionDenied
    if has_ties_to(recheck.union_id, actor):
        raise NotPossible(_("You belong or belonged to this unit: somebody else must act here."))
    if recheck.settled_on is not None:
        raise NotPossible(_("This clause has been settled already."))
    if not reason.strip():
        raise NotPossible(_("Give the reason."))
    _settle(recheck, timezone.localdate(), actor=actor, reason=reason.strip()[:500])
    return recheck
