"""The acts of this app that are put on record."""

from django.utils.translation import gettext_lazy as _

from portal.audit.verbs import register
from reviews import choices as words

STEPS = {  # noun of a process -> its actions
    "application": words.Action,
    "access": words.AccessAction,
    "result": words.ResultAction,
    "assessment": words.AssessmentAction,
    "revocation": words.RevocationAction,
    "annulment": words.AnnulmentAction,
    "change": words.ChangeAction,
    "subsidy": words.SubsidyAction,
}
for noun, actions in STEPS.items():
    for action in actions:
        register(f"{noun}.{action}", action.label)
register("application.open", _("application opened"))
register("application.freeze", _("dossier frozen"))
register("application.judge", _("clause judged"))
register("application.write", _("statement written"))
register("access.ask", _("access asked for"))
register("change.ask", _("change asked for"))
register("change.apply", _("approved change in effect"))
register("recheck.open", _("clause to be met again"))
register("recheck.settle", _("clause met again"))
register("revocation.open", _("case of a title opened"))
register("annulment.propose", _("annulment of a decision proposed"))
register("return.record", _("noted what came back"))
register("budget.set", _("budget set"))
register("budget.change", _("another amount of a budget asked for"))
register("budget.agree", _("budget agreed to"))
register("subsidyscheme.draft", _("subsidy scheme drafted"))
register("subsidyscheme.edit", _("draft of a subsidy scheme changed"))
register("subsidyscheme.publish", _("subsidy scheme published"))
register("subsidy.propose", _("subsidy proposed"))
register("subsidy.pay", _("payment recorded"))
register("subsidy.reverse", _("payment reversed"))
register("subsidy.spend", _("expense entered"))
register("subsidy.unspend", _("expense taken out"))
register("subsidy.repay", _("repayment recorded"))
register("subsidy.stop", _("payments stopped: the title was revoked"))
register("ruleset.load", _("rule set loaded"))
register("scheme.load", _("scheme of points loaded"))
register("scheme.draft", _("next version of a scheme drafted"))
register("scheme.edit", _("draft of a scheme changed"))
register("scheme.publish", _("scheme of points published"))
register("year.set", _("assessment year set"))
register("year.open", _("yearly assessment opened"))
register("year.sample", _("sample of the yearly assessment drawn"))
register("assessment.write", _("yearly report written"))
register("assessment.score", _("yearly report scored"))
register("watch.raise", _("three years without a result: flag raised"))
register("watch.update", _("three years without a result: flag brought up to date"))
register("watch.prove", _("three years without a result: compared with the full answer"))
register("watch.clear", _("three years without a result: flag cleared"))
