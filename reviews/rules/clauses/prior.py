"""三.a: the title of the level below, from the studio's own union."""

from reviews.rules.findings import Finding, Missing, Verdict
from reviews.rules.reading import cite, moment

CLAUSE = "三.a"
PARAMS = {"own_union_only": bool}

# Tier of the level that must be held: where the dossier says which union of that tier the unit stands under.
OWN_UNION = {1: "union", 2: "county", 3: "city", 4: "province"}


def prior_title(dossier, context, params):
    """A title of the required level, live on the day, granted by the union above the unit at that tier."""
    required = context.requires_level
    if not required:
        return Finding(CLAUSE, Verdict.MET, "prior.none_required", {"level": ""})
    own_id, own_name = _own_union(dossier, context)
    values = {"level": required, "own_union": own_name, "on": context.on.isoformat()}
    rows = sorted(
        (row for row in dossier["namings"] if row["level"] == required),
        key=lambda row: (row["valid_from"], row["id"]),
        reverse=True,
    )
    live = [row for row in rows if _is_live(row, context.on)]
    own = [row for row in live if not params["own_union_only"] or _is_from(row, own_id)]
    if own:
        values["title"] = _in_brief(own[0])
        return Finding(CLAUSE, Verdict.MET, "prior.held", values, (), cite("namings", own))
    if own_id is None and params["own_union_only"]:
        missing = (Missing("prior.no_union", {"level": required}, "studio"),)
        return Finding(CLAUSE, Verdict.NOT_MET, "prior.no_union", values, missing, cite("namings", rows))
    missing = (Missing("prior.title", {"level": required, "own_union": own_name}, "studio"),)
    if not rows:
        return Finding(CLAUSE, Verdict.NOT_MET, "prior.never", values, missing)
    values["title"] = _in_brief((live or rows)[0])
    code = "prior.other_union" if live else "prior.not_live"
    return Finding(CLAUSE, Verdict.NOT_MET, code, values, missing, cite("namings", rows))


def _own_union(dossier, context):
    """Id and name of the union that must have granted the title; (None, "") where there is none."""
    tier = context.requires_tier or context.level_tier - 1
    field = OWN_UNION.get(tier, "")
    unit = dossier["unit"]
    own_id, name = unit.get(f"{field}_id"), unit.get(f"{field}_name") or ""
    if tier == 2 and context.county_id is not None and context.county_id != own_id:
        return context.county_id, ""
    return own_id, name


def _is_from(row, union_id):
    return union_id is not None and row["union_id"] == union_id


def _is_live(row, on):
    """The last day of a title still counts."""
    begins, ends = moment(row["valid_from"]), moment(row["valid_until"])
    return begins.earliest() <= on and (ends is None or on <= ends.latest())


def _in_brief(row):
    return {key: row[key] for key in ("union_name", "valid_from", "valid_until", "document")}
