"""The dossier of a studio as plain data: what rules check, reviewers read and submissions freeze.

One query: PostgreSQL builds the JSON. Amounts are decimal text in 10,000 yuan, dates ISO text,
partial dates as stored. Field by field: ``docs/dossier.md``.
"""

import hashlib
import json

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, Func, IntegerField, OuterRef, Q, Value
from django.db.models.functions import Cast, Coalesce, JSONObject

from studios.choices import LEDGER_SLOTS
from studios.models import (
    Achievement,
    ChecklistItem,
    Conversion,
    Evidence,
    Fund,
    Honour,
    Leader,
    Member,
    Naming,
    Project,
    Recognition,
    Share,
    Studio,
    StudioSection,
)

SCHEMA = 1


def text(field):
    """A value as text; null stays null."""
    return Cast(field, CharField())


def blank(field):
    """A value as text; null becomes the empty string."""
    return Coalesce(Cast(field, CharField()), Value(""))


PERSON = {
    "person_id": "person_id",
    "name": "person__name",
    "sex": "person__sex",
    "birth_month": "person__birth_month",
    "education": "person__education",
    "prof_title": "person__prof_title",
    "skill_level": "person__skill_level",
    "since": text("since"),
}


def rows(queryset, order, **columns):
    """A list of objects, one for each row of ``queryset``, in ``order``."""
    return ArraySubquery(queryset.order_by(*order).values(row=JSONObject(**columns)))


GRANTED = {
    "id": "pk",
    "rank": "rank",
    "granted_by": "granted_by",
    "granted_on": "granted_on",
    "document_number": "document_number",
}


def _leader():
    honours = rows(
        Honour.objects.filter(person=OuterRef("person")),
        ["rank", "pk"],
        **GRANTED,
        kind="kind__code",
        group="kind__group",
        name=F("name"),
        kind_name="kind__name",
    )
    return rows(
        Leader.objects.filter(studio=OuterRef("pk")).on(),
        ["pk"],
        **PERSON,
        post="person__post",
        merits="merits",
        skilled_basis="skilled_basis",
        honours=honours,
    )


def _members():
    team = Member.objects.filter(studio=OuterRef("pk")).on()
    return rows(team, ["order", "pk"], **PERSON, id="pk", role="role", duty="duty")


def _items():
    ticked = ChecklistItem.objects.filter(studio=OuterRef("pk"))
    return rows(ticked, ["code"], code="code", present="present", note="note")


def _funds():
    yearly = Fund.objects.filter(studio=OuterRef("pk"))
    return rows(
        yearly, ["year", "pk"], id="pk", year="year", source="source", amount=text("amount"), use="use"
    )


def _projects():
    yearly = Project.objects.filter(studio=OuterRef("pk"))
    columns = ("year", "title", "status", "goal", "outcome")
    return rows(yearly, ["year", "pk"], id="pk", **{name: name for name in columns})


def _achievements():
    recognitions = rows(
        Recognition.objects.filter(achievement=OuterRef("pk")),
        ["rank", "pk"],
        **GRANTED,
        kind="kind",
        name="name",
        grade="grade",
    )
    as_stored = ("title", "completed_on", "number", "patent_status", "holder", "summary", "authors")
    as_stored += ("benefit_basis", "social_benefit", "details")
    return rows(
        Achievement.objects.filter(studio=OuterRef("pk"), removed_at=None),
        ["completed_on", "pk"],
        **{name: name for name in as_stored},
        id="pk",
        kind="kind__code",
        kind_name="kind__name",
        is_patent="kind__is_patent",
        filed_on=blank("filed_on"),
        granted_on=blank("granted_on"),
        benefit_amount=text("benefit_amount"),
        recognitions=recognitions,
        conversions=_conversions(),
        shares=_shares(),
    )


def _conversions():
    uses = Conversion.objects.filter(achievement=OuterRef("pk"))
    columns = ("mode", "started_on", "places", "counterparty", "contract_number", "registration_number")
    columns += ("platform",)
    return rows(uses, ["pk"], id="pk", amount=text("amount"), **{name: name for name in columns})


def _shares():
    parts = Share.objects.filter(achievement=OuterRef("pk"))
    columns = ("position", "name", "person_id", "other_studio_id", "duty")
    return rows(
        parts, ["position", "pk"], id="pk", percent=text("percent"), **{name: name for name in columns}
    )


