"""What the page of the record shows."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_date

from portal.audit.models import Entry
from portal.audit.verbs import VERBS
from portal.ui.paging import asked, page_of

NEWEST_FIRST = ("-pk",)


@dataclass
class Filters:
    """What the address of the record asks for; dates are ISO text, both included."""

    verb: str = ""
    actor: str = ""
    subject: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, request):
        """From ``?verb=``, ``?actor=``, ``?subject=``, ``?since=`` and ``?until=``."""
        return cls(**{name: asked(request, name, 80) for name in cls.__dataclass_fields__})

    @property
    def are_set(self):
        """Whether anything is filtered."""
        return any((self.verb, self.actor, self.subject, self.since, self.until))


def record_page(request, filters):
    """A page of entries, newest first; not counted, because the record grows for ever."""
    rows = Entry.objects.visible_to(request.user).select_related("subject_type")
    if filters.verb in VERBS:
        rows = rows.filter(verb=filters.verb)
    if filters.actor:
        rows = rows.filter(actor_label__icontains=filters.actor)
    if filters.subject:
        rows = rows.filter(subject_label__icontains=filters.subject)
    if since := day(filters.since):
        rows = rows.filter(at__gte=start_of(since))
    if until := day(filters.until):
        rows = rows.filter(at__lt=start_of(until + timedelta(days=1)))
    page = page_of(request, rows, keys=NEWEST_FIRST, size=50, counted=False)
    for row in page.rows:
        row.pairs = sorted(row.detail.items())
    return page


def day(text):
    """The day in ISO text, or None."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def start_of(on):
    """Midnight in Tongliao."""
    return timezone.make_aware(datetime.combine(on, time.min))


def verbs():
    """(verb, sentence) of all that can be recorded, by sentence."""
    return sorted(((verb, str(sentence)) for verb, sentence in VERBS.items()), key=lambda pair: pair[1])
