"""Drafting and publishing schemes of points, and setting the years that use them."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.models import Entry
from portal.audit.services import record
from reviews.models import AssessmentScheme, AssessmentYear, SchemeItem
from reviews.queries_schemes import ITEM_COLUMNS, as_plain
from reviews.scoring.engine import faults, is_publishable
from reviews.workdays import add_workdays
from studios.choices import Tier
from studios.permissions import APPROVE_APPLICATION, REVIEW_APPLICATION, unions_where
from studios.services.people import NotPossible

WRITING = ("scheme.draft", "scheme.edit")
DAYS_AFTER_OPENING = {"report_due_on": 20, "county_due_on": 35, "city_due_on": 55}  # working days
YEAR_FIELDS = (
    "scheme",
    "period_since",
    "period_until",
    "opens_on",
    "report_due_on",
    "county_due_on",
    "city_due_on",
    "excellent_percent",
    "sample_percent",
    "lowest_tier",
)


class Unfinished(NotPossible):
    """A scheme that cannot be published yet; ``found`` are all its faults."""

    def __init__(self, found):
        super().__init__(_("The scheme cannot be published yet."))
        self.found = found


@dataclass(frozen=True)
class Standing:
    """What a person may do with a scheme now; ``obstacle`` says why publishing is not theirs."""

    may_draft: bool
    may_publish: bool
    obstacle: str = ""


def offices_where(user, perm):
    """The ids of the cities at which ``user`` holds ``perm``."""
    return [union for tier, union in unions_where(user, perm) if tier == Tier.CITY]


def standing_of(scheme, user):
    """Whether ``user`` may write in the scheme, and may publish it: two different people."""
    is_draft = scheme.published_at is None
    approves = scheme.union_id in offices_where(user, APPROVE_APPLICATION)
    wrote = is_draft and approves and has_written(scheme, user)
    return Standing(
        may_draft=scheme.union_id in offices_where(user, REVIEW_APPLICATION),
        may_publish=is_draft and approves and not wrote,
        obstacle=_("You wrote in this draft: another person publishes it.") if wrote else "",
    )


def has_written(scheme, user):
    """Whether the person made the draft or ever changed it; the record of acts knows."""
    return (
        scheme.drafted_by_id == user.pk
        or Entry.objects.about(scheme).filter(verb__in=WRITING, actor=user).exists()
    )


@transaction.atomic
def copy_scheme(scheme, *, actor):
    """The next version of a published scheme, as a draft. NotPossible while there is a draft already."""
    demand(actor, REVIEW_APPLICATION, scheme.union_id)
    versions = AssessmentScheme.objects.filter(union=scheme.union_id, code=scheme.code)
    list(versions.select_for_update().values_list("pk", flat=True))  # two people copying at once make one
    if scheme.published_at is None:
        raise NotPossible(_("Only a published version can be copied."))
    if versions.filter(published_at=None).exists():
        raise NotPossible(_("There is already a draft of the next version."))
    draft = AssessmentScheme.objects.create(
        union=scheme.union,
        code=scheme.code,
        version=versions.aggregate(last=Max("version"))["last"] + 1,
        title=scheme.title,
        title_en=scheme.title_en,
        pass_mark=scheme.pass_mark,
        excellent_mark=scheme.excellent_mark,
        drafted_by=actor,
    )
    columns = [name for name in ITEM_COLUMNS if name != "id"]
    SchemeItem.objects.bulk_create(
        SchemeItem(scheme=draft, **{name: getattr(item, name) for name in columns})
        for item in scheme.items.all()
    )
    record("scheme.draft", draft, actor=actor, copied_from=scheme.pk, version=draft.version)
    return draft


@transaction.atomic
def change_scheme(scheme, fields, *, actor):
    """Write title and marks of a draft."""
    scheme = locked_draft(scheme, actor)
    before = {name: str(getattr(scheme, name)) for name in fields}
    for name, value in fields.items():
        setattr(scheme, name, value)
    scheme.save(update_fields=list(fields))
    after = {name: str(value) for name, value in fields.items()}
    if after != before:
        record("scheme.edit", scheme, actor=actor, before=before, after=after)
    return scheme


@transaction.atomic
def save_item(scheme, item_id, fields, *, actor):
    """Write one item of a draft, a new one without ``item_id``. NotPossible when its number is taken."""
    scheme = locked_draft(scheme, actor)
    item = scheme.items.filter(pk=item_id).first() if item_id else SchemeItem(scheme=scheme)
    if item is None:
        raise NotPossible(_("The item has been removed meanwhile."))
    before = as_record(item) if item.pk else None
    for name, value in fields.items():
        setattr(item, name, value)
    try:
        with transaction.atomic():
            item.save()
    except IntegrityError:
        raise NotPossible(_("Another item has the number %(code)s.") % {"code": item.code}) from None
    after = as_record(item)
    if after != before:
        record("scheme.edit", scheme, actor=actor, item=item.code, before=before, after=after)
    return item


@transaction.atomic
def remove_item(scheme, item_id, *, actor):
    """Take an item out of a draft; taking it out twice is no harm."""
    scheme = locked_draft(scheme, actor)
    item = scheme.items.filter(pk=item_id).first()
    if item is not None:
        record("scheme.edit", scheme, actor=actor, item=item.code, before=as_record(item), after=None)
        item.delete()


@transaction.atomic
def publish(scheme, *, actor):
    """Publish a draft without faults, by a person who wrote nothing in it. Raises Unfinished otherwise."""
    demand(actor, APPROVE_APPLICATION, scheme.union_id)
    scheme = AssessmentScheme.objects.select_for_update(of=("self",)).get(pk=scheme.pk)
    if scheme.published_at is not None:
        raise NotPossible(_("This version has been published already."))
    if has_written(scheme, actor):
        raise NotPossible(_("You wrote in this draft: another person publishes it."))
    found = faults(as_plain(scheme))
    if not is_publishable(found):
        raise Unfinished(found)
    scheme.published_by, scheme.published_at = actor, timezone.now()
    scheme.save(update_fields=["published_by", "published_at"])
    record("scheme.publish", scheme, actor=actor, version=scheme.version, items=scheme.items.count())
    return scheme


@transaction.atomic
def set_year(year, fields, *, actor):
    """Write what the city sets for a year (an AssessmentYear, new or stored), until it is opened."""
    demand(actor, REVIEW_APPLICATION, year.union_id)
    if year.pk:
        year = AssessmentYear.objects.select_for_update(of=("self",)).get(pk=year.pk)
    if year.opened_at is not None:
        raise NotPossible(
            _("The assessment of %(year)s has been opened: its settings stay.") % {"year": year.year}
        )
    if fields["scheme"].published_at is None or fields["scheme"].union_id != year.union_id:
        raise NotPossible(_("Choose a published scheme of your own union."))
    before = {name: str(getattr(year, name)) for name in YEAR_FIELDS} if year.pk else None
    for name, value in fields.items():
        setattr(year, name, value)
    year.set_by = actor
    try:
        with transaction.atomic():
            year.save()
    except IntegrityError:
        raise NotPossible(_("The year %(year)s has been set already.") % {"year": year.year}) from None
    after = {name: str(getattr(year, name)) for name in YEAR_FIELDS}
    record("year.set", year, actor=actor, before=before, after=after)
    return year


def due_days(opens_on):
    """The days on which unit, county and city are due by default, in working days from the opening."""
    return {name: add_workdays(opens_on, days) for name, days in DAYS_AFTER_OPENING.items()}


def demand(actor, perm, union_id):
    """403 unless the person holds the permission at this very city."""
    if union_id not in offices_where(actor, perm):
        raise PermissionDenied


def locked_draft(scheme, actor):
    """The scheme under a lock, still a draft and the actor's to write."""
    demand(actor, REVIEW_APPLICATION, scheme.union_id)
    scheme = AssessmentScheme.objects.select_for_update(of=("self",)).get(pk=scheme.pk)
    if scheme.published_at is not None:
        raise NotPossible(_("This version has been published and stays as it is; copy it to change it."))
    return scheme


def as_record(item):
    """An item as the record of acts keeps it."""
    return {name: str(getattr(item, name)) for name in ITEM_COLUMNS if name != "id"}
