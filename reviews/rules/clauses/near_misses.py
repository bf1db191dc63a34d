"""三.b: why the results at hand do not count, so that the applicant knows which one to mend."""

from reviews.rules.clauses.recognitions import high_enough, recognised
from reviews.rules.findings import Missing
from reviews.rules.reading import moment

SHOWN = 5  # the nearest few; a long list of old results helps nobody


def near_misses(dossier, period, on, params):
    """One reason a result, the easiest to mend first."""
    reasons = [
        reason
        for achievement in sorted(dossier["achievements"], key=lambda row: row["id"])
        if (reason := _why_not(achievement, period, on, params))
    ]
    return sorted(reasons, key=lambda reason: EASIEST_FIRST.index(reason.code))[:SHOWN]


EASIEST_FIRST = [
    "recent.give_date",
    "recent.filed_only",
    "recent.other_kind",
    "recent.too_low",
    "recent.too_early",
    "recent.in_the_future",
]


def _why_not(achievement, period, on, params):
    values = {"title": achievement["title"]}
    counting = recognised(achievement, params)
    if any(item.when is None for item in counting):
        return Missing("recent.give_date", values, "achievements")
    if counting:
        # Sorted by date: the newest is the nearest to the period.
        newest = counting[-1].when
        code = "recent.in_the_future" if newest.earliest() > on else "recent.too_early"
        return Missing(code, {**values, "date": str(newest), **period.values()}, "achievements")
    if achievement["is_patent"] and achievement["patent_status"] == "filed":
        return Missing("recent.filed_only", values, "achievements")
    return _lesser(achievement, period, params)


def _lesser(achievement, period, params):
    """A recognition of another kind or of a lower level, if it lies in the period."""
    for row in sorted(
        achievement["recognitions"], key=lambda row: (row["rank"] or 99, row["name"], row["kind"])
    ):
        when = moment(row["granted_on"])
        if when is None or when.latest() < period.start:
            continue
        values = {key: row[key] for key in ("name", "rank", "kind")}
        values |= {"title": achievement["title"], "kinds": params["kinds"]}
        code = "recent.too_low" if not high_enough(row, params) else "recent.other_kind"
        return Missing(code, values, "achievements")
    return None
