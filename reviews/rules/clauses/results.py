"""二.7b: every two years at least one result recognised at city level or above."""

from reviews.rules.clauses.recognitions import all_recognised, identity
from reviews.rules.findings import Finding, Missing, Verdict
from reviews.rules.periods import PERIODS, Fit
from reviews.rules.reading import cite, distinct, files_in, founded

CLAUSE = "二.7b"
PARAMS = {
    "min_results": int,
    "max_rank": int,
    "kinds": list,
    "granted_patent_counts": bool,
    "window": ("rolling", "calendar"),
    "window_years": int,
    "windows_back": int,
}


def recognised_results(dossier, context, params):
    """Each whole window since founding, at most ``windows_back``; one begun before founding is excused.

    A date that may or may not lie in a window makes the clause soft, and is asked for.
    """
    since = founded(dossier)
    values = {
        key: params[key] for key in ("min_results", "max_rank", "window_years", "granted_patent_counts")
    }
    if since is None:
        missing = (Missing("results.founding", {}, "studio"),)
        return Finding(CLAUSE, Verdict.NOT_MET, "results.no_founding", values, missing)
    periods = PERIODS[params["window"]](
        since, context.on, years=params["window_years"], back=params["windows_back"]
    )
    items = all_recognised(dossier, params)
    windows = [_Window(period, items, context.on, params["min_results"]) for period in periods]
    _spread(windows)
    values["windows"] = [window.values() for window in windows]
    values["recognised"] = len({identity(item.achievement) for item in items})
    if not windows:
        values["founded_on"] = str(since)
        return Finding(CLAUSE, Verdict.MET, "results.no_window", values, (), _evidence(dossier, items))
    verdict = _verdict(windows)
    missing = distinct(
        [item for window in windows for item in window.missing(dossier)] + _undated(items, verdict)
    )
    used = [item for window in windows for item in (*window.certain, *window.possible)]
    return Finding(CLAUSE, verdict, CODES[verdict], values, missing, _evidence(dossier, used))


CODES = {
    Verdict.NOT_MET: "results.windows_without",
    Verdict.SOFT: "results.date_unclear",
    Verdict.MET: "results.every_window",
}


def _verdict(windows):
    if all(window.is_full for window in windows):
        return Verdict.MET
    return Verdict.NOT_MET if any(window.short for window in windows) else Verdict.SOFT


def _spread(windows):
    """Set ``short`` of each window: what it lacks even when every coarse date turns out well.

    A coarse date can fill one window only, so the oldest takes first those that end first.
    """
    taken = set()
    for window in reversed(windows):
        used = set()
        for item in sorted(window.possible, key=lambda item: item.when.latest()):
            if window.short and id(item) not in taken and identity(item.achievement) not in used:
                taken.add(id(item))
                used.add(identity(item.achievement))
                window.short -= 1


class _Window:
    """One span of years and the recognitions that lie, or may lie, in it."""

    def __init__(self, period, items, on, min_results):
        dated = [(item, period.fit(item.when, on=on)) for item in items if item.when]
        self.period = period
        self.certain = [item for item, fit in dated if fit == Fit.WITHIN]
        sure = {identity(item.achievement) for item in self.certain}
        partly = [item for item, fit in dated if fit == Fit.PARTLY]
        self.possible = [item for item in partly if identity(item.achievement) not in sure]
        self.count = len(sure)
        self.is_full = self.count >= min_results
        self.short = max(0, min_results - self.count)

    def values(self):
        titles = sorted({item.achievement["title"] for item in self.certain})
        possible = len({identity(item.achievement) for item in self.possible})
        return {**self.period.values(), "count": self.count, "possible": possible, "titles": titles}

    def missing(self, dossier):
        if self.is_full:
            proved = any(
                files_in(dossier, "achievement.proof", achievement=i.achievement) for i in self.certain
            )
            return [] if proved else [Missing("results.proof", self.period.values(), "achievements")]
        asked = [
            Missing(
                _finer(item), {"title": item.achievement["title"], "date": str(item.when)}, "achievements"
            )
            for item in self.possible
        ]
        if self.short:
            values = {**self.period.values(), "count": self.short}
            asked.insert(0, Missing("results.window", values, "achievements"))
        return asked


def _finer(item):
    return "results.give_month" if item.when.precision == "year" else "results.give_day"


def _undated(items, verdict):
    """Recognitions without any date, worth asking for while something is still open."""
    if verdict == Verdict.MET:
        return []
    return [
        Missing("results.give_date", {"title": item.achievement["title"], "name": item.name}, "achievements")
        for item in items
        if item.when is None
    ]


def _evidence(dossier, items):
    achievements = [item.achievement for item in items]
    files = [row for a in achievements for row in files_in(dossier, "achievement.proof", achievement=a)]
    return cite("achievements", achievements, files)
