"""The conditions of the tables, each with the sentence that a person reads when it does not hold."""

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from reviews.choices import Action, Verdict
from reviews.eligibility import standing_of
from reviews.models import Application, Dossier, Finding, Judgement
from reviews.workflow.terms import Guard
from studios.choices import Section, Tier
from studios.dossier import not_ready


def _round_is_open(application, actor):
    today = timezone.localdate()
    call = application.round
    return (call.opens_on is None or call.opens_on <= today) and (
        call.closes_on is None or today <= call.closes_on
    )


def remember(application, facts=()):
    """Let the guards keep what they look up for the row in hand: one page asks them many times.

    ``facts`` are answers already known, by the guards' keys. Only for showing; the engine checks
    a row it has just locked and read.
    """
    application.__dict__.setdefault("_looked_up", {}).update(facts)


def looked_up(application, key, look):
    """``look()``, asked once for a row that remembers."""
    kept = application.__dict__.get("_looked_up")
    if kept is None:
        return look()
    if key not in kept:
        kept[key] = look()
    return kept[key]


round_is_open = Guard("round_is_open", _round_is_open, _("The round takes no applications today."))

files_are_checked = Guard(
    "files_are_checked",
    lambda application, actor: not _not_ready(application)["checking"],
    _("Some files are still being checked. Please wait a moment and try again."),
)


def _not_ready(application):
    return looked_up(application, "not_ready", lambda: not_ready(application.studio_id))


def _unfinished_reason(application):
    sections = [str(Section(name).label) for name in _not_ready(application)["unfinished"]]
    return now_("Some entries could not be taken yet and would be missing: %(sections)s.") % {
        "sections": "、".join(sections)
    }


nothing_is_half_typed = Guard(
    "nothing_is_half_typed",
    lambda application, actor: not _not_ready(application)["unfinished"],
    _unfinished_reason,
)


def _blocking_reason(application):
    clauses = [finding.clause for finding in standing_of(application).blocking]
    return ngettext(
        "Clause %(clauses)s is not met: the section says what is missing.",
        "Clauses %(clauses)s are not met: the sections say what is missing.",
        len(clauses),
    ) % {"clauses": "、".join(clauses)}


rules_allow = Guard(
    "rules_allow",
    lambda application, actor: not standing_of(application).blocking,
    _blocking_reason,
)


def next_tier(application):
    """The next tier of the route that has a union for this unit, or None at the top."""
    for tier in range((application.tier or 0) + 1, application.level.tier + 1):
        columns = {Tier.COUNTY: application.county_id, Tier.CITY: application.city_id}
        columns |= {Tier.BASE: application.union_id, Tier.PROVINCE: application.province_id}
        if columns.get(tier):
            return Tier(tier)
    return None


last_tier = Guard(
    "last_tier",
    lambda application, actor: application.tier == application.level.tier,
    _("Only the union that grants this level names; here it is recommended upward."),
)
not_last_tier = Guard(
    "not_last_tier",
    lambda application, actor: application.tier is not None and application.tier < application.level.tier,
    _("This union grants the level itself: there is nobody above to recommend it to."),
)
above_base = Guard(
    "above_base",
    lambda application, actor: application.tier is not None and application.tier > Tier.BASE,
    _("At the base unit its chair confirms; there is no review."),
)
at_base = Guard(
    "at_base",
    lambda application, actor: application.tier == Tier.BASE,
    _("The application has already left the unit."),
)
aims_at_base = Guard(
    "aims_at_base",
    lambda application, actor: application.level.tier == Tier.BASE,
    _("Only the base level is named by the unit itself."),
)
aims_above_base = Guard(
    "aims_above_base",
    lambda application, actor: application.level.tier > Tier.BASE,
    _("The base level is named here; there is nothing to send up."),
)
confirms_anothers_work = Guard(
    "confirms_anothers_work",
    lambda application, actor: application.submitted_by_id != actor.pk,
    _("You submitted this yourself; another person of the unit must confirm it."),
)
second_person = Guard(
    "second_person",
    lambda application, actor: application.proposed_by_id != actor.pk,
    _("You proposed this yourself; a second person must approve it."),
)


