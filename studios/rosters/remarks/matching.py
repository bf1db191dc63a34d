"""Remarks about a row beside what the register holds."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "register.right_gone": _("The right to import rosters for %(union)s has ended. The file was not read."),
    # -- where and who
    "register.studio_missing": _("The row names no studio. A name such as 周某某创新工作室 is expected."),
    "register.out_of_scope": _(
        "The row is about %(place)s. This import reaches %(union)s and the unions below it, nothing else."
    ),
    "register.place_missing": _(
        "The row does not say which union the unit belongs to, and its name does not tell. "
        "Expected: %(names)s."
    ),
    "register.unit_missing": _(
        "The row names no unit, and %(place)s has no studio of this name. A new studio needs its unit."
    ),
    "register.code_elsewhere": _(
        "This credit code is that of another unit. Please compare each character with the certificate."
    ),
    "register.code_of": _(
        "In the register this credit code is that of %(unit)s, %(place)s. "
        "Please compare code, unit and union."
    ),
    "register.code_differs": _(
        "The register has the credit code %(held)s for this unit. Please compare it with the certificate."
    ),
    "register.code_in_file": _(
        "An earlier row gives this credit code to %(unit)s. Two units never share one."
    ),
    "register.code_differs_in_file": _("An earlier row gives this unit the credit code %(code)s."),
    "register.unit_name": _(
        "The register calls the unit of this credit code “%(held)s”. Which name is the right one?"
    ),
    "register.none_fits": _("Answered: none of these. Please correct this cell in the file."),
    "register.which_unit": _("The register has several units of this name. Which one is it?"),
    "register.near_unit": _("A unit of almost this name is known. Is it the same one?"),
    "register.which_studio": _("The register has several studios of this name. Which one is it?"),
    "register.near_studio": _("The unit has a studio of almost this name. Is it the same one?"),
    # -- the title
    "register.level_missing": _(
        "The row tells of a title, but not of which level. The levels are: %(levels)s."
    ),
    "register.level_unknown": _("Titles of this level are not kept here. The levels are: %(levels)s."),
    "register.no_title": _("The row states no level: the studio comes in without a title."),
    "register.named_missing": _(
        "The row gives neither the date nor the document of the title. "
        "At least the year is expected, such as 2019."
    ),
    "register.dated_by_document": _(
        "No date of the title is given; its document is of %(year)s, so that year is taken."
    ),
    "register.document_year": _("The document is of %(year)s, the title of %(named)s. Please compare."),
    "register.founded_after": _("The studio would be founded after its title of %(named)s. Please compare."),
    "register.future": _("This date lies in the future. Expected: no later than %(today)s."),
    "register.ended_before": _("The title would end before it began (%(named)s)."),
    "register.held_and_ended": _("The row says that the title is held, and that it ended (%(date)s)."),
    "register.reason_without_end": _(
        "A reason why the title ended is given, but not that it ended. A date or the state is expected."
    ),
    "register.has_ended": _(
        "In the register this title ended (%(held)s); the row says that it is held. "
        "A title granted again needs the date on which it was."
    ),
    "register.overlap": _(
        "The studio has a title of this level from %(since)s to %(until)s; another cannot begin within it."
    ),
    "register.title_above": _(
        "A title above rests on this one (%(since)s to %(until)s). It must end first, and not begin earlier."
    ),
    "register.portal_named_on": _(
        "This title was granted in the portal: %(held)s. What was granted here is not changed by a roster."
    ),
    "register.portal_document_number": _(
        "This title was granted in the portal, by document %(held)s. "
        "What was granted here is not changed by a roster."
    ),
    "register.portal_revoked_on": _(
        "This title was granted in the portal; its end there: %(held)s. "
        "Titles of the portal end in the portal."
    ),
    "register.portal_status": _(
        "This title was granted in the portal and is held. Titles of the portal end in the portal."
    ),
    "register.portal_end_reason": _(
        "This title was granted in the portal; why it ended stands there. A roster does not change it."
    ),
    # -- what the row says of the studio
    "register.leader": _("In the register %(held)s leads the studio since %(since)s. Who leads it?"),
    "register.locked": _(
        "An application of this studio is under review: “%(column)s” stays as it was submitted until then."
    ),
    "register.team_entered": _(
        "The portal has the team by name, %(count)s people. The number in the roster is not taken."
    ),
    "register.too_long": _("This has %(length)s characters; at most %(limit)s are kept."),
    # -- rows beside each other
    "register.same_row": _("The row repeats row %(row)s of sheet “%(sheet)s”."),
    "register.twice": _(
        "The same title stands in row %(row)s of sheet “%(sheet)s” with other particulars. "
        "One of both is wrong."
    ),
    "register.disagrees": _(
        "Row %(row)s of sheet “%(sheet)s” says “%(held)s” of the same studio or unit. One of both is wrong."
    ),
}
