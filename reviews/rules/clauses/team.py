"""二.2: a team of five or more. The number decides; titles, education and ages are shown beside it."""

from collections import Counter

from reviews.rules.findings import Finding, Missing, Verdict
from reviews.rules.reading import cite, files_in, moment

CLAUSE = "二.2"
PERSONAL = ("name", "birth_month", "person_id", "sex", "education", "prof_title", "skill_level")
PARAMS = {"min_count": int, "leader_counts": bool, "adviser_counts": bool}


def team_size(dossier, context, params):
    """Each person counts once, however many rows name them and whether or not they also lead."""
    rows = [row for row in dossier["members"] if params["adviser_counts"] or row["role"] != "adviser"]
    leader = dossier["leader"] if params["leader_counts"] else None
    people = same_people([*([leader] if leader else []), *rows])
    values = {
        "count": len(people),
        "min_count": params["min_count"],
        "leader_counts": params["leader_counts"],
        "leader_counted": leader is not None,
        "repeated": sorted(group[0]["name"] for group in people if len(group) > 1),
        "structure": structure([group[0] for group in people], context.on),
    }
    short = params["min_count"] - len(people)
    missing = (Missing("team.more", {"count": short}, "team"),) if short > 0 else ()
    evidence = cite("team", rows, files_in(dossier, "team.roster"))
    if short > 0:
        return Finding(CLAUSE, Verdict.NOT_MET, "team.small", values, missing, evidence)
    return Finding(CLAUSE, Verdict.MET, "team.enough", values, missing, evidence)


def same_people(rows):
    """The rows in groups of one person each: the same person id, or the same name, sex and month of birth."""
    groups = []  # (keys, rows)
    for row in sorted(rows, key=lambda row: [str(row[name]) for name in PERSONAL]):
        keys = _keys(row)
        same = [group for group in groups if group[0] & keys]
        groups = [group for group in groups if not group[0] & keys]
        keys = keys.union(*(group[0] for group in same))
        groups.append((keys, [member for group in same for member in group[1]] + [row]))
    return [members for _keys_, members in groups]


def _keys(row):
    name = "".join(row["name"].split())
    keys = {("row", id(row))}
    if row["person_id"] is not None:
        keys.add(("person", row["person_id"]))
    if name and row["birth_month"]:
        keys.add(("born", name, row["sex"], row["birth_month"]))
    return keys


def structure(people, on):
    """How many of each professional title, skill level, education and age; blank stands for not stated."""
    return {
        "prof_title": _tally(row["prof_title"] for row in people),
        "skill_level": _tally(row["skill_level"] for row in people),
        "education": _tally(row["education"] for row in people),
        "age": _tally(_age_band(row["birth_month"], on) for row in people),
    }


def _tally(values):
    return dict(sorted(Counter(value or "" for value in values).items()))


def _age_band(birth_month, on):
    born = moment(birth_month)
    if born is None:
        return ""
    birth = born.earliest()
    age = on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
    return next(
        (band for limit, band in ((30, "under_30"), (40, "30_39"), (50, "40_49")) if age < limit), "50_up"
    )
