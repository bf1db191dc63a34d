"""Verbs about titles: numbering a document, granting and ending a title."""

from itertools import count

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.services import record
from studios.choices import Source
from studios.models import DocumentSeries, Naming, OfficialDocument, Studio
from studios.services.people import NotPossible


def next_number(union, year):
    """The number that the next document of this union and year will get; takes nothing."""
    series = DocumentSeries.objects.filter(union=union, year=year).first()
    return _free_number(union, year, series.last_number if series else 0)


def _free_number(union, year, last):
    """The first number after ``last`` that no document taken over from an older roster bears."""
    known = OfficialDocument.objects.filter(
        union=union, year=year, prefix=prefix_of(union), source=Source.IMPORTED, number__gt=last
    )
    taken = set(known.values_list("number", flat=True))
    return next(number for number in count(last + 1) if number not in taken)


def prefix_of(union):
    """The series in which a union numbers its documents here."""
    return union.document_prefix or "工发"


def number_label(union, year, number):
    """A number of the union's series as it is printed, before there is a document: 通工发〔2026〕1号."""
    return OfficialDocument(prefix=prefix_of(union), year=year, number=number).label


@transaction.atomic
def issue_document(union, *, on, title, actor, expected=None):
    """Take the next number of the union's series for ``on``'s year: 通工发〔2026〕1号, 2号, … without a gap.

    Numbers of documents that an older roster brought in are not given again.
    ``expected`` is the number the person was shown; if another document took it meanwhile,
    NotPossible says so and nothing is taken. Dates may not run backwards within a series.
    """
    if on > timezone.localdate():
        raise NotPossible(
            _("The document is dated %(date)s; it cannot be dated after today.") % {"date": on.isoformat()}
        )
    DocumentSeries.objects.get_or_create(union=union, year=on.year)
    series = DocumentSeries.objects.select_for_update().get(union=union, year=on.year)
    number = _free_number(union, on.year, series.last_number)
    if expected is not None and expected != number:
        raise NotPossible(
            _("Number %(expected)d was taken meanwhile; the next one is %(number)d. Please confirm again.")
            % {"expected": expected, "number": number}
        )
    newest = OfficialDocument.objects.filter(union=union, year=on.year, source=Source.PORTAL).aggregate(
        on=Max("issued_on")
    )["on"]
    if newest and on < newest:
        raise NotPossible(
            _("The document before this one is dated %(newest)s; %(date)s would be earlier.")
            % {"newest": newest.isoformat(), "date": on.isoformat()}
        )
    document = OfficialDocument.objects.create(
        union=union,
        prefix=prefix_of(union),
        year=on.year,
        number=number,
        title=title,
        issued_on=on,
        issued_by=actor,
    )
    series.last_number = number
    series.save(update_fields=["last_number"])
    record("document.issue", document, actor=actor, number=document.label)
    return document


@transaction.atomic
def grant(studio, level, *, union, on, actor, document=None):
    """Give a studio a title from ``on``; ``basis`` is the title it rests on, held to by the database."""
    basis = None
    if level.requires_id:
        basis = (
            Naming.objects.filter(studio=studio, level=level.requires_id).on(on).order_by("-since").first()
        )
        if basis is None:
            raise NotPossible(
                _("The studio holds no live title of level “%(level)s” on %(date)s.")
                % {"level": level.requires.label, "date": on.isoformat()}
            )
    naming = Naming.objects.create(
        studio=studio,
        union=studio.union,
        level=level,
        granted_by=union,
        since=on,
        document=document,
        basis=basis,
    )
    refresh_top_tier(studio.pk)
    record(
        "naming.grant",
        naming,
        actor=actor,
        level=level.code,
        document=document.label if document else "",
        on=on,
    )
    return naming


@transaction.atomic
def end(naming, *, on, reason, actor):
    """End a title on its last day ``on``; those above it must have ended before."""
    naming = Naming.objects.select_for_update().get(pk=naming.pk)
    if naming.until is not None:
        raise NotPossible(_("This title has already ended."))
    naming.until, naming.end_reason = on, reason
    naming.save(update_fields=["until", "end_reason"])
    refresh_top_tier(naming.studio_id)
    record("naming.end", naming, actor=actor, on=on, reason=reason)
    return naming


def refresh_top_tier(studio_id):
    """Recompute the highest live title that lists show."""
    top = Naming.objects.filter(studio=studio_id).on().aggregate(top=Max("level__tier"))["top"] or 0
    Studio.objects.filter(pk=studio_id).update(top_tier=top, updated_at=timezone.now())
