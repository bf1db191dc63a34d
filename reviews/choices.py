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


class ResultAction(models.TextChoices):
    """What the union above does with a result in the ledger, and what the unit answers."""

    VERIFY = "verify_result", _("verify")
    QUERY = "query_result", _("query")
    ANSWER = "answer_query", _("answer the query")


class AssessmentState(models.TextChoices):
    """Where a yearly assessment stands."""

    OPEN = "open", pgettext_lazy("assessment", "with the unit")
    REPORTED = "reported", pgettext_lazy("assessment", "reported")
    GRADED = "graded", pgettext_lazy("assessment", "graded, awaiting confirmation")
    CONCLUDED = "concluded", pgettext_lazy("assessment", "concluded")


class AssessmentAction(models.TextChoices):
    """The steps of a yearly assessment."""

    REPORT = "report_year", _("hand in the yearly report")
    RETURN = "return_report", _("return the report")
    GRADE = "grade_year", _("give the grade")
    REGRADE = "regrade_year", _("hand the grade back")
    CONFIRM = "confirm_grade", _("confirm the grade")
    CHANGE = "change_grade", _("conclude with another grade")
    MISSED = "conclude_unreported", _("conclude without a report")


class Grade(models.TextChoices):
    """The outcome of a yearly assessment."""

    EXCELLENT = "excellent", _("excellent")
    PASS = "pass", _("qualified")
    FAIL = "fail", _("failed")


class ScoreRule(models.TextChoices):
    """How an item of a scheme gives points (reference §3.7)."""

    DEDUCT = "deduct", _("deduct for what is missing")
    ALL_OR_NOTHING = "all_or_nothing", _("all or nothing")
    CHOICE = "choice", _("choice of a grade")
    BAND = "band", _("band with a range")
    PER_UNIT = "per_unit", _("points for each, up to a cap")
    PERCENT = "percent", _("by percentage")
    HIGHEST = "highest", _("highest only")
    SHARED = "shared", _("shared among authors")
    GATE = "gate", _("must be met")
    BONUS = "bonus", _("bonus")
    JUDGEMENT = "judgement", _("judgement")


class ObjectionState(models.TextChoices):
    """Where an objection to a notice stands."""

    RECEIVED = "received", _("received")
    UPHELD = "upheld", _("upheld")
    DISMISSED = "dismissed", _("dismissed")


class RevocationState(models.TextChoices):
    """Where a revocation stands: a flag is a machine's, a revocation is a person's."""

    OPEN = "open", pgettext_lazy("revocation", "being prepared")
    RECTIFYING = "rectifying", _("time to mend")
    ANSWERED = "answered", pgettext_lazy("revocation", "to be checked")
    CHECKED = "checked", pgettext_lazy("revocation", "checked, to be decided")
    PROPOSED = "proposed", _("proposed, awaiting a second person")
    REVOKED = "revoked", _("title revoked")
    DROPPED = "dropped", pgettext_lazy("revocation", "title kept")
    STOPPED = "stopped", _("stopped by a new result")


REVOCATION_CLOSED = (RevocationState.REVOKED, RevocationState.DROPPED, RevocationState.STOPPED)


class RevocationAction(models.TextChoices):
    """The steps by which a title is lost, or kept."""

    SERVE = "serve_notice", _("serve the notice")
    ANSWER = "answer_notice", _("answer the notice")
    LAPSE = "note_no_answer", _("note that no answer came")
    CHECK = "check_answer", _("check what was mended")
    EXTEND = "extend_time", _("give more time")
    PROPOSE = "propose_revoke", _("propose to revoke")
    REVOKE = "revoke", _("revoke the title")
    SEND_BACK = "send_back_case", _("send back to the reviewer")
    KEEP = "keep_title", _("keep the title")
    DISCARD = "discard_case", _("discard the case")
    STOP = "stop_case", _("stop: a new result counts")


