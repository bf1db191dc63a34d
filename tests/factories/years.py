"""Years of assessment and their schemes; assessments themselves are opened by the job or the engine."""

from datetime import timedelta

import factory
from django.utils import timezone

from reviews.models import Assessment, AssessmentScheme, AssessmentYear, SchemeItem
from studios.models import NamingLevel
from studios.services.namings import refresh_top_tier
from tests.factories.studios import NamingFactory, StudioFactory, UnionFactory, UnitFactory

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


class AssessmentSchemeFactory(factory.django.DjangoModelFactory):
    """A scheme of three items that nobody has published; qualified from 60, excellent from 85."""

    class Meta:
        model = AssessmentScheme
        skip_postgeneration_save = True

    union = factory.SubFactory(UnionFactory)
    code = factory.Sequence(lambda n: f"points-{n}")
    title = "年度考核评分标准"

    @factory.post_generation
    def items(self, create, extracted, **kwargs):
        """The items; ``items=()`` for a scheme without points."""
        for order, item in enumerate(ITEMS if extracted is None else extracted, 1):
            SchemeItem.objects.create(scheme=self, order=order, **item)


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


class AssessmentFactory(factory.django.DjangoModelFactory):
    """An open assessment of a studio with a title."""

    class Meta:
        model = Assessment

    campaign = factory.SubFactory(AssessmentYearFactory)
    studio = factory.SubFactory(StudioFactory)
    union = factory.SelfAttribute("studio.union")
    year = factory.LazyAttribute(lambda row: row.campaign.year if row.campaign else timezone.localdate().year)


def titled_studio(county, *, unit=None, since=None, until=None, **fields):
    """A studio of a new unit of ``county`` with a county title."""
    unit = unit or UnitFactory(parent=county)
    studio = StudioFactory(union=unit.union, **fields)
    since = since or timezone.localdate() - timedelta(days=400)
    base = NamingFactory(studio=studio, since=since)
    level = NamingLevel.objects.get(code="county")
    ending = {"until": until, "end_reason": "voluntary"} if until else {}
    NamingFactory(studio=studio, level=level, granted_by=county, basis=base, since=since, **ending)
    refresh_top_tier(studio.pk)
    return studio
