"""The ways that applications of the made-up country went: which steps, by whom, and where each ended."""

from dataclasses import dataclass

from reviews.choices import AT_A_TIER, CLOSED, Action, State
from studios.choices import Tier

A, S = Action, State
CLERK, CHAIR, REVIEWER, APPROVER = "clerk", "chair", "reviewer", "approver"
MOVES = {  # action -> state after, who, whose act it confirms, how far up it goes (None: out of every union)
    A.SUBMIT: (S.IN_REVIEW, CLERK, None, "base"),
    A.CONFIRM: (S.IN_REVIEW, CHAIR, CLERK, "up"),
    A.NAME_AT_BASE: (S.NAMED, CHAIR, CLERK, None),
    A.TAKE: (S.IN_REVIEW, REVIEWER, None, "stay"),
    A.RETURN: (S.RETURNED, REVIEWER, None, None),
    A.PROPOSE_ENDORSE: (S.PROPOSED, REVIEWER, None, "stay"),
    A.PROPOSE_NAME: (S.PROPOSED, REVIEWER, None, "stay"),
    A.PROPOSE_REJECT: (S.PROPOSED, REVIEWER, None, "stay"),
    A.PROPOSE_WAITLIST: (S.PROPOSED, REVIEWER, None, "stay"),
    A.ENDORSE: (S.IN_REVIEW, APPROVER, REVIEWER, "up"),
    A.NAME: (S.NAMED, APPROVER, REVIEWER, None),
    A.REJECT: (S.REJECTED, APPROVER, REVIEWER, None),
    A.WAITLIST: (S.WAITLISTED, APPROVER, REVIEWER, "stay"),
    A.WITHDRAW: (S.WITHDRAWN, CLERK, None, None),
}
REASONS = {
    A.RETURN: "请补充成果证明材料后重新提交。",
    A.PROPOSE_REJECT: "近两年成果未达到规定条件。",
    A.REJECT: "同意审核意见，近两年成果未达到规定条件。",
    A.PROPOSE_WAITLIST: "名额已满，列入候补。",
    A.WITHDRAW: "本单位决定暂不申报。",
}


@dataclass(frozen=True)
class Flow:
    """One way through the table of transitions: its steps, and how the application stands at its end.

    A step is (action, from state, to state, from tier, to tier, place, who, second to, reason);
    ``place`` is the tier of the union where it was taken. ``after`` holds the ending's columns.
    """

    steps: tuple
    after: dict


def flow(*actions):
    """The flow of these actions, one after the other, with what the engine would have written."""
    state, tier, steps = S.DRAFT, None, []
    after = dict.fromkeys(("submitted_by", "confirmed_by", "reviewer", "proposed_by", "decided_by"))
    after |= {"submissions": 0, "reached_tier": 1, "arrives": 0, "proposal": "", "tier": None}
    for place, action in enumerate(actions):
        target, who, second, way = MOVES[action]
        to_tier = {"base": Tier.BASE, "stay": tier, None: None}.get(way, (tier or 0) + 1)
        at = Tier.BASE if who in (CLERK, CHAIR) else tier
        words = (str(action), str(state), str(target))
        steps.append((*words, tier, to_tier, int(at), who, second, REASONS.get(action, "")))
        _note(after, action, who, to_tier)
        if way != "stay":
            after["arrives"] = place
        if action == A.SUBMIT:
            after["submitted"] = place
        state, tier = target, to_tier
    after |= {
        "state": str(state),
        "tier": tier,
        "proposal": str(actions[-1]) if state == S.PROPOSED else "",
        "is_closed": state in CLOSED,
        "is_locking": state in AT_A_TIER,
    }
    return Flow(tuple(steps), after)


def _note(after, action, who, to_tier):
    """Who did what last, as the engine's effects keep it."""
    if action == A.SUBMIT:
        after.update(submitted_by=who, confirmed_by=None, proposed_by=None, decided_by=None, reviewer=None)
        after["submissions"] += 1
    elif action in (A.CONFIRM, A.NAME_AT_BASE):
        after.update(confirmed_by=who)
    elif action == A.TAKE:
        after.update(reviewer=who)
    elif who == REVIEWER and action != A.RETURN:
        after.update(reviewer=who, proposed_by=who, decided_by=None)
    elif who == APPROVER:
        after.update(decided_by=who, reviewer=None if action == A.ENDORSE else after["reviewer"])
    after["reached_tier"] = max(after["reached_tier"], to_tier or 1)


UP = (A.SUBMIT, A.CONFIRM, A.TAKE)
ON = (*UP, A.PROPOSE_ENDORSE, A.ENDORSE, A.TAKE)
AGAIN = (*UP, A.RETURN)
NAMED = {  # tier -> flows that end in a title
    1: [flow(A.SUBMIT, A.NAME_AT_BASE)],
    2: [*3 * [flow(*UP, A.PROPOSE_NAME, A.NAME)], flow(*AGAIN, *UP, A.PROPOSE_NAME, A.NAME)],
    3: [*3 * [flow(*ON, A.PROPOSE_NAME, A.NAME)], flow(*AGAIN, *ON, A.PROPOSE_NAME, A.NAME)],
}
CLOSED_WITHOUT = {  # tier aimed at -> flows that ended without a title
    1: [flow(A.SUBMIT, A.WITHDRAW)],
    2: [
        flow(*UP, A.PROPOSE_REJECT, A.REJECT),
        flow(*AGAIN, *UP, A.PROPOSE_REJECT, A.REJECT),
        flow(A.SUBMIT, A.CONFIRM, A.WITHDRAW),
    ],
    3: [flow(*UP, A.PROPOSE_REJECT, A.REJECT), flow(*ON, A.PROPOSE_REJECT, A.REJECT)],
}
UNDER_WAY = {  # tier aimed at -> flows that have not ended
    1: [flow(), flow(A.SUBMIT)],
    2: [
        flow(),
        flow(A.SUBMIT),
        flow(A.SUBMIT, A.CONFIRM),
        flow(*UP),
        flow(*AGAIN),
        flow(*AGAIN, A.SUBMIT, A.CONFIRM),
        flow(*UP, A.PROPOSE_NAME),
        flow(*UP, A.PROPOSE_WAITLIST, A.WAITLIST),
    ],
    3: [
        flow(),
        flow(A.SUBMIT, A.CONFIRM),
        flow(*UP, A.PROPOSE_ENDORSE),
        flow(*ON[:-1]),
        flow(*ON),
        flow(*ON, A.PROPOSE_NAME),
    ],
}
