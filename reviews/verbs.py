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
register("ruleset.load", _("rule set loaded"))
register("scheme.load", _("scheme of points loaded"))
register("scheme.draft", _("next version of a scheme drafted"))
register("scheme.edit", _("draft of a scheme changed"))
register("scheme.publish", _("scheme of points published"))
register("year.set", _("assessment year set"))
register("watch.raise", _("three years without a result: flag raised"))
register("watch.update", _("three years without a result: flag brought up to date"))
register("watch.prove", _("three years without a result: compared with the full answer"))
register("watch.clear", _("three years without a result: flag cleared"))
