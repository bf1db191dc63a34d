"""What the pages about results read: the list of an area, one result with all its facts, and their mark."""

import hashlib
import json
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from reviews.models import Decision
from studios.choices import FileState, LedgerState, Tier
from studios.models import (
    Achievement,
    AchievementKind,
    Appointment,
    Conversion,
    Evidence,
    Leader,
    Member,
    Recognition,
    Share,
    StudioSection,
    Union,
)
from studios.permissions import VIEW_STUDIO, unions_where

FACTS = (
    "kind_id",
    "title",
    "completed_on",
    "number",
    "patent_status",
    "granted_on",
    "filed_on",
    "holder",
    "details",
    "authors",
    "summary",
    "benefit_amount",
    "benefit_basis",
    "social_benefit",
)
PARTS = {  # annotation -> the rows below a result, and which of their columns are facts
    "recognition_rows": (
        Recognition.objects.all(),
        ("kind", "name", "grade", "rank", "granted_by", "granted_on", "document_number"),
    ),
    "conversion_rows": (
        Conversion.objects.all(),
        (
            "mode",
            "started_on",
            "places",
            "counterparty",
            "contract_number",
            "registration_number",
            "amount",
            "platform",
        ),
    ),
    "share_rows": (
        Share.objects.all(),
        ("position", "name", "person_id", "other_studio_id", "percent", "duty"),
    ),
    "file_rows": (Evidence.objects.on_form(), ("slot", "sha256")),
}
SHOWN_OF_FILES = (  # what a file's row shows besides; no facts
    "id",
    "name",
    "size",
    "media_type",
    "state",
    "problem",
    "thumb",
    "preview",
    "width",
    "height",
    "pages",
)
OLDEST_FIRST = ("pk",)
NEWEST_FIRST = ("-pk",)
ORDERS = {LedgerState.ENTERED: OLDEST_FIRST, LedgerState.QUERIED: OLDEST_FIRST}


def of_area(user):
    """The results that ``user`` may open and that their units still keep."""
    return Achievement.objects.visible_to(user).filter(removed_at=None)


def filtered(results, wanted):
    """The results that fit the cleaned data of a ``ResultFilterForm``."""
    for name in ("state", "county", "kind"):
        if wanted.get(name):
            results = results.filter(**{name: wanted[name]})
    year = wanted.get("year")
    if year:
        in_year = Q(completed_on__startswith=f"{year}")
        undated = Q(completed_on="", granted_on__range=(date(year, 1, 1), date(year, 12, 31)))
        results = results.filter(in_year | undated)
    text = wanted.get("q", "")
    if text:
        results = results.filter(
            Q(studio__short_name__icontains=text)
            | Q(union__unit__name__icontains=text)
            | Q(title__icontains=text)
            | Q(number__icontains=text)
        )
    return results


def with_facts(results):
    """Annotates what stands in rows of its own below each result, as lists of dicts."""
    return results.annotate(**{name: rows_below(name) for name in PARTS})


def with_files(results):
    """The same, the files with all that their rows show (``files_of``)."""
    return results.annotate(
        **{name: rows_below(name, SHOWN_OF_FILES if name == "file_rows" else ()) for name in PARTS}
    )


def rows_below(name, more=()):
    """The rows of one of ``PARTS`` as a list of dicts, with ``more`` of their columns."""
    rows, columns = PARTS[name]
    row = JSONObject(**{column: column for column in (*columns, *more)})
    return ArraySubquery(rows.filter(achievement=OuterRef("pk")).order_by("pk").values(row=row))


def files_of(result):
    """The files of a result ``with_files``."""
    return [Evidence(**row) for row in result.file_rows]