class AnnulmentState(models.TextChoices):
    """Where the annulment of a whole decision stands (整批撤销)."""

    PROPOSED = "proposed", _("proposed, awaiting a second person")
    ANNULLED = "annulled", _("annulled")
    DROPPED = "dropped", pgettext_lazy("annulment", "dropped")


class AnnulmentAction(models.TextChoices):
    """What is done with a proposed annulment."""

    ANNUL = "annul", _("annul the decision")
    DROP = "drop_annulment", _("drop the annulment")


class ReturnedItem(models.TextChoices):
    """What a studio gives back when its title has ended."""

    PLAQUE = "plaque", _("plaque")
    CERTIFICATE = "certificate", _("certificate")
    APPROVAL_FORM = "approval_form", _("approval form")
    DECISION = "decision", _("naming decision")


class ChangeKind(models.TextChoices):
    """What can change about a studio or its unit (reference §1.7)."""

    LEADER = "leader", _("change of leader")
    RENAME = "rename", _("renaming of the studio")
    UNIT_RENAME = "unit_rename", _("renaming of the unit")
    UNIT_MOVE = "unit_move", _("unit moves to another union")
    UNIT_CLOSE = "unit_close", _("closing of the unit")
    MERGE = "merge", _("merger with another studio")
    SUSPEND = "suspend", _("suspension")
    RESUME = "resume", _("end of a suspension")
    END = "end", _("voluntary end")


class ChangeState(models.TextChoices):
    """Where a requested change stands; at which tier is a separate matter."""

    IN_REVIEW = "in_review", _("in review")
    APPROVED = "approved", pgettext_lazy("change", "approved")
    REFUSED = "refused", pgettext_lazy("change", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("change", "withdrawn")


class ChangeAction(models.TextChoices):
    """What unions and the unit do with a requested change."""

    ENDORSE = "endorse_change", _("support and pass on")
    APPROVE = "approve_change", _("approve the change")
    REFUSE = "refuse_change", _("refuse the change")
    WITHDRAW = "withdraw_change", _("withdraw the change")


class SubsidyState(models.TextChoices):
    """Where a subsidy stands."""

    PROPOSED = "proposed", _("proposed, awaiting a second person")
    REFUSED = "refused", pgettext_lazy("subsidy", "refused")
    GRANTED = "granted", pgettext_lazy("subsidy", "granted")
    REPORTED = "reported", pgettext_lazy("subsidy", "use reported")
    SETTLED = "settled", pgettext_lazy("subsidy", "settled")
    RECOVERING = "recovering", pgettext_lazy("subsidy", "being recovered")
    RECOVERED = "recovered", pgettext_lazy("subsidy", "recovered")


class SubsidyAction(models.TextChoices):
    """The steps of a subsidy."""

    GRANT = "grant_subsidy", _("grant the subsidy")
    REFUSE = "refuse_subsidy", _("refuse the subsidy")
    REPORT = "report_use", _("report the use")
    RETURN = "return_use", _("return the report on the use")
    SETTLE = "settle_subsidy", _("settle")
    RECOVER = "recover_subsidy", _("demand it back")
    RECOVERED = "note_recovered", _("note that it was paid back")


class SubsidyKind(models.TextChoices):
    """What a subsidy is given for (reference §7)."""

    ONE_OFF = "one_off", _("one-off subsidy")
    ANNUAL = "annual", _("annual subsidy")
    PROJECT = "project", _("project subsidy")
    REWARD = "reward", _("reward")
    ALLIANCE = "alliance", _("alliance subsidy")
    RECONFIRM = "reconfirm", _("subsidy on re-confirmation")


class ExpenseUse(models.TextChoices):
    """What subsidies may be used for (reference §7)."""

    TRAINING = "training", _("skills training")
    CONVERSION = "conversion", _("putting results to use")
    EQUIPMENT = "equipment", _("equipment")
    EXCHANGE = "exchange", _("exchange")
    RESEARCH = "research", _("problem solving")
    STUDY = "study", _("further study")
