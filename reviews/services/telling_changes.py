"""Who hears of a requested change: whoever acts next, and the unit; of a move also the county it comes to."""

from django.urls import reverse

from portal.messages.services import tell
from reviews import letters_changes as letters
from reviews.choices import ChangeAction as A
from reviews.choices import ChangeKind
from reviews.models import ChangeRequest, Recheck
from reviews.services.change_kinds import KINDS
from reviews.services.speaking import Speaker
from studios.choices import Tier
from studios.models import Union
from studios.permissions import APPROVE_APPLICATION, CHANGE_STUDIO, REVIEW_APPLICATION
from studios.services.people import people_in

UNIT_HEARS = {A.ENDORSE: letters.SUPPORTED, A.APPROVE: letters.APPROVED, A.REFUSE: letters.REFUSED}


def page_of(change):
    """The address of its page."""
    return reverse("change_detail", args=[change.pk])


def thing_of(change):
    """What the change is about, by name."""
    return change.studio.short_name if change.studio_id else change.union.unit.name


def facts_of(change):
    """What every text may mention."""
    return {
        "change": KINDS[change.kind].label,
        "thing": thing_of(change),
        "unit": change.union.unit.name,
        "on": change.effective_on,
        "reason": change.reason,
    }


def values_of(decision):
    """What the texts about a step mention."""
    reason = decision.reason or "—"
    return {**facts_of(decision.change), "union": decision.union, "reason": reason}


def next_people(change, tier):
    """Who acts on a request that stands at ``tier``: reviewers, at the deciding tier approvers too."""
    union = {Tier.COUNTY: change.county_id, Tier.CITY: change.city_id}[tier]
    perms = [REVIEW_APPLICATION] if tier < change.last_tier else [APPROVE_APPLICATION, REVIEW_APPLICATION]
    return people_in(union, *perms)


def audiences(decision):
    """(text, people, address), the person who has to act first."""
    change, action = decision.change, decision.action
    page = page_of(change)
    if action == A.ENDORSE:
        yield letters.PASSED_ON, next_people(change, decision.to_tier), page
    elif action == A.WITHDRAW:
        yield letters.WITHDRAWN, next_people(change, decision.from_tier), page
    elif decision.from_tier > Tier.COUNTY and change.county_id:
        left = (change.before or {}).get("parent")  # a county that the unit left cannot open the page now
        outcome = UNIT_HEARS[action]
        yield outcome, people_in(left or change.county_id, REVIEW_APPLICATION), "" if left else page
        if change.kind == ChangeKind.UNIT_MOVE and action == A.APPROVE:
            yield outcome, people_in(change.wanted["parent"], REVIEW_APPLICATION), page
    if action in UNIT_HEARS:
        yield UNIT_HEARS[action], people_in(change.union_id, CHANGE_STUDIO), page


SPEAKER = Speaker(values_of, audiences)


def _change(pk):
    return ChangeRequest.objects.select_related("studio", "union__unit").get(pk=pk)


def tell_asked(change_pk):
    """The office where the request stands hears of it; running it again changes nothing."""
    change = _change(change_pk)
    if change.tier is None:
        return 0
    people = next_people(change, change.tier)
    return tell(
        people, letters.ASKED, facts_of(change), url=page_of(change), event_key=f"change-{change.pk}-asked"
    )


def tell_stuck(change_pk, problem):
    """The unit and the deciding office hear once that an approved change could not take effect."""
    change = _change(change_pk)
    people = [*next_people(change, change.last_tier), *people_in(change.union_id, CHANGE_STUDIO)]
    values = {**facts_of(change), "problem": problem}
    return tell(people, letters.STUCK, values, url=page_of(change), event_key=f"change-{change.pk}-stuck")


def tell_overdue(recheck_pk):
    """The unit and its county hear that the time for a clause is over."""
    recheck = Recheck.objects.select_related("studio", "change").get(pk=recheck_pk)
    above = Union.objects.get(pk=recheck.county_id or recheck.city_id)
    people = [*people_in(above, REVIEW_APPLICATION), *people_in(recheck.union_id, CHANGE_STUDIO)]
    values = {
        "clause": recheck.clause,
        "thing": recheck.studio.short_name,
        "on": recheck.change.effective_on,
        "due": recheck.due_on,
    }
    return tell(
        people,
        letters.RECHECK_OVER,
        values,
        url=page_of(recheck.change),
        event_key=f"recheck-{recheck.pk}-over",
    )
