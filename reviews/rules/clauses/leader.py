"""二.1: led by a model worker, craftsman or May Day medallist, or by recognised skilled talent."""

from reviews.rules.findings import Finding, Missing, Verdict
from reviews.rules.reading import cite, files_in, filled, moment

CLAUSE = "二.1"
PARAMS = {"groups": list, "max_rank": int}


def leading_figure(dossier, context, params):
    """An honour of one of the groups, ``max_rank`` or higher, is enough; else the stated skill is judged."""
    needed = {"groups": params["groups"], "max_rank": params["max_rank"]}
    leader = dossier["leader"]
    if not leader:
        missing = (Missing("leader.missing", {}, "leader"),)
        return Finding(CLAUSE, Verdict.NOT_MET, "leader.none", needed, missing)
    values = {**needed, "leader": leader["name"]}
    honours = _honours(leader, context, params)
    high = [row for row in honours if row["rank"] <= params["max_rank"]]
    if high:
        return _by_honour(dossier, high, values)
    if filled(leader["skilled_basis"]):
        values |= {"basis": leader["skilled_basis"].strip(), "honours": [_in_brief(row) for row in honours]}
        evidence = cite("leader", honours, files_in(dossier, "leader.skilled"))
        return Finding(CLAUSE, Verdict.JUDGE, "leader.skilled", values, (), evidence)
    missing = (Missing("leader.honour_or_skill", dict(needed), "leader"),)
    if honours:
        values["honour"] = _in_brief(honours[0])
        return Finding(CLAUSE, Verdict.NOT_MET, "leader.too_low", values, missing, cite("leader", honours))
    return Finding(CLAUSE, Verdict.NOT_MET, "leader.nothing", values, missing)


def _by_honour(dossier, honours, values):
    files = files_in(dossier, "leader.honour")
    missing = () if files else (Missing("leader.certificate", {"honour": honours[0]["name"]}, "leader"),)
    values["honour"] = _in_brief(honours[0])
    values["more"] = len(honours) - 1
    return Finding(CLAUSE, Verdict.MET, "leader.honour", values, missing, cite("leader", honours, files))


def _honours(leader, context, params):
    """Honours of the groups that had been granted by the day, highest first."""
    granted = [
        row
        for row in leader["honours"]
        if row["group"] in params["groups"] and row["rank"] is not None and _by_then(row, context.on)
    ]
    return sorted(granted, key=lambda row: (row["rank"], row["granted_on"], row["id"]))


def _by_then(row, on):
    granted_on = moment(row["granted_on"])
    return granted_on is None or granted_on.earliest() <= on


def _in_brief(row):
    return {key: row[key] for key in ("name", "rank", "granted_by", "granted_on")}
