"""二.4 and 二.5: equipment; systems, ledger and archive. Complete means ready to be judged, not met."""

from reviews.rules.clauses.checklists import ABSENT, BARE, DONE, in_rows, items_cited, progress
from reviews.rules.findings import Finding, Missing, Verdict
from reviews.rules.reading import filled

EQUIPMENT_PARAMS = {"items": list}
SYSTEMS_PARAMS = {"items": list, "ledger_needed": bool, "archive_needed": bool}


def equipment(dossier, context, params):
    """Each kind of equipment with a few words or a picture."""
    items = progress(dossier, params["items"], note_is_enough=True)
    values = _values(items)
    missing = _missing(items, {ABSENT: "equipment.item", BARE: "equipment.description"})
    verdict = _verdict(
        values["done"], started=any(state != ABSENT for state in items.values()), missing=missing
    )
    return Finding("二.4", verdict, "equipment.list", values, missing, items_cited(dossier, params["items"]))


def systems(dossier, context, params):
    """Each system with its document, and words on where ledger and archive stand."""
    items = progress(dossier, params["items"], note_is_enough=False)
    studio = dossier["studio"]
    values = _values(items) | {
        "ledger": filled(studio["ledger_note"]),
        "archive": filled(studio["archive_note"]),
        "ledger_needed": params["ledger_needed"],
        "archive_needed": params["archive_needed"],
    }
    missing = _missing(items, {ABSENT: "systems.item", BARE: "systems.file"})
    if params["ledger_needed"] and not values["ledger"]:
        missing += (Missing("systems.ledger", {}, "equipment"),)
    if params["archive_needed"] and not values["archive"]:
        missing += (Missing("systems.archive", {}, "equipment"),)
    started = values["ledger"] or values["archive"] or any(state != ABSENT for state in items.values())
    verdict = _verdict(values["done"], started=started, missing=missing)
    return Finding("二.5", verdict, "systems.list", values, missing, items_cited(dossier, params["items"]))


def _values(items):
    return {
        "items": in_rows(items),
        "done": sum(state == DONE for state in items.values()),
        "total": len(items),
    }


def _missing(items, codes):
    return tuple(
        Missing(codes[state], {"item": code}, "equipment") for code, state in items.items() if state != DONE
    )


def _verdict(done, *, started, missing):
    if not missing:
        return Verdict.JUDGE
    return Verdict.SOFT if started else Verdict.NOT_MET
