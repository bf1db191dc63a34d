"""The words of review work. Imports nothing of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where an application stands; at which tier is a separate matter."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PROPOSED = "proposed", _("proposed, awaiting a second person")
    RETURNED = "returned", _("returned for correction")
    SHORTLISTED = "shortlisted", _("shortlisted")
    IN_NOTICE = "in_notice", _("in public notice")
    WAITLISTED = "waitlisted", _("on the waiting list")
    NAMED = "named", pgettext_lazy("state", "named")
    REJECTED = "rejected", _("rejected")
    REJECTED_FINAL = "rejected_final", _("rejected for good")
    WITHDRAWN = "withdrawn", _("withdrawn")


AT_A_TIER = (State.IN_REVIEW, State.PROPOSED, State.SHORTLISTED, State.IN_NOTICE, State.WAITLISTED)
CLOSED = (State.NAMED, State.REJECTED, State.REJECTED_FINAL, State.WITHDRAWN)
OPEN = tuple(state for state in State if state not in CLOSED)
WITH_THE_UNIT = (State.DRAFT, State.RETURNED)


class Action(models.TextChoices):
    """The steps of an application's way."""

    SUBMIT = "submit", _("submit")
    CONFIRM = "confirm", _("confirm and send up")
    NAME_AT_BASE = "name_at_base", _("name at base level")
    HAND_BACK = "hand_back", _("hand back to the clerk")
    TAKE = "take", _("take on")
    RETURN = "return", _("return for correction")
    PROPOSE_ENDORSE = "propose_endorse", _("recommend")
    PROPOSE_NAME = "propose_name", _("propose to name")
    PROPOSE_WAITLIST = "propose_waitlist", _("propose the waiting list")
    PROPOSE_REJECT = "propose_reject", _("propose to reject")
    PROPOSE_REJECT_FINAL = "propose_reject_final", _("propose to reject for good")
    ENDORSE = "endorse", _("approve the recommendation")
    NAME = "name", pgettext_lazy("act", "name")
    WAITLIST = "waitlist", _("put on the waiting list")
    REJECT = "reject", _("reject")
    REJECT_FINAL = "reject_final", _("reject for good")
    SEND_BACK = "send_back", _("send back to the reviewer")
    RECALL = "recall", _("take up again from the waiting list")
    WITHDRAW = "withdraw", _("withdraw")


class AccessState(models.TextChoices):
    """Where a new unit's request for access stands."""

    PENDING = "pending", _("waiting")
    GRANTED = "granted", _("confirmed")
    REFUSED = "refused", _("refused")


class AccessAction(models.TextChoices):
    """What a supervising union does with a request for access."""

    GRANT = "grant_access", _("confirm")
    REFUSE = "refuse_access", _("refuse")


class Verdict(models.TextChoices):
    """A reviewer's own judgement of a clause, beside the machine's finding."""

    MET = "met", _("met")
    SOFT = "soft", _("partly met")
    NOT_MET = "not_met", _("not met")


class RuleSetState(models.TextChoices):
    """A rule set is written, then published by a second person."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")


class AssessmentState(models.TextChoices):
    """Where a yearly assessment stands."""

    OPEN = "open", _("open")
    REPORTED = "reported", _("reported")
    CONCLUDED = "concluded", _("concluded")


class Grade(models.TextChoices):
    """The outcome of a yearly assessment."""

    EXCELLENT = "excellent", _("excellent")
    PASS = "pass", _("qualified")
    FAIL = "fail", _("failed")


class ObjectionState(models.TextChoices):
    """Where an objection to a notice stands."""

    RECEIVED = "received", _("received")
    UPHELD = "upheld", _("upheld")
    DISMISSED = "dismissed", _("dismissed")


class RevocationState(models.TextChoices):
    """Where a revocation stands: a flag is a machine's, a revocation is a person's."""

    OPEN = "open", _("opened")
    RECTIFYING = "rectifying", _("time to mend")
    PROPOSED = "proposed", _("proposed, awaiting a second person")
    REVOKED = "revoked", _("title revoked")
    DROPPED = "dropped", _("dropped")
