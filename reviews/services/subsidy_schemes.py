"""Verbs about subsidy schemes: one person drafts, a second publishes; then only a copy can be changed."""

from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.services import record
from reviews.models import Instalment, SubsidyScheme
from reviews.services.budgets import demand_role
from studios.permissions import APPROVE_APPLICATION, REVIEW_APPLICATION
from studios.services.people import NotPossible

WHOLE = Decimal(100)


@transaction.atomic
def draft_scheme(union, fields, instalments, *, actor):
    """A new scheme; ``instalments`` are (percent, condition) pairs in their order."""
    demand_role(actor, REVIEW_APPLICATION, union)
    demand_whole(instalments)
    scheme = SubsidyScheme(union=union, drafted_by=actor, **fields)
    _save(scheme)
    _write_instalments(scheme, instalments)
    record("subsidyscheme.draft", scheme, actor=actor, amount=str(scheme.amount), year=scheme.year)
    return scheme


@transaction.atomic
def edit_scheme(scheme, fields, instalments, *, actor):
    """Change a draft; whoever changes it last cannot be the one who publishes it."""
    scheme = _locked(scheme)
    demand_role(actor, REVIEW_APPLICATION, scheme.union)
    _demand_draft(scheme)
    demand_whole(instalments)
    for name, value in fields.items():
        setattr(scheme, name, value)
    scheme.drafted_by = actor
    _save(scheme)
    scheme.instalments.all().delete()
    _write_instalments(scheme, instalments)
    record("subsidyscheme.edit", scheme, actor=actor, amount=str(scheme.amount), year=scheme.year)
    return scheme


@transaction.atomic
def publish_scheme(scheme, *, actor):
    """The second person's yes: from now on nothing in it changes."""
    scheme = _locked(scheme)
    demand_role(actor, APPROVE_APPLICATION, scheme.union)
    _demand_draft(scheme)
    if scheme.drafted_by_id == actor.pk:
        raise NotPossible(_("You drafted this scheme yourself; another person has to publish it."))
    demand_whole([(row.percent, row.condition) for row in scheme.instalments.all()])
    scheme.published_by, scheme.published_at = actor, timezone.now()
    scheme.save(update_fields=["published_by", "published_at"])
    record("subsidyscheme.publish", scheme, actor=actor, amount=str(scheme.amount), year=scheme.year)
    return scheme


@transaction.atomic
def copy_scheme(scheme, *, actor):
    """A draft for the next year with the same content."""
    demand_role(actor, REVIEW_APPLICATION, scheme.union)
    fields = {
        name: getattr(scheme, name) for name in ("level", "kind", "title", "title_en", "amount", "conditions")
    }
    copy = SubsidyScheme(union=scheme.union, drafted_by=actor, year=scheme.year + 1, **fields)
    _save(copy)
    _write_instalments(copy, [(row.percent, row.condition) for row in scheme.instalments.all()])
    record("subsidyscheme.draft", copy, actor=actor, copied_from=scheme.pk, year=copy.year)
    return copy


def demand_whole(instalments):
    """NotPossible unless the shares make exactly 100 %."""
    total = sum((percent for percent, _condition in instalments), Decimal(0))
    if total != WHOLE:
        raise NotPossible(
            _("The shares of the instalments make %(total)s %%; they have to make exactly 100 %%.")
            % {"total": f"{total.normalize():f}"}
        )


def _locked(scheme):
    rows = SubsidyScheme.objects.select_for_update(of=("self",)).select_related("union")
    return rows.get(pk=scheme.pk)


def _demand_draft(scheme):
    if scheme.published_at is not None:
        raise NotPossible(
            _("This scheme was published on %(day)s and does not change any more. Copy it for another year.")
            % {"day": timezone.localtime(scheme.published_at).date().isoformat()}
        )


def _save(scheme):
    try:
        with transaction.atomic():
            scheme.save()
    except IntegrityError:
        raise NotPossible(
            _("There is already a scheme “%(title)s” of this kind for %(year)s and this level.")
            % {"title": scheme.title, "year": scheme.year}
        ) from None


def _write_instalments(scheme, instalments):
    Instalment.objects.bulk_create(
        Instalment(scheme=scheme, order=order, percent=percent, condition=condition)
        for order, (percent, condition) in enumerate(instalments, 1)
    )
