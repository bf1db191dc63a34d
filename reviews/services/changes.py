"""Asking for a change of a studio or its unit, and taking effect on the day that was approved."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.services import record
from portal.jobs.services import enqueue
from reviews.choices import ChangeKind, ChangeState
from reviews.models import CaseFile, ChangeRequest
from reviews.services.change_effects import finish_endings, put_into_effect, why_not
from reviews.services.change_kinds import (
    KINDS,
    LONGEST_AHEAD,
    LONGEST_BACK,
    PROOF,
    last_tier,
    needs_request,
    tiers_above,
)
from studios.choices import FileState, Tier
from studios.models import Evidence, Naming, Studio
from studios.permissions import CHANGE_STUDIO
from studios.services import changes as verbs
from studios.services.evidence import receive
from studios.services.people import NotPossible

ASKED = "reviews.change_asked"
STUCK = "reviews.change_stuck"


def top_title(studio):
    """The studio's highest live title of a county or above, or None."""
    titles = Naming.objects.filter(studio=studio, level__tier__gte=Tier.COUNTY).on()
    return titles.select_related("level").order_by("-level__tier", "-since").first()


@transaction.atomic
def ask(thing, kind, *, reason, effective_on, wanted, actor, files=()):  # noqa: PLR0913 - what the form holds
    """A request of the unit about its studio, or about itself (``thing`` is a Studio or a Unit).

    ``wanted`` as ``change_kinds`` says, ``files`` the uploads that prove it. Raises PermissionDenied, and
    NotPossible, Closed or Refused with a sentence.
    """
    kind = KINDS[kind]
    studio = thing if isinstance(thing, Studio) else None
    if kind.of_unit is (studio is not None):
        raise ValueError(f"{kind.code} does not concern a {type(thing).__name__}")
    if not actor.has_perm(CHANGE_STUDIO, thing):
        raise PermissionDenied
    title = top_title(studio) if studio else None
    top = title.level.tier if title else 0
    if not needs_request(kind, top):
        raise NotPossible(_("Without a title of a county or above the unit changes this itself."))
    demand_day(effective_on, title)
    tiers = tiers_above(thing)
    if not tiers:
        raise NotPossible(_("There is no union above the unit that could decide."))
    change = _create(
        thing,
        kind,
        studio=studio,
        tier=tiers[0],
        last_tier=last_tier(kind, thing, top),
        effective_on=effective_on,
        reason=reason.strip(),
        wanted=wanted,
        asked_by=actor,
    )
    if problem := why_not(change):
        raise NotPossible(problem)
    attach(change, files, actor=actor)
    record("change.ask", change, actor=actor, kind=str(kind.code), on=str(effective_on))
    enqueue(ASKED, {"change": change.pk}, actor=actor, key=f"{ASKED}-{change.pk}")
    return change


def _create(thing, kind, **fields):
    """The row; NotPossible when one of this kind is open already."""
    try:
        with transaction.atomic():
            return ChangeRequest.objects.create(union_id=thing.union_id, kind=kind.code, **fields)
    except IntegrityError:
        raise NotPossible(
            _("A request of this kind (%(kind)s) is on its way already.") % {"kind": kind.label}
        ) from None


def demand_day(day, title=None):
    """Raise NotPossible with a sentence unless a change may take effect on ``day``."""
    today = timezone.localdate()
    if day > today + timedelta(days=LONGEST_AHEAD):
        raise NotPossible(
            _("%(date)s is more than %(days)d days ahead; ask nearer to the day.")
            % {"date": day.isoformat(), "days": LONGEST_AHEAD}
        )
    if day < today - timedelta(days=LONGEST_BACK):
        raise NotPossible(
            _("%(date)s lies more than two years back; please ask the union above to correct the record.")
            % {"date": day.isoformat()}
        )
    if title is not None and day <= title.since:
        raise NotPossible(
            _("The studio was named on %(since)s; the change must be later than that.")
            % {"since": title.since.isoformat()}
        )


def attach(change, files, *, actor):
    """Keep the uploads as proofs of the request; they are checked in the background."""
    if not files:
        return
    studio = change.studio or Studio.objects.filter(union=change.union_id).order_by("pk").first()
    if studio is None:
        raise NotPossible(_("The unit has no studio yet under which a file could be kept."))
    for upload in files:
        evidence = receive(studio, slot=PROOF, upload=upload, actor=actor)
        if CaseFile.objects.filter(evidence=evidence, change=change).exists():
            continue  # the same file chosen twice
        CaseFile.objects.create(evidence=_of_this_case(evidence), change=change)


def _of_this_case(evidence):
    """The file, as a row of its own where it was sent with an earlier case already."""
    if not CaseFile.objects.filter(evidence=evidence).exists():
        return evidence
    if evidence.state != FileState.READY:
        raise NotPossible(
            _("“%(name)s” is still being checked for another request. Please try again in a moment.")
            % {"name": evidence.name}
        )
    values = {
        field.attname: getattr(evidence, field.attname)
        for field in Evidence._meta.concrete_fields
        if not field.primary_key
    }
    return Evidence.objects.create(**values)


@transaction.atomic
def do_alone(studio, kind, *, reason, effective_on, actor):
    """Suspend or resume a studio without a title of a county or above: the unit decides that itself."""
    if not actor.has_perm(CHANGE_STUDIO, studio):
        raise PermissionDenied
    if top_title(studio) is not None:
        raise NotPossible(_("The studio holds a title of a county or above: please ask for the change."))
    demand_day(effective_on)
    if effective_on > timezone.localdate():
        raise NotPossible(_("The change can be entered on the day it takes effect, not before."))
    if kind == ChangeKind.SUSPEND:
        return verbs.suspend(studio, on=effective_on, reason=reason, actor=actor)
    return verbs.resume(studio, on=effective_on, actor=actor)


def due_changes(today=None):
    """Approved requests whose day has come and that have not taken effect."""
    today = today or timezone.localdate()
    rows = ChangeRequest.objects.filter(
        state=ChangeState.APPROVED, before__isnull=True, effective_on__lte=today
    )
    return rows.order_by("effective_on", "pk")


def apply_due(*, actor, today=None):
    """Put every due request into effect, each by itself; what cannot be is told to the people once.

    Returns how many took effect. Running it again does nothing more.
    """
    done = 0
    for pk in due_changes(today).values_list("pk", flat=True):
        try:
            with transaction.atomic():
                change = due_changes(today).select_for_update(of=("self",)).get(pk=pk)
                put_into_effect(change, actor=actor)
                done += 1
        except ChangeRequest.DoesNotExist:
            continue  # somebody else was quicker
        except NotPossible as problem:
            key = f"{STUCK}-{pk}"
            enqueue(STUCK, {"change": pk, "problem": str(problem)}, actor=actor, key=key)
    finish_endings(actor=actor)
    return done