def with_obstacles(results, user):
    """Annotates what keeps ``user`` from deciding: ``is_tied`` (see ``services.ties``), ``is_checking``."""
    union = OuterRef("union")
    in_a_role = Appointment.objects.filter(user=user.pk, role_group__union=union)
    leads = Leader.objects.filter(studio__union=union, person__user=user.pk)
    works = Member.objects.filter(studio__union=union, person__user=user.pk)
    return results.annotate(
        is_tied=Exists(in_a_role) | Exists(leads) | Exists(works),
        is_checking=Exists(being_checked(OuterRef("pk"))),
    )


def being_checked(result):
    """The files of a result whose check has not ended."""
    return Evidence.objects.filter(achievement=result, state=FileState.CHECKING).on_form()


def last_action(result):
    """The action of the newest step, or ""."""
    steps = Decision.objects.filter(achievement=result.pk).order_by("-pk")
    return steps.values_list("action", flat=True).first() or ""


def with_history(results):
    """Annotates ``seen``, ``last_action``, ``last_at`` of the newest step, and ``saved_at`` of the entry."""
    steps = Decision.objects.filter(achievement=OuterRef("pk")).order_by("-pk")
    saved = StudioSection.objects.filter(achievement=OuterRef("pk")).order_by("-saved_at")
    return results.annotate(
        seen=Subquery(steps.values("pk")[:1]),
        last_action=Subquery(steps.values("action")[:1]),
        last_at=Subquery(steps.values("at")[:1]),
        saved_at=Subquery(saved.values("saved_at")[:1]),
    )


def for_list(results):
    """What a row of the list shows, in the one query of its rows."""
    return with_history(results).select_related("kind", "studio", "union__unit", "county")


def for_deciding(results, user):
    """What is shown and checked of results that are to be decided together."""
    return with_facts(with_obstacles(for_list(results), user))


def for_detail(user):
    """The results that ``user`` may open, those taken out included, with everything of their page."""
    found = with_obstacles(Achievement.objects.visible_to(user), user)
    return with_files(found).select_related("kind", "studio", "union__unit", "county", "city")


def counties_named(pks):
    """{id: short name} of unions."""
    return dict(Union.objects.filter(pk__in=pks).values_list("pk", "short_name")) if pks else {}


def has_date(result):
    """Whether any date says when the result came about: completed, granted or recognised."""
    if result.completed_on or result.granted_on:
        return True
    rows = getattr(result, "recognition_rows", None)
    if rows is None:
        return result.recognitions.exclude(granted_on="").exists()
    return any(row["granted_on"] for row in rows)


def waiting_days(result, now=None):
    """For how many days a row of ``with_history`` has stood as it stands; None where nothing tells."""
    moments = [result.last_at] if result.state == LedgerState.QUERIED else [result.last_at, result.saved_at]
    known = [moment for moment in moments if moment]
    if not known or result.state == LedgerState.VERIFIED:
        return None
    return (timezone.localdate(now) - timezone.localdate(max(known))).days


def mark_of(result):
    """A short mark of all that the unit states about a result ``with_facts``: another when any of it is."""
    facts = {name: getattr(result, name) for name in FACTS}
    for name, (_rows, columns) in PARTS.items():
        facts[name] = [[row[column] for column in columns] for row in getattr(result, name)]
    text = json.dumps(facts, default=str, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def mark_now(pk):
    """The mark of a result as it is in the database."""
    return mark_of(with_facts(Achievement.objects.filter(pk=pk)).get())


def filter_words(user):
    """``{"kind": …, "county": …}`` of (id, label); counties only for those above them."""
    cities = [pk for tier, pk in unions_where(user, VIEW_STUDIO) if tier == Tier.CITY]
    higher = user.is_superuser or any(tier > Tier.CITY for tier, _pk in unions_where(user, VIEW_STUDIO))
    counties = []
    if cities or higher:
        rows = Union.objects.visible_to(user).filter(tier=Tier.COUNTY).order_by("code")
        counties = list(rows.values_list("pk", "short_name"))
    return {"kind": [(kind.pk, kind.label) for kind in AchievementKind.objects.all()], "county": counties}
