"""All models of what is decided, by one name each."""

from reviews.models.access import AccessRequest
from reviews.models.application import Application, ApplicationCounter, Dossier, Finding, Round
from reviews.models.decision import Decision, Judgement, Remark
from reviews.models.rules import RuleClause, RuleSet
from reviews.models.watch import Assessment, DormancyFlag, Objection, PublicNotice, Revocation

__all__ = [
    "AccessRequest",
    "Application",
    "ApplicationCounter",
    "Assessment",
    "Decision",
    "DormancyFlag",
    "Dossier",
    "Finding",
    "Judgement",
    "Objection",
    "PublicNotice",
    "Remark",
    "Revocation",
    "Round",
    "RuleClause",
    "RuleSet",
]
