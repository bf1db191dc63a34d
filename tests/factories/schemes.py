"""Schemes of points and the years that use them."""

import json
from datetime import timedelta

import factory
from django.utils import timezone

from reviews.choices import ScoreRule
from reviews.models import AssessmentScheme, AssessmentYear, SchemeItem
from studios.reference import FOLDER
from tests.factories.accounts import UserFactory
from tests.factories.studios import UnionFactory

ITEMS = (  # a gate counted by the ledger, a judgement, a bonus
    {
        "code": "projects",
        "title": "课题攻关",
        "title_en": "Projects",
        "rule": "per_unit",
        "points": 40,
        "is_gate": True,
        "params": {
            "gate_from": 20,
            "rows": [{"code": "project", "title": "当年课题", "points": 20, "fact": "projects"}],
        },
    },
    {"code": "team", "title": "团队结构", "title_en": "Team", "rule": "judgement", "points": 60},
    {
        "code": "media",
        "title": "媒体报道",
        "title_en": "Media",
        "rule": "bonus",
        "points": 5,
        "params": {"rows": [{"code": "report", "title": "报道", "points": 1}]},
    },
)


def tongliao():
    """The default scheme as its file has it."""
    return json.loads((FOLDER / "assessment_scheme_tongliao.json").read_text(encoding="utf-8"))


class AssessmentSchemeFactory(factory.django.DjangoModelFactory):
    """A draft of three items, qualified from 60, excellent from 85; see ``published_scheme``."""

    class Meta:
        model = AssessmentScheme
        skip_postgeneration_save = True

    union = factory.SubFactory(UnionFactory)
    code = factory.Sequence(lambda n: f"scheme-{n}")
    title = "年度考核评分标准"
    title_en = "Points of the yearly assessment"

    @factory.post_generation
    def items(self, create, extracted, **kwargs):
        """The items (dicts); ``items=()`` for a scheme without points."""
        for order, item in enumerate(ITEMS if extracted is None else extracted, 1):
            SchemeItem.objects.create(**{"scheme": self, "order": order, **item})


class SchemeItemFactory(factory.django.DjangoModelFactory):
    """An item of a hundred points for the assessor to judge."""

    class Meta:
        model = SchemeItem

    scheme = factory.SubFactory(AssessmentSchemeFactory, items=())
    order = factory.Sequence(lambda n: n % 1000)
    code = factory.Sequence(lambda n: f"i{n}")
    title = "综合评价"
    title_en = "Overall"
    rule = ScoreRule.JUDGEMENT
    points = 100


def published_scheme(union, *, items=None, **fields):
    """A published scheme of a union with these items (dicts), those of the default scheme unless given."""
    items = tongliao()["items"] if items is None else items
    scheme = AssessmentSchemeFactory(union=union, items=items, **fields)
    AssessmentScheme.objects.filter(pk=scheme.pk).update(
        published_by=UserFactory(name="发布人"), published_at=timezone.now()
    )
    scheme.refresh_from_db()
    return scheme


class AssessmentYearFactory(factory.django.DjangoModelFactory):
    """The year that runs: opened ten days ago, reports due in twenty."""

    class Meta:
        model = AssessmentYear

    union = factory.SubFactory(UnionFactory)
    scheme = factory.SubFactory(AssessmentSchemeFactory, union=factory.SelfAttribute("..union"))
    year = factory.LazyFunction(lambda: timezone.localdate().year)
    period_since = factory.LazyAttribute(
        lambda year: timezone.localdate().replace(year=year.year, month=1, day=1)
    )
    period_until = factory.LazyAttribute(
        lambda year: timezone.localdate().replace(year=year.year, month=12, day=31)
    )
    opens_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=10))
    report_due_on = factory.LazyAttribute(lambda year: year.opens_on + timedelta(days=30))
    county_due_on = factory.LazyAttribute(lambda year: year.report_due_on + timedelta(days=20))
    city_due_on = factory.LazyAttribute(lambda year: year.county_due_on + timedelta(days=20))
