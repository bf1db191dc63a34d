"""The conditions under which a title is lost, each with the sentence read when it does not hold."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from reviews.queries_cases import live_titles_of, standing_of, titles_above
from reviews.services.annulments import has_ties_to_any, sentence_above
from reviews.services.cases import sentence_in_time
from reviews.services.ties import has_ties_to
from reviews.workflow.guards import looked_up
from reviews.workflow.terms import Guard


def title_of(case):
    """The title as it is now, read once where a page asks many times."""
    return looked_up(
        case, "naming", lambda: type(case).objects.select_related("naming").get(pk=case.pk).naming
    )


def reading_of(case):
    """How the clock stands today; None for causes that it does not answer."""
    return looked_up(case, "standing", lambda: standing_of(case.naming, case.cause))


def _above(case):
    def look():
        today = timezone.localdate()
        return list(titles_above([case.naming_id], today).order_by("-level__tier"))

    return looked_up(case, "above", look)


def stopped_by(case):
    """The sentence of what makes the case groundless, or ""."""
    if title_of(case).until is not None:
        return now_("The title has ended in another way.")
    standing = reading_of(case)
    return sentence_in_time(standing) if standing is not None and not standing.is_over else ""


def _above_sentence(case):
    above = _above(case)[0]
    return now_(
        "The %(level)s of this studio still rests on this title and must end first: open its case."
    ) % {"level": above.level.label}


no_ties = Guard(
    "no_ties",
    lambda case, actor: not looked_up(case, ("ties", actor.pk), lambda: has_ties_to(case.union_id, actor)),
    _("You belong or belonged to this unit: somebody else must act here."),
)
second_person = Guard(
    "second_person",
    lambda case, actor: case.proposed_by_id != actor.pk,
    _("You proposed this yourself; a second person must approve it."),
)
title_is_live = Guard(
    "title_is_live",
    lambda case, actor: title_of(case).until is None,
    _("This title has already ended."),
)
nothing_stops_it = Guard("nothing_stops_it", lambda case, actor: not stopped_by(case), stopped_by)
something_stops_it = Guard(
    "something_stops_it",
    lambda case, actor: bool(stopped_by(case)),
    _("Nothing speaks against going on with the case."),
)
no_title_above = Guard("no_title_above", lambda case, actor: not _above(case), _above_sentence)
time_is_over = Guard(
    "time_is_over",
    lambda case, actor: case.mend_until is not None and case.mend_until < timezone.localdate(),
    lambda case: (
        now_("The unit has time until %(day)s.") % {"day": date_format(case.mend_until, "DATE_FORMAT")}
    ),
)


def _sentence_above(annulment):
    return looked_up(annulment, "above", lambda: sentence_above(annulment.annulled_id))


no_ties_to_any = Guard(
    "no_ties_to_any",
    lambda annulment, actor: (
        not looked_up(annulment, ("ties", actor.pk), lambda: has_ties_to_any(annulment.annulled_id, actor))
    ),
    _("You belong or belonged to one of these units: somebody else must act here."),
)
some_title_is_live = Guard(
    "some_title_is_live",
    lambda annulment, actor: looked_up(
        annulment, "live", lambda: live_titles_of(annulment.annulled_id).exists()
    ),
    _("No title that this decision granted is still in force."),
)
no_title_above_any = Guard(
    "no_title_above_any", lambda annulment, actor: not _sentence_above(annulment), _sentence_above
)
