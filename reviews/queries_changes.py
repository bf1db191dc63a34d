"""What the pages about requested changes show: lists, who leads two studios, who retires soon."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, JSONObject, Left
from django.utils import timezone

from portal.ui.paging import page_of
from reviews.choices import ChangeState
from reviews.models import Application, CaseFile, ChangeRequest, Recheck
from reviews.retirement import PATHS, born_from, born_until, within_a_year
from studios.choices import Tier
from studios.models import Appointment, Leader, Member, Naming, Studio
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


FILE_FIELDS = ("id", "name", "size", "media_type", "state", "problem", "thumb", "preview", "width", "pages")
FILE_FIELDS += ("height", "stored")
RECHECK_FIELDS = ("id", "clause", "verdict", "due_on", "settled_on")
TITLE_FIELDS = {
    "studio": "studio__short_name",
    "level": "level__name",
    "level_en": "level__name_en",
    "union": "granted_by__name",
}


def for_page(rows, user):
    """The requests with all that their page shows, so that it costs one query.

    ``is_tied``: whether ``user`` belongs to the unit, or to that of the studio it merges into;
    ``numbers``: of applications on their way; ``files_json``, ``titles_json``, ``rechecks_json``: dicts.
    """
    here = Q(studio=OuterRef("studio")) | Q(union=OuterRef("unit_alone"))
    titles = Naming.objects.filter(here, level__tier__gt=Tier.BASE).on().order_by("-level__tier", "pk")
    numbers = Application.objects.filter(here).open().order_by("pk").values("number")
    files = CaseFile.objects.filter(change=OuterRef("pk")).order_by("pk")
    rechecks = Recheck.objects.filter(change=OuterRef("pk")).order_by("clause")
    return (
        with_ties(rows, user)
        .select_related("studio", "union__unit", "county", "city", "asked_by")
        .annotate(unit_alone=Case(When(studio=None, then=F("union")), output_field=BigIntegerField()))
        .annotate(
            numbers=ArraySubquery(numbers),
            titles_json=dicts(titles, TITLE_FIELDS),
            files_json=dicts(files, {name: f"evidence__{name}" for name in FILE_FIELDS}),
            rechecks_json=dicts(rechecks, {name: name for name in RECHECK_FIELDS}),
        )
    )


def dicts(queryset, columns):
    """The rows of a subquery as a list of dicts; ``columns`` says under which name."""
    return ArraySubquery(queryset.values(row=JSONObject(**columns)))


def with_ties(rows, user):
    """Annotates ``is_tied``: in a role at one of the units now or before, or leading or in a team there."""
    into = Studio.objects.filter(pk=OuterRef("into_id")).values("union")
    units = Q(union=OuterRef("union")) | Q(union=OuterRef("into_union"))
    roles = Appointment.objects.filter(user=user).annotate(union=F("role_group__union"))
    leads = Leader.objects.filter(person__user=user).annotate(union=F("studio__union"))
    works = Member.objects.filter(person__user=user).annotate(union=F("studio__union"))
    return (
        rows.annotate(into_id=Cast(KeyTextTransform("into", "wanted"), BigIntegerField()))
        .annotate(into_union=Subquery(into[:1]))
        .annotate(
            is_tied=Exists(roles.filter(units)) | Exists(leads.filter(units)) | Exists(works.filter(units))
        )
    )


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


def leading_twice(user):
    """Those who lead two studios or more, each with the studios: ``[[Leader, …], …]``.

    The same person, or persons of the same name and month of birth. Counted before it is read, for that is
    one pass over the leaders however many there are.
    """
    rows = leaders_seen(user)
    wanted = Q(person__in=several(rows, "person"))
    for name, born in several(rows.exclude(person__birth_month=""), "person__name", "person__birth_month"):
        wanted |= Q(person__name=name, person__birth_month=born)
    found = {}
    for leader in rows.filter(wanted).order_by("person__name", "person__birth_month", "pk"):
        person = leader.person
        found.setdefault((person.name, person.birth_month or person.pk), []).append(leader)
    return list(found.values())


def several(leaders, *columns):
    """The values of ``columns`` under which more than one studio is led."""
    counted = leaders.order_by().values_list(*columns).annotate(n=Count("studio", distinct=True))
    values = [row[:-1] for row in counted.filter(n__gt=1).order_by(*columns)[:MOST_DOUBLES]]
    return [row[0] for row in values] if len(columns) == 1 else values


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
