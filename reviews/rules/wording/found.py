"""What was found, by the code of the finding."""

from django.utils.translation import gettext_lazy as _

from reviews.rules.wording.labels import LEVELS, enumerate_words, honour, label, money, title, when, years
from reviews.rules.wording.say import Say


def _says(text, **shown):
    return Say(text, shown)


def _years_of(spans):
    return enumerate_words(years(span["years"]) for span in spans)


LEADER = {
    "leader.none": _says(_("No leader is entered.")),
    "leader.nothing": _says(_("%(leader)s: no honour of the named kinds, and no skill described.")),
    "leader.too_low": _says(_("%(leader)s holds %(honour)s, which ranks too low."), honour=honour),
    "leader.honour": _says(_("%(leader)s holds %(honour)s."), honour=honour),
    "leader.skilled": _says(_("%(leader)s is put forward as skilled talent: %(basis)s")),
}
STANDARDS = {
    "team.enough": _says(_("People counted: %(count)s.")),
    "team.small": _says(_("People counted: only %(count)s.")),
    "venue.no_area": _says(_("No floor area is entered.")),
    "venue.small": _says(
        _("%(area)s m², signs shown: %(signs_done)s of %(signs_total)s."),
        area=money,
    ),
    "venue.signs_incomplete": _says(
        _("%(area)s m², signs shown: %(signs_done)s of %(signs_total)s."),
        area=money,
    ),
    "venue.complete": _says(_("%(area)s m², all %(signs_total)s signs shown."), area=money),
    "equipment.list": _says(_("Equipment shown: %(done)s of %(total)s.")),
    "systems.list": _says(_("Systems with their documents: %(done)s of %(total)s.")),
    "funds.none": _says(_("No money is entered for these years.")),
    "funds.paid": _says(_("In all %(total)s (in 10,000 yuan)."), total=money),
}
PROJECTS = {
    "projects.no_founding": _says(_("Without the founding date the years cannot be counted.")),
    "projects.no_whole_year": _says(
        _("Founded %(founded_on)s: no whole year has passed yet."), founded_on=when
    ),
    "projects.every_year": _says(
        _("There are projects for each of these years: %(spans)s."), spans=_years_of
    ),
    "projects.years_without": _says(
        _("Projects are missing in some of these years: %(spans)s."), spans=_years_of
    ),
}
RESULTS = {
    "results.no_founding": _says(_("Without the founding date the two-year spans cannot be counted.")),
    "results.no_window": _says(
        _(
            "Founded %(founded_on)s: no full span of %(window_years)s years has passed yet. "
            "Recognised results: %(recognised)s."
        ),
        founded_on=when,
    ),
    "results.every_window": _says(_("There are recognised results in each span of %(window_years)s years.")),
    "results.date_unclear": _says(
        _(
            "Whether each span of %(window_years)s years has recognised results enough "
            "depends on dates that are too coarse."
        )
    ),
    "results.windows_without": _says(
        _("At least one span of %(window_years)s years has too few recognised results.")
    ),
}
PRIOR = {
    "prior.none_required": _says(_("No title has to be held before.")),
    "prior.held": _says(_("Holds the %(level)s: %(title)s."), level=label(LEVELS), title=title),
    "prior.never": _says(_("Has never held a %(level)s."), level=label(LEVELS)),
    "prior.not_live": _says(
        _("Its %(level)s is not in force on %(on)s: %(title)s."), level=label(LEVELS), on=when, title=title
    ),
    "prior.other_union": _says(
        _("Its %(level)s was granted by another union than its own: %(title)s."),
        level=label(LEVELS),
        title=title,
    ),
    "prior.no_union": _says(_("No union above the unit grants the %(level)s."), level=label(LEVELS)),
}
RECENT = {
    "recent.none": _says(
        _("No result from %(start)s to %(end)s with such an award or a granted patent."), start=when, end=when
    ),
    "recent.no_benefit": _says(
        _(
            "There are results from %(start)s to %(end)s, "
            "but for none of them is the benefit stated and proved."
        ),
        start=when,
        end=when,
    ),
    "recent.date_unclear": _says(
        _("Whether a result falls between %(start)s and %(end)s depends on a date that is too coarse."),
        start=when,
        end=when,
    ),
    "recent.ready": _says(
        _("Results from %(start)s to %(end)s with benefit and proof are there."), start=when, end=when
    ),
}
FOUND = {**LEADER, **STANDARDS, **PROJECTS, **RESULTS, **PRIOR, **RECENT}
