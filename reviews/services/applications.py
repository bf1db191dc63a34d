"""Verbs that are not a plain step: opening an application, judging a clause."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.services import record
from reviews.choices import WITH_THE_UNIT, State
from reviews.eligibility import open_round
from reviews.models import Application, ApplicationCounter, Judgement, RuleSet
from reviews.workflow.guards import has_ties, no_ties
from reviews.workflow.terms import TransitionNotAllowed
from studios.choices import Tier
from studios.models import Studio
from studios.permissions import REVIEW_APPLICATION, SUBMIT_APPLICATION, unions_where


class Stale(Exception):
    """Somebody changed the row meanwhile; ``current`` is how it is now."""

    def __init__(self, current):
        super().__init__("changed meanwhile")
        self.current = current


def next_application_number(year):
    """SB-2026-0031: counted per year under a row lock."""
    ApplicationCounter.objects.get_or_create(year=year)
    counter = ApplicationCounter.objects.select_for_update().get(year=year)
    counter.last_number += 1
    counter.save(update_fields=["last_number"])
    return f"SB-{year}-{counter.last_number:04d}"


@transaction.atomic
def open_application(studio, level, *, actor, statement=""):
    """A draft for ``level`` from the studio's one dossier; nothing is typed twice.

    Raises PermissionDenied, or TransitionNotAllowed when no round is open, one is on its way,
    or the studio was rejected for good in this round.
    """
    if not actor.has_perm(SUBMIT_APPLICATION, studio):
        raise PermissionDenied
    Studio.objects.select_for_update().get(pk=studio.pk)
    call, ruleset = open_round(level), RuleSet.objects.in_force()
    if call is None or ruleset is None:
        raise TransitionNotAllowed(_("No round for this level takes applications today."))
    mine = Application.objects.filter(studio=studio, level=level)
    if mine.filter(round=call, state=State.REJECTED_FINAL).exists():
        raise TransitionNotAllowed(_("The studio was rejected for good in this round."))
    if studio.namings.filter(level=level).on().exists():
        raise TransitionNotAllowed(_("The studio already holds this title."))
    earlier = mine.open().first()
    if earlier is not None:
        raise TransitionNotAllowed(
            _("Application %(number)s for this level is already on its way.") % {"number": earlier.number}
        )
    try:
        with transaction.atomic():
            application = Application.objects.create(
                studio=studio,
                union=studio.union,
                level=level,
                round=call,
                ruleset=ruleset,
                number=next_application_number(timezone.localdate().year),
                statement=statement,
                opened_by=actor,
            )
    except IntegrityError:
        raise TransitionNotAllowed(_("An application for this level is already on its way.")) from None
    record("application.open", application, actor=actor, level=level.code)
    return application


@transaction.atomic
def judge(application, clause, *, verdict, note, actor, version=None):
    """Store a reviewer's verdict on one clause of the newest dossier, beside the machine's finding.

    ``version`` is that of the judgement the person saw (0: none yet); another one meanwhile
    raises Stale. Raises PermissionDenied or TransitionNotAllowed.
    """
    application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if (application.tier, application.union_at_tier_id()) not in unions_where(actor, REVIEW_APPLICATION):
        raise PermissionDenied
    if application.state != State.IN_REVIEW:
        raise TransitionNotAllowed(
            _("Not possible while the state is “%(state)s”.") % {"state": application.get_state_display()}
        )
    if has_ties(application, actor):
        raise TransitionNotAllowed(str(no_ties.reason))
    dossier = application.current_dossier
    if not dossier.findings.filter(clause=clause).exists():
        raise TransitionNotAllowed(_("There is no clause %(clause)s.") % {"clause": clause})
    found = Judgement.objects.filter(dossier=dossier, clause=clause, tier=application.tier).first()
    if version is not None and (found.version if found else 0) != version:
        raise Stale(found)
    fields = {"verdict": verdict, "note": note, "judged_by": actor, "judged_at": timezone.now()}
    if found is None:
        found = Judgement.objects.create(dossier=dossier, clause=clause, tier=application.tier, **fields)
    else:
        Judgement.objects.filter(pk=found.pk).update(version=F("version") + 1, **fields)
        found.refresh_from_db()
    if application.reviewer_id is None:
        Application.objects.filter(pk=application.pk).update(reviewer=actor)
    record("application.judge", application, actor=actor, clause=clause, verdict=verdict)
    return found


@transaction.atomic
def write_statement(pk, statement, *, actor):
    """Keep why the studio applies, while the application is with its unit. Raises as ``judge`` does."""
    application = Application.objects.select_for_update(of=("self",)).get(pk=pk)
    if (Tier.BASE, application.union_id) not in unions_where(actor, SUBMIT_APPLICATION):
        raise PermissionDenied
    if application.state not in WITH_THE_UNIT:
        raise TransitionNotAllowed(
            _("Not possible while the state is “%(state)s”.") % {"state": application.get_state_display()}
        )
    if application.statement != statement:
        Application.objects.filter(pk=pk).update(statement=statement, updated_at=timezone.now())
        record("application.write", application, actor=actor)
    return application
