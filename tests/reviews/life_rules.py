"""What must be true of titles after every act, whoever did what: each function returns what is wrong."""

from collections import Counter

from django.apps import apps
from django.db import connection
from django.db.models import Count, F, Q, Sum

from portal.audit.models import Entry
from reviews.choices import REVOCATION_CLOSED, AnnulmentState, RevocationState, SubsidyState
from reviews.models import Annulment, Budget, Decision, DormancyFlag, Revocation, Subsidy
from reviews.queries_watch import clock_on
from reviews.workflow.processes import PROCESSES
from studios.choices import Tier
from studios.models import Leader, Naming, Studio, Unit
from studios.queries.as_of import studio_names_on, unit_name_on, with_names_on

NOT_BORNE = (SubsidyState.PROPOSED, SubsidyState.REFUSED)
APPS = ("accounts", "audit", "jobs", "inbox", "reviews", "studios")
STILL = (
    "ruleclause",
    "permission",
    "objectpermission",
    "kind",
    "industry",
)  # reference: large, never written
TABLES = sorted(
    model._meta.db_table
    for model in apps.get_models()
    if model._meta.app_label in APPS and not model._meta.model_name.endswith(STILL)
)
DIGEST = " UNION ALL ".join(
    f"SELECT '{table}', count(*), coalesce(sum(hashtext(t::text)), 0) FROM {table} t" for table in TABLES
)


def digest():
    """A fingerprint of everything that an act could write."""
    with connection.cursor() as cursor:
        cursor.execute(DIGEST)
        return sorted(cursor.fetchall())


def flags_as_wanted(book, today):
    """Each flag that stands and each that should, where they differ: studio, found, wanted."""
    clock = clock_on(today)
    live = DormancyFlag.objects.filter(cleared_at=None).select_related("level")
    found = {flag.studio_id: (flag.level.code, flag.last_result_on, flag.due_on) for flag in live}
    wanted = {studio: book.flag_wanted(studio, clock, today) for studio in book.names}
    return [
        (studio, found.get(studio), wanted.get(studio))
        for studio in {*found, *wanted}
        if found.get(studio) != wanted.get(studio)
    ]


def ended_otherwise():
    """Titles of a county and above that ended without two persons and a document."""
    two = ~Q(proposed_by=F("decided_by")) & Q(
        proposed_by__isnull=False, decided_by__isnull=False, document__isnull=False
    )
    revoked = Revocation.objects.filter(two, state=RevocationState.REVOKED).values("naming")
    annulled = Annulment.objects.filter(two, state=AnnulmentState.ANNULLED).values("annulled")
    ended = Naming.objects.filter(level__tier__gte=Tier.COUNTY, until__isnull=False)
    return list(ended.exclude(pk__in=revoked).exclude(document__in=annulled).values_list("pk", flat=True))


def history_differs(book, days):
    """Where names, leaders and titles of a day are not as they were written down on it."""
    wrong = []
    studios = {studio.pk: studio for studio in Studio.objects.filter(pk__in=book.names)}
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=book.units)}
    for day in days:
        listed = with_names_on(Studio.objects.filter(pk__in=book.names), day)
        then = {row.pk: row.short_name_then for row in listed}
        held = {pk: set() for pk in studios}
        for naming in Naming.objects.filter(studio__in=studios).on(day):
            held[naming.studio_id].add(naming.pk)
        leads = dict(Leader.objects.filter(studio__in=studios).on(day).values_list("studio", "person__name"))
        for pk, studio in studios.items():
            name = book.on(book.names[pk], day)
            wrong += _unlike(day, "name", then[pk], name)
            wrong += _unlike(day, "name of one", studio_names_on(studio, day)[0], name)
            wrong += _unlike(day, "titles", held[pk], book.titles_on(pk, day))
            wrong += _unlike(day, "leader", leads.get(pk), book.on(book.leaders[pk], day))
        for pk, unit in units.items():
            wrong += _unlike(day, "unit", unit_name_on(unit, day), book.on(book.units[pk], day))
    return wrong


def _unlike(day, what, found, wanted):
    return [] if found == wanted else [(day, what, found, wanted)]


def sums_differ():
    """Budgets that bear another sum than what was granted, or too much; subsidies paid beyond theirs."""
    wrong = []
    for budget in Budget.objects.all():
        granted = budget.subsidies.exclude(state__in=NOT_BORNE).aggregate(sum=Sum("amount"))["sum"] or 0
        if budget.committed != granted or granted > budget.amount:
            wrong.append((budget.pk, budget.committed, granted, budget.amount))
    for subsidy in Subsidy.objects.annotate(sum=Sum("payments__amount")):
        if subsidy.paid != (subsidy.sum or 0) or not 0 <= subsidy.paid <= subsidy.amount:
            wrong.append((subsidy.pk, subsidy.paid, subsidy.sum, subsidy.amount))
    return wrong


def steps_without_record():
    """Steps of the engine that are not on record exactly once under their own verb, and the other way."""
    nouns = {process.decision_field: process.noun for process in PROCESSES}
    rows = Decision.objects.values_list("pk", "action", *(f"{name}_id" for name in nouns))
    steps = Counter(
        (pk, f"{noun}.{action}")
        for pk, action, *subjects in rows
        for noun, subject in zip(nouns.values(), subjects, strict=True)
        if subject is not None
    )
    entries = Entry.objects.filter(detail__has_key="decision").values_list("detail__decision", "verb")
    return sorted(((steps - Counter(entries)) + (Counter(entries) - steps)).elements())


def doubled_cases():
    """Titles with more than one open case."""
    rows = Revocation.objects.exclude(state__in=REVOCATION_CLOSED).values("naming").annotate(n=Count("pk"))
    return list(rows.filter(n__gt=1).values_list("naming", flat=True))


def ladders_broken(today):
    """Studios with a live title that does not rest on a live one of the level below it."""
    held = {}
    for studio, tier in Naming.objects.on(today).values_list("studio", "level__tier"):
        held.setdefault(studio, set()).add(tier)
    return [pk for pk, tiers in held.items() if tiers != set(range(Tier.BASE, max(tiers) + 1))]
