"""What the dossier itself says about a clause, in short lines, and which of its files belong there.

Chosen by the first word of the finding's code, so that policies with other clause numbers work too.
"""

from django.utils.translation import gettext as _

from reviews.dossier_words import RANK, amount, when, word
from studios import choices

ITEM = word(choices.Item.choices)
SLOTS = {  # subject -> slots whose files are shown with it; a trailing dot takes the whole group
    "leader": ("leader.honour", "leader.skilled"),
    "team": ("team.roster",),
    "venue": ("venue.photo", "signage."),
    "equipment": ("equipment.",),
    "systems": ("system.",),
    "funds": ("fund.proof",),
    "results": ("achievement.proof",),
    "recent": ("achievement.proof", "benefit.proof"),
}


def subject_of(code):
    """What a finding is about: the first word of its code."""
    return code.partition(".")[0]


def joined(*parts, by=" · "):
    """The parts that are there, as one line."""
    return by.join(str(part) for part in parts if part)


def _leader(dossier):
    leader = dossier["leader"]
    if not leader:
        return
    yield joined(
        leader["name"],
        leader["post"],
        word(choices.ProfTitle.choices)(leader["prof_title"]),
        word(choices.SkillLevel.choices)(leader["skill_level"]),
    )
    for honour in leader["honours"]:
        yield joined(honour["name"], RANK(honour["rank"]), honour["granted_by"], when(honour["granted_on"]))
    if leader["merits"]:
        yield _("Merits: %(text)s") % {"text": leader["merits"]}
    if leader["skilled_basis"]:
        yield _("Recognised for: %(text)s") % {"text": leader["skilled_basis"]}


def _team(dossier):
    for row in dossier["members"]:
        yield joined(
            row["name"],
            word(choices.MemberRole.choices)(row["role"]),
            word(choices.ProfTitle.choices)(row["prof_title"]),
            word(choices.SkillLevel.choices)(row["skill_level"]),
            word(choices.Education.choices)(row["education"]),
            row["birth_month"][:4],
            row["duty"],
        )


def _items(prefix):
    def lines(dossier):
        for row in dossier["items"]:
            if row["present"] and row["code"].startswith(prefix):
                yield joined(ITEM(row["code"]), row["note"])

    return lines


def _venue(dossier):
    studio = dossier["studio"]
    if studio["address"] or studio["area_sqm"]:
        yield joined(studio["address"], studio["area_sqm"] and f"{amount(studio['area_sqm'])} m²")
    if studio["area_reason"]:
        yield studio["area_reason"]
    yield from _items("signage.")(dossier)


def _systems(dossier):
    yield from _items("system.")(dossier)
    studio = dossier["studio"]
    if studio["ledger_note"]:
        yield _("Ledger: %(text)s") % {"text": studio["ledger_note"]}
    if studio["archive_note"]:
        yield _("Archive: %(text)s") % {"text": studio["archive_note"]}


def _funds(dossier):
    source = word(choices.FundSource.choices)
    for row in dossier["funds"]:
        money = _("%(amount)s (in 10,000 yuan)") % {"amount": amount(row["amount"])}
        yield joined(row["year"], money, source(row["source"]), row["use"])


def _projects(dossier):
    status = word(choices.ProjectStatus.choices)
    for row in dossier["projects"]:
        yield joined(row["year"], row["title"], status(row["status"]), row["outcome"] or row["goal"])


def _results(dossier):
    for row in dossier["achievements"]:
        patent = joined(
            row["patent_status"] and word(choices.PatentStatus.choices)(row["patent_status"]),
            row["number"],
            when(row["granted_on"]),
            by=" ",
        )
        awards = [
            joined(item["name"], item["grade"], RANK(item["rank"]), when(item["granted_on"]), by=" ")
            for item in row["recognitions"]
        ]
        yield joined(row["title"], row["kind_name"], when(row["completed_on"]), patent, *awards)


def _recent(dossier):
    for row in dossier["achievements"]:
        if not (row["benefit_amount"] or row["social_benefit"]):
            continue
        money = row["benefit_amount"] and _("%(amount)s a year (in 10,000 yuan)") % {
            "amount": amount(row["benefit_amount"])
        }
        yield joined(row["title"], money, row["benefit_basis"], row["social_benefit"])


def _prior(dossier):
    for row in dossier["namings"]:
        span = f"{row['valid_from']} — {row['valid_until'] or ''}"
        yield joined(word(choices.Tier.choices)(row["tier"]), row["union_name"], span, row["document"])


CLAIMS = {
    "leader": _leader,
    "team": _team,
    "venue": _venue,
    "equipment": _items("equipment."),
    "systems": _systems,
    "funds": _funds,
    "projects": _projects,
    "results": _results,
    "recent": _recent,
    "prior": _prior,
}


def claims(subject, dossier):
    """The lines of a dossier about a subject; none for a subject nobody has written words for."""
    return list(CLAIMS[subject](dossier)) if subject in CLAIMS else []


def files_about(subject, dossier, evidence):
    """The files of a dossier about a subject: those in its slots and those the finding refers to."""
    slots = SLOTS.get(subject, ())
    cited = {reference["file"] for reference in evidence if "file" in reference}
    return [
        row
        for row in dossier["files"]
        if row["id"] in cited or any(_in_slot(row["slot"], slot) for slot in slots)
    ]


def _in_slot(slot, wanted):
    return slot.startswith(wanted) if wanted.endswith(".") else slot == wanted
