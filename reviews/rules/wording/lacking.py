"""What is missing, by the code of the Missing: always something that the reader can do or give."""

from django.utils.translation import gettext_lazy as _

from reviews.rules.wording.labels import (
    GROUPS,
    ITEMS,
    KINDS,
    LEVELS,
    RANKS,
    STATUSES,
    label,
    labels_of,
    when,
    years,
)
from reviews.rules.wording.say import Say


def _says(text, **shown):
    return Say(text, shown)


def _prior_title(values):
    return (TITLE_OF_UNION if values["own_union"] else TITLE)(values)


TITLE = _says(_("First obtain the %(level)s from your own union."), level=label(LEVELS))
TITLE_OF_UNION = _says(_("First obtain the %(level)s from %(own_union)s."), level=label(LEVELS))

STANDARDS = {
    "leader.missing": _says(_("Enter the leader.")),
    "leader.honour_or_skill": _says(
        _(
            "Enter an honour (%(groups)s) of at least this level: %(max_rank)s; "
            "or describe the skill by which the leader is recognised in the trade."
        ),
        groups=labels_of(GROUPS),
        max_rank=label(RANKS),
    ),
    "leader.certificate": _says(_("Upload the certificate of “%(honour)s”.")),
    "team.more": _says(_("Add team members: %(count)s more.")),
    "venue.area": _says(_("Enter the floor area.")),
    "venue.reason": _says(_("Explain why less than %(min_area)s m² is enough.")),
    "venue.sign": _says(_("Not ticked: %(item)s."), item=label(ITEMS)),
    "venue.sign_photo": _says(_("Upload a photo: %(item)s."), item=label(ITEMS)),
    "equipment.item": _says(_("Not ticked: %(item)s."), item=label(ITEMS)),
    "equipment.description": _says(
        _("Describe in a few words or upload a photo: %(item)s."), item=label(ITEMS)
    ),
    "systems.item": _says(_("Not ticked: %(item)s."), item=label(ITEMS)),
    "systems.file": _says(_("Upload the document: %(item)s."), item=label(ITEMS)),
    "systems.ledger": _says(_("Say how the ledger is kept.")),
    "systems.archive": _says(_("Say how the archive is kept.")),
    "funds.year": _says(_("Enter the money of %(year)s.")),
    "funds.any": _says(_("Enter the money that the unit has given since the founding.")),
    "funds.proof": _says(_("Upload proof of the funds.")),
    "projects.founding": _says(_("Enter when the studio was founded.")),
    "projects.year": _says(_("Enter projects of %(years)s: %(count)s more."), years=years),
    "projects.not_counted": _says(
        _(
            "Enter projects of %(years)s: %(count)s more; "
            "those entered do not count in this state: %(statuses)s."
        ),
        years=years,
        statuses=labels_of(STATUSES),
    ),
}
RESULTS = {
    "results.founding": _says(_("Enter when the studio was founded.")),
    "results.window": _says(
        _("Recognised results from %(start)s to %(end)s: %(count)s more."), start=when, end=when
    ),
    "results.give_month": _says(_("“%(title)s”: the date is only %(date)s; give the month."), date=when),
    "results.give_day": _says(_("“%(title)s”: the date is only %(date)s; give the day."), date=when),
    "results.give_date": _says(_("“%(title)s”: give the date of “%(name)s”.")),
    "results.proof": _says(
        _("Upload the certificate of a result recognised from %(start)s to %(end)s."), start=when, end=when
    ),
}
PRIOR = {
    "prior.title": _prior_title,
    "prior.no_union": _says(_("Ask the city union which union grants your %(level)s."), level=label(LEVELS)),
}
RECENT = {
    "recent.none": _says(
        _(
            "Enter a result with %(kinds)s of at least this level: %(max_rank)s, or with a granted patent, "
            "dated from %(start)s to %(end)s."
        ),
        kinds=labels_of(KINDS),
        max_rank=label(RANKS),
        start=when,
        end=when,
    ),
    "recent.give_month": _says(_("“%(title)s”: the date is only %(date)s; give the month."), date=when),
    "recent.give_day": _says(_("“%(title)s”: the date is only %(date)s; give the day."), date=when),
    "recent.give_date": _says(_("“%(title)s”: give the date of the award or grant.")),
    "recent.filed_only": _says(
        _(
            "“%(title)s”: the patent is only filed. It counts once it is granted: "
            "then enter the date of grant."
        )
    ),
    "recent.other_kind": _says(
        _(
            "“%(title)s”: “%(name)s” is entered as: %(kind)s. "
            "Here only these count: %(kinds)s, granted patent."
        ),
        kind=label(KINDS),
        kinds=labels_of(KINDS),
    ),
    "recent.too_low": _says(
        _("“%(title)s”: “%(name)s” ranks too low (%(rank)s)."),
        rank=lambda rank: label(RANKS)(rank) if rank is not None else str(_("level not given")),
    ),
    "recent.too_early": _says(
        _("“%(title)s”: %(date)s lies before %(start)s."),
        date=when,
        start=when,
    ),
    "recent.in_the_future": _says(_("“%(title)s”: %(date)s has not come yet."), date=when),
    "recent.benefit": _says(_("“%(title)s”: state the economic or social benefit.")),
    "recent.economic": _says(_("“%(title)s”: state the economic benefit.")),
    "recent.social": _says(_("“%(title)s”: state the social benefit.")),
    "recent.benefit_proof": _says(_("“%(title)s”: upload proof of the benefit.")),
    "recent.economic_too": _says(
        _("No economic benefit is stated for these results; the reviewer will ask.")
    ),
    "recent.social_too": _says(_("No social benefit is stated for these results; the reviewer will ask.")),
    "recent.proof": _says(_("“%(title)s”: upload the certificate of the award or patent.")),
}
LACKING = {**STANDARDS, **RESULTS, **PRIOR, **RECENT}
