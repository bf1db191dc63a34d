"""Who hears of a step about a result of the ledger: its unit, or the reviewers who asked."""

from django.urls import reverse

from reviews import letters_results as letters
from reviews.choices import ResultAction as A
from reviews.models.places import supervisor_of
from reviews.services.speaking import Speaker
from studios.permissions import CHANGE_STUDIO, REVIEW_APPLICATION
from studios.services.people import people_in

UNIT_HEARS = {A.VERIFY: letters.VERIFIED, A.QUERY: letters.QUERIED}


def values_of(decision):
    """What the texts mention."""
    result = decision.achievement
    return {
        "result": result.title,
        "studio": result.studio.short_name,
        "union": decision.union,
        "reason": decision.reason,
    }


def audiences(decision):
    """(text, people, address)."""
    result = decision.achievement
    page = reverse("result_detail", args=[result.pk])
    if decision.action == A.ANSWER:
        _tier, union = supervisor_of(result)
        yield letters.ANSWERED, people_in(union, REVIEW_APPLICATION), page
    else:
        yield UNIT_HEARS[decision.action], people_in(result.union_id, CHANGE_STUDIO), page


SPEAKER = Speaker(values_of, audiences)
