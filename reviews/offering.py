"""What a page offers a person to do: the engine's offers in words, without those of another place."""

import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from reviews.choices import CLOSED, Action, State
from reviews.workflow.engine import may, offers
from reviews.workflow.guards import next_tier
from reviews.workflow.table import NAMING
from studios.choices import Tier

A = Action
PLACING = {"above_base", "at_base", "aims_at_base", "aims_above_base", "last_tier", "not_last_tier"}
HINTS = {
    A.SUBMIT: _("The dossier is frozen as it is now and goes to your union's chair."),
    A.CONFIRM: _("It goes to %(above)s for review."),
    A.NAME_AT_BASE: _("The studio is named at base level from today on."),
    A.HAND_BACK: _("Only the sections you name are opened again."),
    A.RETURN: _("Only the sections you name are opened again; afterwards it comes back to you."),
    A.PROPOSE_ENDORSE: _("A second person of your union signs; then it goes to %(above)s."),
    A.PROPOSE_NAME: _("A second person of your union signs; then the title is granted."),
    A.PROPOSE_WAITLIST: _("A second person of your union signs; it can be taken up again later."),
    A.PROPOSE_REJECT: _("A second person of your union signs; the studio may apply again."),
    A.PROPOSE_REJECT_FINAL: _("A second person of your union signs; not again in this round."),
    A.ENDORSE: _("It goes to %(above)s for review."),
    A.NAME: _("The title is granted with the document below."),
    A.WAITLIST: _("It stays with you and can be taken up again."),
    A.REJECT: _("The application is closed; the studio may apply again."),
    A.REJECT_FINAL: _("The application is closed; the studio cannot apply again in this round."),
    A.SEND_BACK: _("The reviewer looks at it again; your reason goes with it."),
    A.RECALL: _("It is under review again."),
    A.WITHDRAW: _("The application is closed. You can open a new one."),
}
TODO = (  # what the button of a list says, by the first action of these that the person's role has
    (A.NAME, _("Countersign")),
    (A.NAME_AT_BASE, _("Confirm")),
    (A.PROPOSE_NAME, _("Review")),
    (A.RECALL, _("Look again")),
    (A.SUBMIT, _("Fill in and submit")),
)
ORDER = (  # of the cards: what the reviewer hopes for first, the harder conclusions last
    A.PROPOSE_ENDORSE,
    A.PROPOSE_NAME,
    A.RETURN,
    A.PROPOSE_WAITLIST,
    A.PROPOSE_REJECT,
    A.PROPOSE_REJECT_FINAL,
)
PHRASES = {
    "review": (
        _("Checked: the documents are complete and true, the conditions are met."),
        _("The conditions are met on the whole; the open points are named above."),
    ),
    "approve": (_("Agreed."), _("Agreed with the reviewer's opinion.")),
    "unit": (_("The content is true; confirmed."),),
}


@dataclass(frozen=True)
class Choice:
    """One card. ``obstacle`` disables it; ``asks_again``: a second look before it is done."""

    action: str
    label: str
    hint: str
    obstacle: str
    needs_reason: bool
    needs_remarks: bool
    takes_document: bool
    asks_again: bool
    asks: tuple = ()

    @property
    def needs(self):
        """What of the form belongs to this step, as the page's script reads it."""
        flags = {
            "needs_reason": self.needs_reason,
            "needs_remarks": self.needs_remarks,
            "takes_document": self.takes_document,
        }
        return " ".join(
            [*(name for name, on in flags.items() if on), *(f"asks_{name}" for name in self.asks)]
        )


def asks_again(step):
    """Whether a step is negative, final or a second signature: then the person confirms it once more."""
    return step.is_negative or step.target in CLOSED or step.is_second_person


def belongs_here(step, application, actor):
    """Whether the step is of this place at all, whatever else may be missing for it."""
    return all(
        guard.holds(application, actor)
        for guard in step.guards
        if guard.name in PLACING or guard.name.startswith("proposed_")
    )


def choices_for(application, actor):
    """``Choice`` for every step that the person's role could take here and now."""
    above = name_above(application)
    found = [
        Choice(
            action=str(offer.action),
            label=str(offer.action.label),
            hint=str(HINTS.get(offer.action, "")) % {"above": above},
            obstacle=offer.obstacle,
            needs_reason=offer.step.needs_reason and not offer.step.needs_remarks,
            needs_remarks=offer.step.needs_remarks,
            takes_document=offer.step.takes_document,
            asks_again=asks_again(offer.step),
        )
        for offer in offers(application, actor)
        if belongs_here(offer.step, application, actor)
    ]
    return sorted(found, key=lambda choice: ORDER.index(choice.action) if choice.action in ORDER else -1)


def name_above(application):
    """The name of the union it would go to next, "" at the top."""
    union = {
        Tier.COUNTY: application.county,
        Tier.CITY: application.city,
        Tier.PROVINCE: application.province,
    }
    found = union.get(next_tier(application))
    return found.name if found else ""


def todo(application, actor):
    """What the button of a list row says and whether it is the person's turn; asks the database nothing."""
    own_proposal = application.state == State.PROPOSED and application.proposed_by_id == actor.pk
    if not own_proposal:
        for action, label in TODO:
            step = NAMING[action]
            if application.state in step.sources and may(application, step, actor):
                return _button(application, actor, action, label), True
    return now_("Open"), False


def _button(application, actor, action, label):
    if action == A.PROPOSE_NAME and application.reviewer_id:
        return now_("Go on reviewing") if application.reviewer_id == actor.pk else now_("Look at it")
    if action == A.SUBMIT and application.state == State.RETURNED:
        return now_("Mend and submit again")
    return str(label)


def phrases_for(application, choices):
    """Ready sentences for the opinion, by who is writing."""
    if application.tier == Tier.BASE:
        return PHRASES["unit"]
    return PHRASES["approve"] if application.state == State.PROPOSED else PHRASES["review"] if choices else ()


def new_form_key():
    """The key by which one rendered form acts once."""
    return str(uuid.uuid4())
