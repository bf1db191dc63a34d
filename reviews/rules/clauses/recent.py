"""三.b: a prize or patent in the two years before applying, which has brought economic and social benefit.

Dates and levels are checked here; whether the benefit is good is for a person.
"""

from reviews.rules.clauses.near_misses import near_misses
from reviews.rules.clauses.recognitions import all_recognised
from reviews.rules.findings import Finding, Missing, Verdict
from reviews.rules.periods import Fit, Period, months_before
from reviews.rules.reading import amount, cite, distinct, files_in, filled

CLAUSE = "三.b"
PARAMS = {
    "months": int,
    "max_rank": int,
    "kinds": list,
    "benefit": ("either", "both"),
    "benefit_proof_needed": bool,
}


def recent_result(dossier, context, params):
    """The day ``months`` months before and the day of applying itself both count."""
    params = {**params, "granted_patent_counts": True}  # the policy itself says so
    period = Period(months_before(context.on, params["months"]), context.on)
    values = {key: params[key] for key in ("months", "max_rank", "kinds", "benefit", "benefit_proof_needed")}
    values |= period.values()
    results = _results(dossier, period, context.on, params)
    values["results"] = [result.values() for result in results]
    evidence = _evidence(dossier, results)
    if not results:
        none = Missing(
            "recent.none",
            {**period.values(), "kinds": params["kinds"], "max_rank": params["max_rank"]},
            "achievements",
        )
        missing = (none, *near_misses(dossier, period, context.on, params))
        return Finding(CLAUSE, Verdict.NOT_MET, "recent.none", values, missing, evidence)
    complete = [result for result in results if not result.lacks]
    certain = [result for result in complete if result.certain]
    if certain:
        missing = _still_useful(certain)
        return Finding(CLAUSE, Verdict.JUDGE, "recent.ready", values, missing, evidence)
    missing = distinct([item for result in results for item in result.missing()])
    if complete:
        return Finding(CLAUSE, Verdict.SOFT, "recent.date_unclear", values, missing, evidence)
    return Finding(CLAUSE, Verdict.NOT_MET, "recent.no_benefit", values, missing, evidence)


class _Result:
    """One result with a recognition in the period: certainly, or only perhaps because its date is coarse."""

    def __init__(self, dossier, achievement, dated, params):
        sure = [item for item, fit in dated if fit == Fit.WITHIN]
        self.achievement = achievement
        self.certain = bool(sure)
        self.best = (sure or [item for item, _fit in dated])[0]
        self.economic = amount(achievement["benefit_amount"]) > 0
        self.social = filled(achievement["social_benefit"])
        self.benefit_proof = files_in(dossier, "benefit.proof", achievement=achievement)
        self.proof = files_in(dossier, "achievement.proof", achievement=achievement)
        self.lacks = self._lacks(params)

    def _lacks(self, params):
        either = params["benefit"] == "either"
        if either and not (self.economic or self.social):
            lacks = ["recent.benefit"]
        else:
            lacks = [] if either or self.economic else ["recent.economic"]
            lacks += [] if either or self.social else ["recent.social"]
        if params["benefit_proof_needed"] and not self.benefit_proof:
            lacks.append("recent.benefit_proof")
        return lacks

    def values(self):
        return {
            **self.best.in_brief(),
            "certain": self.certain,
            "amount": self.achievement["benefit_amount"] if self.economic else None,
            "social": self.social,
            "proof": bool(self.benefit_proof),
        }

    def missing(self):
        title = self.achievement["title"]
        asked = [Missing(code, {"title": title}, "achievements") for code in self.lacks]
        if not self.certain:
            code = "recent.give_month" if self.best.when.precision == "year" else "recent.give_day"
            asked.append(Missing(code, {"title": title, "date": str(self.best.when)}, "achievements"))
        return asked


def _results(dossier, period, on, params):
    """Those with a recognition in the period, the most complete first."""
    found = {}
    for item in all_recognised(dossier, params):
        fit = period.fit(item.when, on=on) if item.when else Fit.OUTSIDE
        if fit != Fit.OUTSIDE:
            found.setdefault(item.achievement["id"], []).append((item, fit))
    results = [_Result(dossier, dated[0][0].achievement, dated, params) for dated in found.values()]
    return sorted(results, key=lambda result: (len(result.missing()), result.achievement["id"]))


def _still_useful(results):
    """What does not stand in the way, but the person who judges will ask for."""
    asked = []
    if not any(result.economic for result in results):
        asked.append(Missing("recent.economic_too", {}, "achievements"))
    if not any(result.social for result in results):
        asked.append(Missing("recent.social_too", {}, "achievements"))
    if not any(result.proof for result in results):
        asked.append(Missing("recent.proof", {"title": results[0].achievement["title"]}, "achievements"))
    return tuple(asked)


def _evidence(dossier, results):
    files = [row for result in results for row in (*result.proof, *result.benefit_proof)]
    return cite("achievements", [result.achievement for result in results], files)
