"""二.3: a fixed place, generally of 25 square metres, with the six signs on its walls."""

from reviews.rules.clauses.checklists import ABSENT, BARE, DONE, in_rows, items_cited, progress
from reviews.rules.findings import Finding, Missing, Verdict
from reviews.rules.reading import amount, cite, files_in, filled

CLAUSE = "二.3"
PARAMS = {"min_area": int, "signs": list, "photo_needed": bool}


def venue(dossier, context, params):
    """No area is not met; a small area or an incomplete wall is soft, for the policy says "generally"."""
    signs = progress(dossier, params["signs"], note_is_enough=not params["photo_needed"])
    area = amount(dossier["studio"]["area_sqm"])
    small = area < params["min_area"]
    values = {
        "area": dossier["studio"]["area_sqm"],
        "min_area": params["min_area"],
        "reason": (dossier["studio"]["area_reason"] or "").strip() if small else "",
        "photo_needed": params["photo_needed"],
        "signs": in_rows(signs),
        "signs_done": sum(state == DONE for state in signs.values()),
        "signs_total": len(signs),
    }
    missing = (*_area_missing(dossier, area, params), *_signs_missing(signs))
    evidence = (
        *cite("studio", files=files_in(dossier, "venue.photo")),
        *items_cited(dossier, params["signs"]),
    )
    if area <= 0:
        return Finding(CLAUSE, Verdict.NOT_MET, "venue.no_area", values, missing, evidence)
    if small:
        return Finding(CLAUSE, Verdict.SOFT, "venue.small", values, missing, evidence)
    if values["signs_done"] < len(signs):
        return Finding(CLAUSE, Verdict.SOFT, "venue.signs_incomplete", values, missing, evidence)
    return Finding(CLAUSE, Verdict.MET, "venue.complete", values, missing, evidence)


def _area_missing(dossier, area, params):
    if area <= 0:
        return (Missing("venue.area", {}, "studio"),)
    if area < params["min_area"] and not filled(dossier["studio"]["area_reason"]):
        return (Missing("venue.reason", {"min_area": params["min_area"]}, "studio"),)
    return ()


def _signs_missing(signs):
    codes = {ABSENT: "venue.sign", BARE: "venue.sign_photo"}
    return tuple(
        Missing(codes[state], {"item": code}, "studio") for code, state in signs.items() if state != DONE
    )
