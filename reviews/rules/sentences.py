"""Findings in the reader's language, made when a page is shown: a frozen finding holds no sentences."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from reviews.rules.findings import Verdict
from reviews.rules.wording.details import DETAILS
from reviews.rules.wording.found import FOUND
from reviews.rules.wording.lacking import LACKING
from reviews.rules.wording.needed import NEEDED

VERDICTS = {
    Verdict.MET: _("Met"),
    Verdict.SOFT: _("Met in part"),
    Verdict.NOT_MET: _("Not met"),
    Verdict.JUDGE: _("For a person to judge"),
}


@dataclass(frozen=True)
class Lack:
    """One thing to supply, as a sentence, and the section of the form where it goes."""

    sentence: str
    section: str


@dataclass(frozen=True)
class Explanation:
    """A finding as sentences in the language active when it was made."""

    verdict: str
    found: str
    details: tuple
    needed: str
    missing: tuple


def explain(finding):
    """Everything a page shows of a finding."""
    return Explanation(
        verdict=str(VERDICTS[finding.verdict]),
        found=found(finding),
        details=details(finding),
        needed=needed(finding),
        missing=tuple(Lack(missing(item), item.section) for item in finding.missing),
    )


def found(finding):
    """What was found."""
    return FOUND[finding.code](finding.values)


def needed(finding):
    """What the clause asks for, with the thresholds of the day."""
    return NEEDED[_subject(finding)](finding.values)


def details(finding):
    """Further lines on how the finding came about; often none."""
    lines = DETAILS.get(_subject(finding))
    return tuple(lines(finding.values)) if lines else ()


def missing(item):
    """What to supply, from one of ``finding.missing``."""
    return LACKING[item.code](item.values)


def _subject(finding):
    return finding.code.partition(".")[0]