def _files():
    ready = Evidence.objects.filter(studio=OuterRef("pk"), removed_at=None, state="ready")
    ready = ready.exclude(slot__in=list(LEDGER_SLOTS))
    columns = ("slot", "name", "sha256", "media_type", "size", "achievement_id")
    return rows(ready, ["slot", "pk"], id="pk", **{name: name for name in columns})


def _namings():
    return rows(
        Naming.objects.filter(studio=OuterRef("pk")),
        ["since", "pk"],
        id="pk",
        level="level__code",
        tier="level__tier",
        union_id="granted_by_id",
        union_name="granted_by__name",
        valid_from=text("since"),
        valid_until=text("until"),
        prefix="document__prefix",
        year="document__year",
        number="document__number",
    )


def _parts():
    """The subqueries of everything that a studio has many of."""
    return {
        "leader": _leader(),
        "members": _members(),
        "items": _items(),
        "funds": _funds(),
        "projects": _projects(),
        "achievements": _achievements(),
        "files": _files(),
        "namings": _namings(),
    }


STUDIO = {
    "id": "pk",
    "short_name": "short_name",
    "official_name": "official_name",
    "kind": "kind",
    "founded_on": "founded_on",
    "specialty": "specialty",
    "intro": "intro",
    "address": "address",
    "area_sqm": text("area_sqm"),
    "area_reason": "area_reason",
    "ledger_note": "ledger_note",
    "archive_note": "archive_note",
    "contact_name": "contact_name",
    "contact_phone": "contact_phone",
}
UNIT = {
    "name": "union__unit__name",
    "credit_code": "union__unit__credit_code",
    "ownership": "union__unit__ownership__name",
    "industry": "union__unit__industry__name",
    "union_id": "union_id",
    "union_name": "union__name",
    "county_id": "county_id",
    "county_name": "county__name",
    "city_id": "city_id",
    "city_name": "city__name",
}


def build(studio_id):
    """The dossier of one studio as it stands now: a dict of JSON types. Raises Studio.DoesNotExist."""
    row = (
        Studio.objects.filter(pk=studio_id)
        .annotate(
            studio_json=JSONObject(**STUDIO),
            unit_json=JSONObject(**UNIT),
            **{f"{name}_json": part for name, part in _parts().items()},
        )
        .values("studio_json", "unit_json", *[f"{name}_json" for name in _parts()])
        .get()
    )
    found = {key.removesuffix("_json"): value for key, value in row.items()}
    found["schema"] = SCHEMA
    found["leader"] = found["leader"][0] if found["leader"] else None
    for honour in (found["leader"] or {}).get("honours", []):
        kind_name = honour.pop("kind_name")
        honour["name"] = honour["name"] or kind_name
    for naming in found["namings"]:
        prefix, year, number = naming.pop("prefix"), naming.pop("year"), naming.pop("number")
        naming["document"] = f"{prefix}〔{year}〕{number}号" if number else ""
    return found


def canonical(dossier):
    """The one spelling of a dossier that is hashed: sorted keys, no blanks, UTF-8 as it is."""
    return json.dumps(dossier, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text_of_dossier):
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(text_of_dossier.encode()).hexdigest()


def not_ready(studio_id):
    """What keeps a studio from being frozen: ``{"checking": files not checked, "unfinished": sections}``.

    Unfinished are sections that keep something typed which could not be taken: frozen now, it
    would be missing from the dossier without a word.
    """
    unfinished = StudioSection.objects.filter(studio=OuterRef("pk"), typed__isnull=False)
    unfinished = unfinished.filter(Q(achievement=None) | Q(achievement__removed_at=None))
    checking = Evidence.objects.filter(studio=OuterRef("pk"), removed_at=None, state="checking")
    checking = checking.exclude(slot__in=list(LEDGER_SLOTS))
    return (
        Studio.objects.filter(pk=studio_id)
        .values(
            checking=Func(
                ArraySubquery(checking.values("pk")), function="cardinality", output_field=IntegerField()
            ),
            unfinished=ArraySubquery(unfinished.order_by("section").values("section").distinct()),
        )
        .get()
    )
