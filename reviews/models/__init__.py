"""All models of what is decided, by one name each."""

from reviews.models.access import AccessRequest
from reviews.models.application import Application, ApplicationCounter, Dossier, Finding, Round
from reviews.models.assessment import Assessment, AssessmentScheme, AssessmentYear, SchemeItem, Score
from reviews.models.change import ChangeRequest, Recheck
from reviews.models.decision import Decision, Judgement, Remark
from reviews.models.files import CaseFile
from reviews.models.notices import Objection, PublicNotice
from reviews.models.revocation import Annulment, ReturnDue, Revocation
from reviews.models.rules import RuleClause, RuleSet
from reviews.models.subsidy import Budget, Expense, Instalment, Payment, Repayment, Subsidy, SubsidyScheme
from reviews.models.watch import DormancyFlag, WatchClock, WatchRun, WatchTouch

__all__ = [
    "AccessRequest",
    "Annulment",
    "Application",
    "ApplicationCounter",
    "Assessment",
    "AssessmentScheme",
    "AssessmentYear",
    "Budget",
    "CaseFile",
    "ChangeRequest",
    "Decision",
    "DormancyFlag",
    "Dossier",
    "Expense",
    "Finding",
    "Instalment",
    "Judgement",
    "Objection",
    "Payment",
    "PublicNotice",
    "Recheck",
    "Remark",
    "Repayment",
    "ReturnDue",
    "Revocation",
    "Round",
    "RuleClause",
    "RuleSet",
    "SchemeItem",
    "Score",
    "Subsidy",
    "SubsidyScheme",
    "WatchClock",
    "WatchRun",
    "WatchTouch",
]
