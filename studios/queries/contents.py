"""What each part of the form holds now: ``values`` of its main form and ``rows`` of its lists.

The shape is the one that forms take as ``initial``, saving compares before and after, and a
conflict shows side by side. Items of the checklists are the fields ``code`` and ``code.note``.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, OuterRef
from django.db.models.functions import Cast, JSONObject

from studios.choices import Item, Section
from studios.ledger.kinds import details_of
from studios.models import Conversion, Honour, Leader, Recognition, Share

STUDIO_FIELDS = (
    "short_name",
    "official_name",
    "kind",
    "founded_on",
    "specialty",
    "intro",
    "address",
    "area_sqm",
    "area_reason",
    "contact_name",
    "contact_phone",
)
EQUIPMENT_FIELDS = ("ledger_note", "archive_note")
PERSON_FIELDS = ("name", "sex", "birth_month", "education", "prof_title", "skill_level")
LEADER_PERSON_FIELDS = (*PERSON_FIELDS, "ethnicity", "political_status", "post", "phone")
LEADER_FIELDS = ("since", "merits", "skilled_basis")
MEMBER_FIELDS = ("role", "duty", "since")
HONOUR_FIELDS = ("kind_id", "name", "granted_by", "granted_on", "document_number")
FUND_FIELDS = ("year", "source", "amount", "use")
PROJECT_FIELDS = ("year", "title", "status", "goal", "outcome")
ACHIEVEMENT_FIELDS = (
    "kind_id",
    "title",
    "completed_on",
    "number",
    "filed_on",
    "patent_status",
    "granted_on",
    "holder",
    "authors",
    "summary",
    "benefit_amount",
    "benefit_basis",
    "social_benefit",
)
RECOGNITION_FIELDS = ("kind", "name", "grade", "rank", "granted_by", "granted_on", "document_number")
CONVERSION_FIELDS = (
    "mode",
    "started_on",
    "places",
    "counterparty",
    "contract_number",
    "registration_number",
    "amount",
    "platform",
)
SHARE_FIELDS = ("position", "name", "percent", "duty")
DECIMALS = ("amount", "percent")
LISTS_OF_ACHIEVEMENT = {  # name: model, fields, order
    "recognitions": (Recognition, RECOGNITION_FIELDS, ("rank", "pk")),
    "conversions": (Conversion, CONVERSION_FIELDS, ("pk",)),
    "shares": (Share, SHARE_FIELDS, ("position", "pk")),
}

ITEMS_OF = {
    Section.STUDIO: tuple(code for code in Item.values if code.startswith("signage.")),
    Section.EQUIPMENT: tuple(code for code in Item.values if not code.startswith("signage.")),
}


@dataclass
class Content:
    """One part of the form: ``values`` by field, ``rows`` by list; each row has its ``id``."""

    values: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)


def content_of(studio, section, achievement=None):
    """The content of a part; ``achievement`` where the part is one achievement."""
    return READERS[section](studio, achievement)


def current_leader(studio):
    """The Leader in office with the person, or None."""
    return Leader.objects.on().filter(studio=studio).select_related("person").first()


def current_members(studio):
    """The members in office with their persons, in their order."""
    return studio.members.on().select_related("person").order_by("order", "pk")


def _some(row, names):
    return {name: getattr(row, name) for name in names}


def _row(row, names):
    return {"id": row.pk, **_some(row, names)}


def _items(studio, section):
    known = {item.code: item for item in studio.items.filter(code__in=ITEMS_OF[section])}
    values = {}
    for code in ITEMS_OF[section]:
        item = known.get(code)
        values[code] = item.present if item else False
        values[f"{code}.note"] = item.note if item else ""
    return values


def _studio(studio, _achievement):
    return Content({**_some(studio, STUDIO_FIELDS), **_items(studio, Section.STUDIO)})


def _leader(studio, _achievement):
    honours = Honour.objects.filter(person=OuterRef("person")).order_by("rank", "pk")
    columns = JSONObject(id="pk", **{name: F(name) for name in HONOUR_FIELDS})
    leader = (
        Leader.objects.on()
        .filter(studio=studio)
        .select_related("person")
        .annotate(honours_json=ArraySubquery(honours.values(row=columns)))
        .first()
    )
    if leader is None:
        return Content({}, {"honours": []})
    return Content(
        {**_some(leader.person, LEADER_PERSON_FIELDS), **_some(leader, LEADER_FIELDS)},
        {"honours": leader.honours_json},
    )


def _team(studio, _achievement):
    members = [
        {**_row(member, MEMBER_FIELDS), **_some(member.person, PERSON_FIELDS)}
        for member in current_members(studio)
    ]
    return Content({}, {"members": members})


def _equipment(studio, _achievement):
    return Content({**_items(studio, Section.EQUIPMENT), **_some(studio, EQUIPMENT_FIELDS)})


def _funds(studio, _achievement):
    return Content({}, {"funds": [_row(fund, FUND_FIELDS) for fund in studio.funds.order_by("year", "pk")]})


def _projects(studio, _achievement):
    projects = studio.projects.order_by("year", "pk")
    return Content({}, {"projects": [_row(project, PROJECT_FIELDS) for project in projects]})


def with_lists(achievements):
    """Achievements that bring along their kind and the lists that their page shows first."""
    brought = {}
    for name, (model, fields, order) in LISTS_OF_ACHIEVEMENT.items():
        rows = model.objects.filter(achievement=OuterRef("pk")).order_by(*order)
        columns = {field: Cast(field, CharField()) if field in DECIMALS else F(field) for field in fields}
        brought[f"{name}_json"] = ArraySubquery(rows.values(row=JSONObject(id="pk", **columns)))
    return achievements.select_related("kind").annotate(**brought)


def _achievement(_studio, achievement):
    if achievement is None:
        return Content()
    rows = {name: _list_of(achievement, name) for name in LISTS_OF_ACHIEVEMENT}
    return Content({**_some(achievement, ACHIEVEMENT_FIELDS), **details_as_values(achievement)}, rows)


def details_as_values(achievement):
    """``{"detail_<name>": text}`` for every field that the result's kind asks for."""
    names = [detail.name for detail in details_of(achievement.kind.code)]
    return {f"detail_{name}": achievement.details.get(name, "") for name in names}


def _list_of(achievement, name):
    brought = achievement.__dict__.pop(f"{name}_json", None)  # good for one look: later ones ask anew
    if brought is not None:
        return [
            {key: Decimal(value) if key in DECIMALS and value else value for key, value in row.items()}
            for row in brought
        ]
    _model, fields, order = LISTS_OF_ACHIEVEMENT[name]
    return [_row(row, fields) for row in getattr(achievement, name).order_by(*order)]


def _evidence(_studio, _achievement):
    return Content()


READERS = {
    Section.STUDIO: _studio,
    Section.LEADER: _leader,
    Section.TEAM: _team,
    Section.EQUIPMENT: _equipment,
    Section.FUNDS: _funds,
    Section.PROJECTS: _projects,
    Section.ACHIEVEMENTS: _achievement,
    Section.EVIDENCE: _evidence,
}
