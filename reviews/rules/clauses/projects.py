"""二.7a: at least one innovation project each year."""

from reviews.rules.findings import Finding, Missing, Verdict
from reviews.rules.periods import rolling_periods, years_ended
from reviews.rules.reading import cite, founded

CLAUSE = "二.7a"
PARAMS = {"per_year": int, "years_back": int, "window": ("calendar", "rolling"), "statuses": list}


def yearly_projects(dossier, context, params):
    """Every whole year since founding, at most ``years_back``; without a whole year yet it is met."""
    since = founded(dossier)
    values = {"per_year": params["per_year"], "years_back": params["years_back"]}
    if since is None:
        missing = (Missing("projects.founding", {}, "studio"),)
        return Finding(CLAUSE, Verdict.NOT_MET, "projects.no_founding", values, missing)
    spans = _spans(since, context.on, params)
    counted = [row for row in dossier["projects"] if row["status"] in params["statuses"]]
    values["spans"] = [
        {"years": years, "count": sum(row["year"] in years for row in counted)} for years in spans
    ]
    values["this_year"] = sum(row["year"] == context.on.year for row in dossier["projects"])
    evidence = cite("projects", [row for row in counted if any(row["year"] in years for years in spans)])
    if not spans:
        values["founded_on"] = str(since)
        return Finding(CLAUSE, Verdict.MET, "projects.no_whole_year", values)
    missing = tuple(
        _missing(dossier, span, params) for span in values["spans"] if span["count"] < params["per_year"]
    )
    if missing:
        return Finding(CLAUSE, Verdict.NOT_MET, "projects.years_without", values, missing, evidence)
    return Finding(CLAUSE, Verdict.MET, "projects.every_year", values, (), evidence)


def _spans(since, on, params):
    """The years to look at, oldest first, each as the list of calendar years that may fill it.

    A project is known by its calendar year alone, so a rolling year takes those of both years it touches.
    """
    if params["window"] == "calendar":
        return [[year] for year in years_ended(since, on, back=params["years_back"])]
    periods = rolling_periods(since, on, years=1, back=params["years_back"])
    return [sorted({period.start.year, period.end.year}) for period in reversed(periods)]


def _missing(dossier, span, params):
    values = {"years": span["years"], "count": params["per_year"] - span["count"]}
    others = [
        row["status"]
        for row in dossier["projects"]
        if row["year"] in span["years"] and row["status"] not in params["statuses"]
    ]
    if others:
        return Missing("projects.not_counted", values | {"statuses": sorted(set(others))}, "projects")
    return Missing("projects.year", values, "projects")
