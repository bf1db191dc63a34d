"""Lines below a finding that let a reviewer see how it came about, by the first word of its code."""

from django.utils.translation import gettext as _

from reviews.rules.wording.labels import KINDS as RECOGNITIONS
from reviews.rules.wording.labels import STRUCTURE, enumerate_words, honour, label, money, tally, when, years


def _leader(values):
    lines = [_("Other honour: %(honour)s.") % {"honour": honour(row)} for row in values.get("honours", ())]
    if values.get("more"):
        lines.append(_("Further honours that would do: %(count)s.") % {"count": values["more"]})
    return lines


def _team(values):
    lines = []
    if values["leader_counts"] and not values["leader_counted"]:
        lines.append(_("No leader is entered; the leader would count."))
    if values["repeated"]:
        lines.append(
            _("Entered more than once, counted once: %(names)s.")
            % {"names": enumerate_words(values["repeated"])}
        )
    for key, (heading, labels) in STRUCTURE.items():
        if values["structure"][key]:
            counts = tally(labels)(values["structure"][key])
            lines.append(_("%(heading)s: %(counts)s.") % {"heading": heading, "counts": counts})
    return lines


def _venue(values):
    return [_("Reason for the smaller place: %(reason)s") % values] if values["reason"] else []


def _systems(values):
    lines = []
    if values["ledger_needed"]:
        lines.append(_("The ledger is described.") if values["ledger"] else _("The ledger is not described."))
    if values["archive_needed"]:
        lines.append(
            _("The archive is described.") if values["archive"] else _("The archive is not described.")
        )
    return lines


def _funds(values):
    return [
        _("%(year)s: %(amount)s (in 10,000 yuan)")
        % {"year": years([row["year"]]), "amount": money(row["amount"])}
        for row in values["amounts"]
    ]


def _projects(values):
    lines = [
        _("%(years)s: projects %(count)s") % {"years": years(span["years"]), "count": span["count"]}
        for span in values.get("spans", ())
    ]
    if values.get("this_year"):
        lines.append(
            _("The current year, not yet asked for: projects %(count)s") % {"count": values["this_year"]}
        )
    return lines


def _results(values):
    lines = []
    for window in values.get("windows", ()):
        span = {"start": when(window["start"]), "end": when(window["end"]), "count": window["count"]}
        line = _("%(start)s to %(end)s: recognised results %(count)s") % span
        if window["possible"]:
            line = _("%(line)s, and perhaps %(possible)s more") % {
                "line": line,
                "possible": window["possible"],
            }
        if window["titles"]:
            titles = enumerate_words(_("“%(name)s”") % {"name": name} for name in window["titles"])
            line = _("%(line)s: %(titles)s") % {"line": line, "titles": titles}
        lines.append(line)
    return lines


def _recent(values):
    return [_recent_line(row) for row in values["results"]]


def _recent_line(row):
    parts = [_how(row), when(row["date"])]
    if row["amount"]:
        parts.append(_("economic benefit %(amount)s (in 10,000 yuan)") % {"amount": money(row["amount"])})
    if row["social"]:
        parts.append(_("social benefit stated"))
    parts.append(_("benefit proved") if row["proof"] else _("benefit not proved"))
    return _("“%(title)s”: %(parts)s") % {
        "title": row["title"],
        "parts": enumerate_words(filter(None, parts)),
    }


def _how(row):
    if row["how"] == "patent":
        return _("granted patent %(number)s") % {"number": row["name"]}
    return _("%(kind)s “%(name)s”") % {"kind": label(RECOGNITIONS)(row["how"]), "name": row["name"]}


DETAILS = {
    "leader": _leader,
    "team": _team,
    "venue": _venue,
    "systems": _systems,
    "funds": _funds,
    "projects": _projects,
    "results": _results,
    "recent": _recent,
}
