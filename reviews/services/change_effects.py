"""What an approved change does on its day: the verb of its kind, the history row, the clauses to meet again.

Titles of a county and above never end here: a case is opened for each, which two persons decide.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from portal.audit.services import record
from reviews.choices import REVOCATION_CLOSED, ChangeKind, ChangeState
from reviews.models import Application, ChangeRequest, Revocation
from reviews.services.change_kinds import KINDS
from reviews.services.rechecks import open_rechecks
from studios.choices import Tier
from studios.models import Naming, Studio, Union
from studios.services import changes as verbs
from studios.services import namings
from studios.services.people import NotPossible

K = ChangeKind


def why_not(change):
    """The sentence that says why the change cannot take effect as things are, or ""."""
    if change.kind == K.UNIT_MOVE:
        return _applications_stand_in_the_way(change)
    if change.kind == K.RENAME:
        names = (change.wanted["short_name"], change.wanted["official_name"])
        if taken := verbs.name_in_use(change.union_id, *names, but=change.studio_id):
            return _("The unit already has a studio called “%(name)s”.") % {"name": taken}
    if change.kind in (K.SUSPEND, K.RESUME):
        resting = change.studio.suspensions.filter(until=None).exists()
        if resting and change.kind == K.SUSPEND:
            return _("The studio is suspended already.")
        if not resting and change.kind == K.RESUME:
            return _("The studio is not suspended.")
    return ""


def _applications_stand_in_the_way(change):
    numbers = list(
        Application.objects.filter(union=change.union_id)
        .open()
        .order_by("pk")
        .values_list("number", flat=True)
    )
    if not numbers:
        return ""
    return _(
        "The unit cannot move while applications are on their way: %(numbers)s. "
        "Decide or withdraw them first."
    ) % {"numbers": "、".join(numbers)}


@transaction.atomic
def put_into_effect(change, *, actor):
    """Do what was approved; ``before`` says what was. After NotPossible nothing was done."""
    if problem := why_not(change):
        raise NotPossible(problem)
    before = VERBS[change.kind](change, actor) or {}
    change.before = before
    change.save(update_fields=["before"])
    kind = KINDS[change.kind]
    cases = open_cases(change, kind.ends, actor) if kind.ends else []
    if kind.ends:
        end_base_titles(change, kind.ends, actor)
    open_rechecks(change, actor=actor)
    record("change.apply", change, actor=actor, kind=str(change.kind), cases=cases)


def _lead(change, actor):
    wanted = change.wanted
    return verbs.appoint_leader(
        change.studio,
        since=change.effective_on,
        actor=actor,
        member_id=wanted.get("member"),
        person=wanted.get("person"),
        old_stays=wanted.get("old_stays", False),
    )


def _rename(change, actor):
    wanted = change.wanted
    return verbs.rename_studio(
        change.studio,
        short_name=wanted["short_name"],
        official_name=wanted["official_name"],
        on=change.effective_on,
        actor=actor,
    )


def _rename_unit(change, actor):
    unit = change.union.unit
    return verbs.rename_unit(unit, name=change.wanted["name"], on=change.effective_on, actor=actor)


def _move(change, actor):
    to = Union.objects.get(pk=change.wanted["parent"])
    return verbs.move_unit(change.union, to=to, on=change.effective_on, actor=actor)


def _close(change, actor):
    return verbs.close_union(change.union, on=change.effective_on, actor=actor)


def _suspend(change, actor):
    return verbs.suspend(change.studio, on=change.effective_on, reason=change.reason, actor=actor)


def _resume(change, actor):
    return verbs.resume(change.studio, on=change.effective_on, actor=actor)


def _ended(change, actor):
    """Nothing changes about the studio itself: results and people stay with its row."""
    return {"name": change.studio.short_name}


VERBS = {
    K.LEADER: _lead,
    K.RENAME: _rename,
    K.UNIT_RENAME: _rename_unit,
    K.UNIT_MOVE: _move,
    K.UNIT_CLOSE: _close,
    K.SUSPEND: _suspend,
    K.RESUME: _resume,
    K.MERGE: _ended,
    K.END: _ended,
}


def studios_of(change):
    """The studios that a change concerns."""
    return (
        Studio.objects.filter(pk=change.studio_id)
        if change.studio_id
        else Studio.objects.filter(union=change.union_id)
    )


def open_cases(change, cause, actor):
    """A case for each live title of a county and above that has none; returns their ids."""
    from reviews.services.cases import open_case  # beside this module; it knows nothing of changes

    busy = Revocation.objects.exclude(state__in=REVOCATION_CLOSED).values("naming")
    titles = Naming.objects.filter(studio__in=studios_of(change), level__tier__gte=Tier.COUNTY).on()
    made = []
    for naming in titles.exclude(pk__in=busy).order_by("level__tier", "pk"):
        case = open_case(naming, cause, change.reason, actor=actor, from_change=True)
        made.append(case.pk)
    return made


def end_base_titles(change, cause, actor):
    """End base titles on which no title of a county rests any more; the others wait for their case."""
    titles = Naming.objects.filter(studio__in=studios_of(change), level__tier=Tier.BASE).on()
    resting = Naming.objects.filter(level__tier__gte=Tier.COUNTY).on().values("studio")
    ended = 0
    for naming in titles.exclude(studio__in=resting):
        namings.end(naming, on=max(naming.since, _last_day(change, naming)), reason=cause, actor=actor)
        ended += 1
    return ended


def _last_day(change, base):
    """A base title holds to the day before; later where a title above it held longer."""
    last = change.effective_on - timedelta(days=1)
    above = Naming.objects.filter(studio=base.studio_id, level__tier__gte=Tier.COUNTY, until__isnull=False)
    newest = above.order_by("-until").values_list("until", flat=True).first()
    return max(last, newest) if newest else last


def finish_endings(*, actor):
    """Base titles of what ended before, where the cases of the titles above are over by now."""
    ending = [kind.code for kind in KINDS.values() if kind.ends]
    rows = ChangeRequest.objects.filter(kind__in=ending, state=ChangeState.APPROVED, before__isnull=False)
    base = Naming.objects.filter(level__tier=Tier.BASE).on()
    here = rows.filter(studio__in=base.values("studio")) | rows.filter(
        studio=None, union__in=base.values("union")
    )
    return sum(end_base_titles(change, KINDS[change.kind].ends, actor) for change in here.order_by("pk"))
