"""How far an application has come: the steps of its route, and what happened, for one reader."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.choices import CLOSED, Action, State
from studios.choices import Section, Tier

A = Action
INNER = {  # what a union does before it has decided: told without its content to those below it
    A.PROPOSE_ENDORSE,
    A.PROPOSE_NAME,
    A.PROPOSE_WAITLIST,
    A.PROPOSE_REJECT,
    A.PROPOSE_REJECT_FINAL,
    A.SEND_BACK,
}
KINDS = {
    A.SUBMIT: ("neutral", "send"),
    A.CONFIRM: ("ok", "check"),
    A.NAME_AT_BASE: ("gold", "award"),
    A.HAND_BACK: ("warn", "back"),
    A.TAKE: ("neutral", "user"),
    A.RETURN: ("warn", "back"),
    A.PROPOSE_REJECT: ("neutral", "edit"),
    A.ENDORSE: ("ok", "check"),
    A.NAME: ("gold", "award"),
    A.WAITLIST: ("warn", "clock"),
    A.REJECT: ("bad", "x"),
    A.REJECT_FINAL: ("bad", "x"),
    A.SEND_BACK: ("neutral", "back"),
    A.WITHDRAW: ("warn", "x"),
}
SECTIONS = dict(Section.choices)
STATE_LOOKS = {
    State.DRAFT: ("neutral", "edit"),
    State.IN_REVIEW: ("info", "clock"),
    State.PROPOSED: ("info", "users"),
    State.RETURNED: ("warn", "back"),
    State.WAITLISTED: ("warn", "clock"),
    State.NAMED: ("gold", "award"),
    State.REJECTED: ("bad", "x"),
    State.REJECTED_FINAL: ("bad", "x"),
    State.WITHDRAWN: ("neutral", "x"),
}


@dataclass(frozen=True)
class Step:
    """One stage of the steps bar."""

    label: str
    state: str
    note: str = ""


def entries(application, decisions, *, up_to):
    """Timeline entries, newest first; inner steps of tiers above ``up_to`` are told without content."""
    opened = {
        "title": _("Application opened"),
        "at": timezone.localtime(application.opened_at),
        "who": application.opened_by.name,
        "icon": "plus",
    }
    return [_entry(application, decision, up_to) for decision in decisions] + [opened]


def _entry(application, decision, up_to):
    hidden = decision.action in INNER and (decision.from_tier or 0) > up_to
    kind, icon = KINDS.get(decision.action, ("neutral", "edit"))
    entry = {
        "title": _title(decision, hidden),
        "at": timezone.localtime(decision.at),
        "who": _who(decision),
        "kind": kind,
        "icon": icon,
        "text": "" if hidden else _text(decision),
    }
    if decision.action == A.SUBMIT and decision.version > 1:
        entry["url"] = (
            reverse("application_changes", args=[application.pk])
            + f"?from={decision.version - 1}&to={decision.version}"
        )
        entry["url_label"] = _("What changed since version %(version)d") % {"version": decision.version - 1}
    return entry


def _title(decision, hidden):
    if hidden and decision.action == A.SEND_BACK:
        return _("The second person asked the reviewer to look again")
    if hidden:
        return _("Reviewed; a second person decides next")
    title = str(Action(decision.action).label)
    if decision.action == A.SUBMIT:
        return _("%(step)s (version %(version)d)") % {"step": title, "version": decision.version}
    return title


def _who(decision):
    union = decision.union.name if decision.union_id else ""
    return " · ".join(part for part in (decision.actor_label, union) if part)


def _text(decision):
    """Reason, remarks and document; the reason of a return is often just its remarks."""
    lines = [f"{SECTIONS[remark['section']]}：{remark['text']}" for remark in decision.remark_rows]
    joined = "；".join(remark["text"] for remark in decision.remark_rows)
    if decision.reason and decision.reason != joined:
        lines.insert(0, decision.reason)
    if decision.document_id:
        lines.append(_("Document: %(number)s") % {"number": decision.document.label})
    return "\n".join(lines)


def last_remarks(decisions):
    """The remarks of the newest return that has not been answered by a submission, or []."""
    for decision in decisions:
        if decision.action == A.SUBMIT:
            break
        if decision.action in (A.RETURN, A.HAND_BACK):
            return decision.remark_rows
    return []


def steps(application, decisions):
    """The stages from the unit to the title, with the days on which they were passed."""
    newest = {}
    for decision in reversed(decisions):
        newest[decision.action, decision.from_tier] = decision
    with_unit = application.state in (State.DRAFT, State.RETURNED)
    at = 0 if with_unit else application.tier or 0
    closed = application.state in CLOSED
    stages = [_stage(_("Filled in by the unit"), 0, at, closed, newest.get((A.SUBMIT, None)), with_unit)]
    for tier in route(application):
        label = _label(application, tier)
        passed = next((newest[key] for key in newest if key[0] in PASSING and key[1] == tier), None)
        stages.append(_stage(label, tier, at, closed, passed, False))
    return [*stages, _last(application)]


PASSING = (A.CONFIRM, A.NAME_AT_BASE, A.ENDORSE, A.NAME, A.REJECT, A.REJECT_FINAL)


def route(application):
    """The tiers that the application passes, from the unit's own union to the one that grants."""
    columns = {
        Tier.BASE: application.union_id,
        Tier.COUNTY: application.county_id,
        Tier.CITY: application.city_id,
        Tier.PROVINCE: application.province_id,
    }
    return [tier for tier, union in columns.items() if union and tier <= application.level.tier]


def _label(application, tier):
    if tier == Tier.BASE:
        return _("Confirmed by the chair")
    union = {
        Tier.COUNTY: application.county,
        Tier.CITY: application.city,
        Tier.PROVINCE: application.province,
    }
    return _("Review: %(union)s") % {"union": union[tier].short_name}


def _stage(label, tier, at, closed, passed, with_unit):  # noqa: PLR0913 - one line of a small table
    if with_unit and tier == 0:
        return Step(label, "now")
    if passed is not None and (closed or at > tier):
        return Step(label, "done", timezone.localtime(passed.at).strftime("%Y-%m-%d"))
    if not closed and at == tier and tier:
        return Step(label, "now", _("now"))
    return Step(label, "todo")


def _last(application):
    if application.state == State.NAMED:
        return Step(_("Named"), "done", timezone.localtime(application.decided_at).strftime("%Y-%m-%d"))
    if application.state in CLOSED:
        return Step(str(application.get_state_display()), "now")
    if application.state == State.WAITLISTED:
        return Step(str(application.get_state_display()), "now")
    return Step(_("Named"), "todo")
