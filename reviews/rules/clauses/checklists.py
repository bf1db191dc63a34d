"""Items to tick and to show: how far each of a list has come."""

from reviews.rules.reading import cite, files_in, filled

ABSENT, BARE, DONE = "absent", "bare", "done"


def progress(dossier, codes, *, note_is_enough):
    """``{code: ABSENT, BARE or DONE}`` in the order of ``codes``.

    BARE: ticked, but nothing to look at: no file and (where that is enough) no note.
    """
    items = {row["code"]: row for row in dossier["items"]}
    return {code: _state(dossier, items.get(code), note_is_enough) for code in codes}


def _state(dossier, item, note_is_enough):
    if item is None or not item["present"]:
        return ABSENT
    shown = files_in(dossier, item["code"]) or (note_is_enough and filled(item["note"]))
    return DONE if shown else BARE


def in_rows(states):
    """The states as a list, for a mapping would lose its order in the database."""
    return [{"code": code, "state": state} for code, state in states.items()]


def items_cited(dossier, codes):
    """The files in the slots of the items."""
    return cite("equipment", files=[row for code in codes for row in files_in(dossier, code)])
