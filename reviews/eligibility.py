"""A studio's standing under the rules: the live findings, or those frozen with a dossier."""

from dataclasses import dataclass

from django.utils import timezone

from reviews.models import Round, RuleSet
from reviews.rules.context import Context
from reviews.rules.registry import blocking, check
from studios.dossier import build


@dataclass(frozen=True)
class Standing:
    """The dossier as it is now, what the rules say of it, and which findings stop a submission."""

    dossier: dict
    findings: list
    ruleset: dict

    @property
    def blocking(self):
        """The findings that stop a submission."""
        return blocking(self.findings)


def context_for(level, dossier, on):
    """What the rules need to know besides the dossier."""
    return Context(
        level_code=level.code,
        level_tier=level.tier,
        requires_level=level.requires.code if level.requires_id else "",
        on=on,
        county_id=dossier["unit"]["county_id"],
    )


def standing(studio_id, level, *, ruleset=None, on=None):
    """Check a studio as it stands now against a level, by the RuleSet given or else in force."""
    on = on or timezone.localdate()
    ruleset = ruleset or RuleSet.objects.in_force(on)
    rules = ruleset.as_dict()
    dossier = build(studio_id)
    return Standing(dossier, check(dossier, context_for(level, dossier, on), rules), rules)


def standing_of(application, on=None):
    """The live standing for an application; computed once for the row in hand."""
    kept = application.__dict__.get("_standing")
    if kept is None:
        kept = standing(application.studio_id, application.level, ruleset=application.ruleset, on=on)
        application._standing = kept
    return kept


def open_round(level, on=None):
    """The round that takes applications at a level now, or None."""
    return Round.objects.taking(level, on).order_by("closes_on", "pk").first()
