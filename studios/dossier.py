"""The dossier of a studio as plain data: what rules check, reviewers read and submissions freeze.

One query: PostgreSQL builds the JSON. Amounts are decimal text in 10,000 yuan, dates ISO text,
partial dates as stored. Field by field: ``docs/dossier.md``.
"""

import hashlib
import json

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Coalesce, JSONObject

from studios.models import (
    Achievement,
    ChecklistItem,
    Evidence,
    Fund,
    Honour,
    Leader,
    Member,
    Naming,
    Project,
    Recognition,
    Studio,
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


def _parts():
    """The subqueries of everything that a studio has many of."""
    studio = OuterRef("pk")
    honours = rows(
        Honour.objects.filter(person=OuterRef("person")),
        ["rank", "pk"],
        id="pk",
        kind="kind__code",
        group="kind__group",
        name=F("name"),
        kind_name="kind__name",
        rank="rank",
        granted_by="granted_by",
        granted_on="granted_on",
        document_number="document_number",
    )
    recognitions = rows(
        Recognition.objects.filter(achievement=OuterRef("pk")),
        ["rank", "pk"],
        id="pk",
        kind="kind",
        name="name",
        grade="grade",
        rank="rank",
        granted_by="granted_by",
        granted_on="granted_on",
        document_number="document_number",
    )
    return {
        "leader": rows(
            Leader.objects.filter(studio=studio).on(),
            ["pk"],
            **PERSON,
            post="person__post",
            merits="merits",
            skilled_basis="skilled_basis",
            honours=honours,
        ),
        "members": rows(
            Member.objects.filter(studio=studio).on(),
            ["order", "pk"],
            **PERSON,
            id="pk",
            role="role",
            duty="duty",
        ),
        "items": rows(
            ChecklistItem.objects.filter(studio=studio), ["code"], code="code", present="present", note="note"
        ),
        "funds": rows(
            Fund.objects.filter(studio=studio),
            ["year", "pk"],
            id="pk",
            year="year",
            source="source",
            amount=text("amount"),
            use="use",
        ),
        "projects": rows(
            Project.objects.filter(studio=studio),
            ["year", "pk"],
            id="pk",
            year="year",
            title="title",
            status="status",
            goal="goal",
            outcome="outcome",
        ),
        "achievements": rows(
            Achievement.objects.filter(studio=studio, removed_at=None),
            ["completed_on", "pk"],
            id="pk",
            kind="kind__code",
            kind_name="kind__name",
            is_patent="kind__is_patent",
            title="title",
            completed_on="completed_on",
            number="number",
            patent_status="patent_status",
            granted_on=blank("granted_on"),
            summary="summary",
            authors="authors",
            benefit_amount=text("benefit_amount"),
            benefit_basis="benefit_basis",
            social_benefit="social_benefit",
            recognitions=recognitions,
        ),
        "files": rows(
            Evidence.objects.filter(studio=studio, removed_at=None, state="ready"),
            ["slot", "pk"],
            id="pk",
            slot="slot",
            name="name",
            sha256="sha256",
            media_type="media_type",
            size="size",
            achievement_id="achievement_id",
        ),
        "namings": rows(
            Naming.objects.filter(studio=studio),
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
        ),
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


def being_checked(studio_id):
    """How many uploaded files of a studio are not checked yet."""
    return Evidence.objects.filter(Q(studio_id=studio_id, removed_at=None, state="checking")).count()
