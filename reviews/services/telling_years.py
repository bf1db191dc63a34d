"""Who is told of a step of a yearly assessment, and what."""

from django.urls import reverse

from reviews import letters_years as letters
from reviews.choices import AssessmentAction as A
from reviews.choices import Grade
from reviews.services.speaking import Speaker
from studios.models import Union
from studios.permissions import (
    APPROVE_APPLICATION,
    CONFIRM_APPLICATION,
    REVIEW_APPLICATION,
    SUBMIT_APPLICATION,
)
from studios.services.people import people_in


def values_of(decision):
    """What the texts may mention."""
    assessment = decision.assessment
    grades = dict(Grade.choices)
    return {
        "studio": assessment.studio.short_name,
        "year": assessment.year,
        "union": decision.union,
        "actor": decision.actor_label,
        "reason": decision.reason,
        "proposed": grades.get(assessment.proposed_grade, "—"),
        "grade": grades.get(assessment.grade, "—"),
    }


def audiences(decision):
    """(text, people, address), the person who has to act first."""
    assessment, action = decision.assessment, decision.action
    page = reverse("assessment_detail", args=[assessment.pk])
    unit = people_in(assessment.union, SUBMIT_APPLICATION, CONFIRM_APPLICATION)
    above = Union.objects.get(pk=assessment.supervisor()[1])
    if action == A.REPORT:
        yield letters.REPORTED, people_in(above, REVIEW_APPLICATION), page
    elif action == A.RETURN:
        yield letters.RETURNED, unit, page
    elif action == A.GRADE:
        top = Union.objects.get(pk=assessment.top_office()[1])
        yield letters.GRADED, people_in(top, APPROVE_APPLICATION), page
    elif action == A.REGRADE:
        yield letters.REGRADE, people_in(above, REVIEW_APPLICATION), page
    else:
        yield letters.FAILED if assessment.grade == Grade.FAIL else letters.CONCLUDED, unit, page
        if action == A.CHANGE:
            yield letters.CHANGED, people_in(above, REVIEW_APPLICATION), page


SPEAKER = Speaker(values_of, audiences)
