"""二.6: the unit pays. Whether it pays enough is for a person; that it paid each year is checked here."""

from reviews.rules.findings import Finding, Missing, Verdict
from reviews.rules.periods import years_ended
from reviews.rules.reading import amount, cite, files_in, founded

CLAUSE = "二.6"
PARAMS = {"years": int, "proof_needed": bool}


def funds(dossier, context, params):
    """Money in each of the last ``years`` whole years since founding; a newer studio shows any money."""
    since = founded(dossier)
    last = range(context.on.year - params["years"], context.on.year)
    years = years_ended(since, context.on, back=params["years"]) if since else list(last)
    rows = [
        row for row in dossier["funds"] if row["year"] in {*last, context.on.year} and amount(row["amount"])
    ]
    paid = {year: sum(amount(row["amount"]) for row in rows if row["year"] == year) for year in years}
    proof = files_in(dossier, "fund.proof")
    missing = [Missing("funds.year", {"year": year}, "funds") for year in years if not paid[year]]
    if not rows and not years:
        missing.append(Missing("funds.any", {}, "funds"))
    if params["proof_needed"] and not proof:
        missing.append(Missing("funds.proof", {}, "funds"))
    values = {
        "years": years,
        "amounts": [{"year": year, "amount": str(paid[year])} for year in years],
        "total": str(sum((amount(row["amount"]) for row in rows), start=amount(""))),
        "proof_needed": params["proof_needed"],
    }
    evidence = cite("funds", rows, proof)
    if not rows:
        return Finding(CLAUSE, Verdict.NOT_MET, "funds.none", values, tuple(missing), evidence)
    verdict = Verdict.SOFT if missing else Verdict.JUDGE
    return Finding(CLAUSE, verdict, "funds.paid", values, tuple(missing), evidence)
