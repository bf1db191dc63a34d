"""Proposing subsidies: one or many titles at once, each with a verdict first and a row of its own."""

import re
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.services import record
from portal.messages.services import tell
from reviews.amounts import yuan
from reviews.choices import SubsidyState
from reviews.letters_money import TO_SIGN
from reviews.models import Subsidy, SubsidyScheme
from reviews.queries_money import tied_unions
from reviews.services.budgets import demand_role
from studios.permissions import APPROVE_APPLICATION, REVIEW_APPLICATION, SCOPE_COLUMN
from studios.services.people import NotPossible, people_in

LONG_NUMBER = re.compile(r"(?:\d[\s\-]?){12,}")  # bank cards, accounts and identity cards are that long


@dataclass(frozen=True)
class Row:
    """One title in the preview; ``obstacle`` is the sentence why it cannot be proposed, or ""."""

    naming: object
    payee: str
    amount: object
    obstacle: str = ""


@dataclass(frozen=True)
class Preview:
    """What a proposal would do: its rows, what they come to, and what the budget has left."""

    rows: tuple
    total: object
    left: object

    @property
    def fits(self):
        """Whether the budget has room for all of it."""
        return self.total <= self.left

    @property
    def good(self):
        """The rows that can be proposed."""
        return [row for row in self.rows if not row.obstacle]


def preview(namings, scheme, budget, *, actor, payees=None):
    """A ``Preview`` for these titles. ``payees``: {naming id: name typed}; writes nothing."""
    namings, payees = list(namings), payees or {}
    states = [SubsidyState.REFUSED]
    taken = set(
        Subsidy.objects.filter(scheme=scheme, naming__in=[naming.pk for naming in namings])
        .exclude(state__in=states)
        .values_list("naming", flat=True)
    )
    tied = tied_unions(actor)
    rows = []
    for naming in namings:
        payee = (payees.get(naming.pk) or naming.union.name).strip()
        obstacle = _obstacle(naming, scheme, taken, tied) or payee_problem(payee)
        rows.append(Row(naming, payee, scheme.amount, obstacle))
    total = sum((row.amount for row in rows if not row.obstacle), 0)
    return Preview(tuple(rows), total, budget.amount - budget.committed)


def _obstacle(naming, scheme, taken, tied):
    """Why this title gets no subsidy of this scheme, as a sentence, or ""."""
    today = timezone.localdate()
    if naming.level_id != scheme.level_id:
        return _("The scheme is for another level.")
    if getattr(naming, SCOPE_COLUMN[scheme.union.tier]) != scheme.union_id:
        return _("The studio does not lie in the area of the union that pays.")
    if naming.until is not None and naming.until < today:
        return _("The title ended on %(day)s.") % {"day": naming.until.isoformat()}
    if naming.since > today:
        return _("The title begins only on %(day)s.") % {"day": naming.since.isoformat()}
    if naming.pk in taken:
        return _("There is already a subsidy of this scheme for this title.")
    if naming.union_id in tied:
        return _("You belong or belonged to this unit; a colleague has to propose it.")
    return ""


def payee_problem(payee):
    """Why a name cannot be that of the account holder: nobody's account or card number is kept here."""
    if not payee:
        return _("Give the name of the account holder.")
    if LONG_NUMBER.search(payee):
        return _("Give the name of the account holder only: account and card numbers are not kept here.")
    return ""


@transaction.atomic
def propose(namings, scheme, budget, *, actor, payees=None):
    """A subsidy in state PROPOSED for each title, or NotPossible with the first thing in the way."""
    demand_role(actor, REVIEW_APPLICATION, scheme.union)
    # two people proposing from one scheme wait for each other, and the second sees what the first did
    scheme = SubsidyScheme.objects.select_for_update(of=("self",)).select_related("union").get(pk=scheme.pk)
    if scheme.published_at is None:
        raise NotPossible(_("The scheme is not published yet; a second person has to publish it first."))
    if budget.union_id != scheme.union_id or budget.agreed_by_id is None:
        raise NotPossible(_("There is no budget of this union that a second person has agreed to."))
    look = preview(namings, scheme, budget, actor=actor, payees=payees)
    for row in look.rows:
        if row.obstacle:
            raise NotPossible(f"{row.naming.studio.short_name}：{row.obstacle}")
    if not look.rows:
        raise NotPossible(_("Tick at least one studio."))
    made = [_write(row, scheme, budget, actor) for row in look.rows]
    _ask_second_person(made, scheme, look.total, actor)
    return made


def _write(row, scheme, budget, actor):
    subsidy = Subsidy.objects.create(
        union=row.naming.union,
        naming=row.naming,
        scheme=scheme,
        budget=budget,
        tier=scheme.union.tier,
        amount=row.amount,
        payee=row.payee,
        proposed_by=actor,
    )
    record("subsidy.propose", subsidy, actor=actor, amount=str(row.amount), scheme=scheme.pk)
    return subsidy


def _ask_second_person(made, scheme, total, actor):
    """One message about the whole list, to those who may grant it."""
    people = [user for user in people_in(scheme.union, APPROVE_APPLICATION) if user.pk != actor.pk]
    values = {"actor": actor.name, "scheme": scheme.title, "number": len(made), "amount": yuan(total)}
    page = reverse("subsidy_sign")
    url = reverse("subsidy_detail", args=[made[0].pk]) if len(made) == 1 else page
    tell(people, TO_SIGN, values, url=url, event_key=f"subsidy-proposed-{made[0].pk}", actor=actor)


def add_to(subsidy, **sums):
    """Add to ``paid``, ``spent`` or ``paid_back`` in the statement itself; the caller holds the lock."""
    Subsidy.objects.filter(pk=subsidy.pk).update(**{name: F(name) + x for name, x in sums.items()})


def locked(subsidy):
    """The row as it is now, under the lock that the engine's steps take, too."""
    rows = Subsidy.objects.select_for_update(of=("self",)).select_related(
        "scheme__union", "naming__studio", "union"
    )
    return rows.get(pk=subsidy.pk)
