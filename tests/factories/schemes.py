"""Schemes of points and the years that use them."""

import json
from datetime import date

import factory
from django.utils import timezone

from reviews.choices import ScoreRule
from reviews.models import AssessmentScheme, AssessmentYear, SchemeItem
from studios.reference import FOLDER
from tests.factories.accounts import UserFactory
from tests.factories.studios import UnionFactory


def tongliao():
    """The default scheme as its file has it."""
    return json.loads((FOLDER / "assessment_scheme_tongliao.json").read_text(encoding="utf-8"))


class AssessmentSchemeFactory(factory.django.DjangoModelFactory):
    """A draft without items; ``published_scheme`` makes one that a year may use."""

    class Meta:
        model = AssessmentScheme

    union = factory.SubFactory(UnionFactory)
    code = factory.Sequence(lambda n: f"scheme-{n}")
    title = "年度考核评分标准"
    title_en = "Points of the yearly assessment"
    drafted_by = factory.SubFactory(UserFactory)


class SchemeItemFactory(factory.django.DjangoModelFactory):
    """An item of a hundred points for the assessor to judge."""

    class Meta:
        model = SchemeItem

    scheme = factory.SubFactory(AssessmentSchemeFactory)
    order = factory.Sequence(lambda n: n % 1000)
    code = factory.Sequence(lambda n: f"i{n}")
    title = "综合评价"
    title_en = "Overall"
    rule = ScoreRule.JUDGEMENT
    points = 100


def published_scheme(union, *, items=None, **fields):
    """A published scheme of a union with these items (dicts), those of the default scheme unless given."""
    scheme = AssessmentSchemeFactory(union=union, drafted_by=None, **fields)
    for item in tongliao()["items"] if items is None else items:
        SchemeItem.objects.create(scheme=scheme, **item)
    AssessmentScheme.objects.filter(pk=scheme.pk).update(
        published_by=UserFactory(name="发布人"), published_at=timezone.now()
    )
    scheme.refresh_from_db()
    return scheme


class AssessmentYearFactory(factory.django.DjangoModelFactory):
    """The calendar year 2025, opening in January 2026; give it a published ``scheme``."""

    class Meta:
        model = AssessmentYear

    union = factory.SelfAttribute("scheme.union")
    year = 2025
    period_since = date(2025, 1, 1)
    period_until = date(2025, 12, 31)
    opens_on = date(2026, 1, 5)
    report_due_on = date(2026, 2, 2)
    county_due_on = date(2026, 3, 2)
    city_due_on = date(2026, 4, 1)