def has_ties(application, actor):
    """Whether ``actor`` belongs to the applying unit: in a role there now or before, or in its team."""
    return looked_up(application, ("ties", actor.pk), lambda: _ties(application, actor))


def _ties(application, actor):
    rows = Application.objects.filter(pk=application.pk).with_ties(actor)
    return rows.values_list("is_tied", flat=True).get()


no_ties = Guard(
    "no_ties",
    lambda application, actor: not has_ties(application, actor),
    _("You belong or belonged to the applying unit: somebody else must act here."),
)


def proposed(*actions):
    """The guard that the reviewer proposed one of ``actions``."""
    labels = [Action(action).label for action in actions]
    return Guard(
        f"proposed_{'_or_'.join(actions)}",
        lambda application, actor: application.proposal in actions,
        lambda application: (
            now_("The reviewer proposed something else: %(label)s.")
            % {"label": application.get_proposal_display() or "–"}
            if labels
            else ""
        ),
    )


NOTED_CODES = ("leader.skilled",)  # 二.1, second branch: recognised by a person, with the reason


def counts(code, verdict, note):
    """The verdict of a judgement, or "" while the note that it needs is missing."""
    needs_note = verdict == Verdict.NOT_MET or code in NOTED_CODES
    return "" if needs_note and not note.strip() else verdict


def clause_verdicts(application):
    """``(clause, the machine's verdict, the judgement at this tier or "")`` of the newest dossier."""
    return looked_up(application, "clauses", lambda: _clause_verdicts(application))


def _clause_verdicts(application):
    newest = Dossier.objects.filter(application=application.pk).order_by("-version")
    judged = Judgement.objects.filter(
        dossier=OuterRef("dossier"), clause=OuterRef("clause"), tier=application.tier
    )
    rows = (
        Finding.objects.filter(dossier=newest.values("pk")[:1])
        .annotate(
            judged=Coalesce(Subquery(judged.values("verdict")[:1]), Value("")),
            note=Coalesce(Subquery(judged.values("note")[:1]), Value("")),
        )
        .values_list("clause", "verdict", "body__code", "judged", "note")
    )
    return [(clause, found, counts(code, judged, note)) for clause, found, code, judged, note in rows]


def clause_facts(findings, tier):
    """The same from findings that carry ``judgement_rows`` (see ``reviews.queries.findings_of``)."""
    facts = []
    for row in findings:
        mine = next((judged for judged in row.judgement_rows if judged["tier"] == tier), None)
        judged = counts(row.body["code"], mine["verdict"], mine["note"]) if mine else ""
        facts.append((row.clause, row.verdict, judged))
    return facts


def unjudged_clauses(application):
    """The clauses of the newest dossier that a person at this tier must still judge."""
    return [clause for clause, found, judged in clause_verdicts(application) if found != "met" and not judged]


def _unjudged_reason(application):
    return now_("Please judge these clauses first: %(clauses)s.") % {
        "clauses": "、".join(unjudged_clauses(application))
    }


clauses_are_judged = Guard(
    "clauses_are_judged", lambda application, actor: not unjudged_clauses(application), _unjudged_reason
)


def failed_clauses(application):
    """The clauses that a reviewer at this tier judged as not met."""
    return [clause for clause, _found, judged in clause_verdicts(application) if judged == Verdict.NOT_MET]


no_clause_failed = Guard(
    "no_clause_failed",
    lambda application, actor: not failed_clauses(application),
    lambda application: (
        now_("You judged these clauses as not met: %(clauses)s.")
        % {"clauses": "、".join(failed_clauses(application))}
    ),
)


def _title_below(application):
    rows = Application.objects.filter(pk=application.pk).with_title_below()
    return rows.values_list("holds_below", flat=True).get()


holds_title_below = Guard(
    "holds_title_below",
    lambda application, actor: looked_up(application, "title_below", lambda: _title_below(application)),
    _("The studio no longer holds a live title of the level below from its own union (clause 三.a)."),
)
