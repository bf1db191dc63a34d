"""What stands in a dossier, part by part, with the labels and words people read.

The complete dossier and the comparison of two versions are both drawn from ``PARTS``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from studios import choices
from studios.choices import Section
from studios.ledger.kinds import details_shown
from studios.models import (
    Achievement,
    Conversion,
    Evidence,
    Fund,
    Honour,
    Leader,
    Member,
    Naming,
    Person,
    Project,
    Recognition,
    Share,
    Studio,
    Unit,
)
from studios.partial_dates import PartialDate, describe

YES, NO = _("yes"), _("no")
SAID, BETWEEN = _("%(label)s: %(words)s"), _("; ")
MOST_COLUMNS = 9  # a table with more is unreadable: its rows are shown one below the other


def plain(value):
    """Text as it is; nothing for a blank."""
    return "" if value is None else str(value)


def when(value):
    """A day or a partial date in the reader's language."""
    return describe(PartialDate.parse(value)) if value else ""


def amount(value):
    """A decimal without idle zeros."""
    text = plain(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def yes(value):
    """A tick in words."""
    return str(YES if value else NO)


def details(value):
    """What only some kinds of result have, in one line."""
    told = (SAID % {"label": label, "words": words} for label, words in details_shown(value or {}))
    return str(BETWEEN).join(told)


def word(pairs):
    """A formatter for codes: their word, or the code itself when nobody knows it any more."""
    words = dict(pairs)
    return lambda value: str(words.get(value, plain(value)))


@dataclass(frozen=True)
class Column:
    """One value of a row: its key in the dossier, its label, how it is shown."""

    name: str
    label: object
    show: Callable = plain


@dataclass(frozen=True)
class Part:
    """One key of the dossier. ``key`` names the value by which rows of two versions are matched."""

    name: str
    title: object
    columns: tuple
    heading: Callable = plain
    many: bool = False
    key: str = "id"
    parts: tuple = ()


def of(model, *names, **shown):
    """Columns labelled like the model's fields; ``shown`` gives the formatter of some."""
    return tuple(
        Column(name, model._meta.get_field(name).verbose_name, shown.get(name, plain)) for name in names
    )


PERSON = (
    Column("name", pgettext_lazy("person", "name")),
    *of(
        Person,
        "sex",
        "birth_month",
        "education",
        "prof_title",
        "skill_level",
        sex=word(choices.Sex.choices),
        birth_month=when,
        education=word(choices.Education.choices),
        prof_title=word(choices.ProfTitle.choices),
        skill_level=word(choices.SkillLevel.choices),
    ),
)
RANK = word(choices.Rank.choices)
STUDIO = Part(
    "studio",
    Section.STUDIO.label,
    of(
        Studio,
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
        "ledger_note",
        "archive_note",
        kind=word(choices.StudioKind.choices),
        founded_on=when,
        area_sqm=amount,
    ),
)
UNIT = Part(
    "unit",
    _("Unit"),
    (
        *of(Unit, "name", "credit_code", "ownership", "industry"),
        Column("union_name", _("union")),
        Column("county_name", _("county union")),
        Column("city_name", _("city union")),
    ),
)
HONOURS = Part(
    "honours",
    _("Honours"),
    of(Honour, "name", "rank", "granted_by", "granted_on", "document_number", rank=RANK, granted_on=when),
    heading=lambda row: row["name"],
    many=True,
)
LEADER = Part(
    "leader",
    Section.LEADER.label,
    (
        *PERSON,
        *of(Person, "post"),
        *of(Leader, "since", "merits", "skilled_basis", since=when),
    ),
    parts=(HONOURS,),
)
TEAM = Part(
    "members",
    Section.TEAM.label,
    (*PERSON, *of(Member, "role", "duty", "since", role=word(choices.MemberRole.choices), since=when)),
    heading=lambda row: row["name"],
    many=True,
)
ITEMS = Part(
    "items",
    Section.EQUIPMENT.label,
    (
        Column("code", _("item"), word(choices.Item.choices)),
        Column("present", _("there"), yes),
        Column("note", _("note")),
    ),
    heading=lambda row: word(choices.Item.choices)(row["code"]),
    many=True,
    key="code",
)
FUNDS = Part(
    "funds",
    Section.FUNDS.label,
    of(Fund, "year", "source", "amount", "use", source=word(choices.FundSource.choices), amount=amount),
    heading=lambda row: f"{row['year']} · {amount(row['amount'])}",
    many=True,
)
PROJECTS = Part(
    "projects",
    Section.PROJECTS.label,
    of(Project, "year", "title", "status", "goal", "outcome", status=word(choices.ProjectStatus.choices)),
    heading=lambda row: row["title"],
    many=True,
)
RECOGNITIONS = Part(
    "recognitions",
    _("Recognitions"),
    of(
        Recognition,
        "kind",
        "name",
        "grade",
        "rank",
        "granted_by",
        "granted_on",
        "document_number",
        kind=word(choices.RecognitionKind.choices),
        rank=RANK,
        granted_on=when,
    ),
    heading=lambda row: row["name"],
    many=True,
)
CONVERSIONS = Part(
    "conversions",
    _("Uses"),
    of(
        Conversion,
        "mode",
        "started_on",
        "places",
        "counterparty",
        "contract_number",
        "registration_number",
        "amount",
        "platform",
        mode=word(choices.ConversionMode.choices),
        started_on=when,
        amount=amount,
    ),
    heading=lambda row: word(choices.ConversionMode.choices)(row["mode"]),
    many=True,
)
SHARES = Part(
    "shares",
    _("Shares"),
    of(Share, "position", "name", "percent", "duty", percent=amount),
    heading=lambda row: row["name"],
    many=True,
)
ACHIEVEMENTS = Part(
    "achievements",
    Section.ACHIEVEMENTS.label,
    (
        *of(Achievement, "title"),
        Column("kind_name", Achievement._meta.get_field("kind").verbose_name),
        *of(
            Achievement,
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
            completed_on=when,
            patent_status=word(choices.PatentStatus.choices),
            filed_on=when,
            granted_on=when,
            benefit_amount=amount,
        ),
        Column("details", _("more about it"), details),
    ),
    heading=lambda row: row["title"],
    many=True,
    parts=(RECOGNITIONS, CONVERSIONS, SHARES),
)
FILES = Part(
    "files",
    Section.EVIDENCE.label,
    (
        *of(Evidence, "name", "slot", slot=word(choices.SLOTS.items())),
        Column("size", _("size"), filesizeformat),
        Column("sha256", "SHA-256"),
    ),
    heading=lambda row: row["name"],
    many=True,
)
TITLES = Part(
    "namings",
    _("Titles held"),
    (
        Column("tier", _("level"), word(choices.Tier.choices)),
        Column("union_name", Naming._meta.get_field("granted_by").verbose_name),
        Column("valid_from", Naming._meta.get_field("since").verbose_name, when),
        Column("valid_until", Naming._meta.get_field("until").verbose_name, when),
        Column("document", _("document")),
    ),
    heading=lambda row: word(choices.Tier.choices)(row["tier"]),
    many=True,
)
APPLICATION = Part("application", _("Application"), (Column("statement", _("why the studio applies")),))
PARTS = (
    APPLICATION,
    STUDIO,
    UNIT,
    LEADER,
    TEAM,
    ITEMS,
    FUNDS,
    PROJECTS,
    ACHIEVEMENTS,
    FILES,
    TITLES,
)


def tables_of(dossier):
    """The whole dossier for reading: per part its pairs (single) or its rows, inner rows below each."""
    return [_table(part, dossier.get(part.name)) for part in PARTS]


def _table(part, content):
    rows = content or ([] if part.many else {})
    found = {
        "title": part.title,
        "many": part.many,
        "is_wide": part.many and len(part.columns) > MOST_COLUMNS,
        "labels": [column.label for column in part.columns],
        "rows": [],
    }
    for row in rows if part.many else [rows] if rows else []:
        found["rows"].append(
            {
                "heading": part.heading(row) if part.many else "",
                "pairs": [(column.label, column.show(row.get(column.name))) for column in part.columns],
                "inner": [_table(inner, row.get(inner.name)) for inner in part.parts if row.get(inner.name)],
            }
        )
    return found
