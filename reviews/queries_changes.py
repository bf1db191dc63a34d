"""What the pages about requested changes show: lists, who leads two studios, who retires soon."""

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Left
from django.utils import timezone

from portal.ui.paging import page_of
from reviews.choices import ChangeState
from reviews.models import Application, CaseFile, ChangeRequest, Recheck
from reviews.retirement import PATHS, born_from, born_until, within_a_year
from studios.models import Leader, Naming
from studios.permissions import (
    APPROVE_APPLICATION,
    REVIEW_APPLICATION,
    VIEW_STUDIO,
    scope_q,
)

NEWEST_FIRST = ("-pk",)
DUE_FIRST = ("due_on", "pk")
OLDEST_BORN_FIRST = ("person__birth_month", "pk")
MOST_DOUBLES = 200  # people who lead two studios; more would be a mistake in the data


def change_page(request, *, tab, kind="", state="", county=None):
    """A page of the requests that the person may see; tab ``mine``: those to act on now."""
    rows = ChangeRequest.objects.visible_to(request.user).select_related("studio", "union__unit", "county")
    if tab == "mine":
        rows = to_act_on(rows, request.user)
    for name, value in (("kind", kind), ("state", state), ("county", county)):
        if value:
            rows = rows.filter(**{name: value})
    return page_of(request, rows, keys=NEWEST_FIRST)


def to_act_on(rows, user):
    """Those that wait for this person: an opinion below the deciding tier, the decision at it."""
    waiting = [ChangeState.IN_REVIEW]
    opinion = rows.open_at(user, REVIEW_APPLICATION, waiting).filter(tier__lt=F("last_tier"))
    decision = rows.open_at(user, APPROVE_APPLICATION, waiting).filter(tier=F("last_tier"))
    return rows.filter(Q(pk__in=opinion.values("pk")) | Q(pk__in=decision.values("pk")))


def rechecks_page(request):
    """A page of the clauses that are to be met again, the soonest first."""
    rows = Recheck.objects.visible_to(request.user).filter(settled_on=None)
    return page_of(request, rows.select_related("studio", "union__unit", "county"), keys=DUE_FIRST)


def files_of_change(change):
    """The uploaded proofs, in the order of sending."""
    rows = CaseFile.objects.filter(change=change).select_related("evidence")
    return [row.evidence for row in rows.order_by("pk")]


def titles_under(change):
    """The live titles of a county and above that a change touches, highest first."""
    here = {"studio": change.studio_id} if change.studio_id else {"union": change.union_id}
    rows = Naming.objects.filter(**here, level__tier__gt=1).on()
    return list(rows.select_related("level", "granted_by", "studio").order_by("-level__tier", "pk"))


def open_applications(change):
    """The applications on their way of the studio, or of every studio of the unit."""
    here = {"studio": change.studio_id} if change.studio_id else {"union": change.union_id}
    return list(Application.objects.filter(**here).open().select_related("studio").order_by("pk"))


def open_changes_of(thing):
    """The requests in review for a studio or a unit, newest first."""
    here = {"studio": thing.pk} if hasattr(thing, "short_name") else {"studio": None, "union": thing.union_id}
    rows = ChangeRequest.objects.filter(**here, state=ChangeState.IN_REVIEW)
    return list(rows.order_by("-pk"))


def leaders_seen(user):
    """The leaders in office of the studios that ``user`` may see."""
    return (
        Leader.objects.on()
        .filter(scope_q(user, VIEW_STUDIO, "studio__"))
        .select_related("person", "studio__union__unit", "studio__county")
    )


def same_person():
    """The ``Q`` of leaders who are the outer leader: the same row, or the same name and month of birth."""
    named = Q(person__name=OuterRef("person__name"), person__birth_month=OuterRef("person__birth_month"))
    return Q(person=OuterRef("person")) | (named & ~Q(person__birth_month=""))


def leading_twice(user):
    """Those who lead two studios or more, each with the studios: ``[[Leader, …], …]``."""
    rows = leaders_seen(user)
    again = rows.order_by().filter(same_person()).exclude(studio=OuterRef("studio"))
    found = {}
    doubles = rows.filter(Exists(again)).order_by("person__name", "person__birth_month", "pk")
    for leader in doubles[:MOST_DOUBLES]:
        person = leader.person
        found.setdefault((person.name, person.birth_month or person.pk), []).append(leader)
    return [group for group in found.values() if len(group) > 1]


def retiring_q(today):
    """The ``Q`` of leaders whose age of retirement comes within a year, or of men has passed."""
    found = Q(pk__in=[])
    for path in PATHS:
        here = Q(person__sex=path.sex, born__gt="", born__lte=born_until(path, today))
        if path.post == "worker":
            here &= Q(born__gte=born_from(path, today))
        found |= here
    return found


def retiring_page(request):
    """A page of leaders who reach the age within a year, the oldest first."""
    today = timezone.localdate()
    rows = leaders_seen(request.user).annotate(born=Left("person__birth_month", 7))
    rows = rows.filter(retiring_q(today), person__birth_month__regex=r"^\d{4}-\d{2}")
    page = page_of(request, rows, keys=OLDEST_BORN_FIRST)
    for leader in page.rows:
        leader.due = within_a_year(leader.person.sex, leader.person.birth_month, today)
    return page


def other_studios_led(user, people, *, but=None):
    """``{(name, birth month): [studio name]}`` of what ``people`` (name, month) lead and ``user`` sees."""
    wanted = Q(pk__in=[])
    for name, born in people:
        if born:
            wanted |= Q(person__name=name, person__birth_month=born)
    found = {}
    for leader in leaders_seen(user).filter(wanted).exclude(studio=but):
        key = (leader.person.name, leader.person.birth_month)
        found.setdefault(key, []).append(leader.studio.short_name)
    return found


def hints_for(user, people, *, studio_id):
    """What to think about before ``people`` lead: ``[(name, [other studios], Due or None)]``.

    Only those are named of whom there is something to say. ``people``: dicts of name, birth_month, sex.
    """
    today = timezone.localdate()
    led = other_studios_led(user, {(row["name"], row["birth_month"]) for row in people}, but=studio_id)
    found = []
    for row in people:
        others = led.get((row["name"], row["birth_month"]), [])
        due = within_a_year(row.get("sex", ""), row["birth_month"], today)
        if others or due:
            found.append((row["name"], others, due))
    return found
