"""Assessments; in life the job or the engine opens them. Schemes and years: ``tests.factories.schemes``."""

from datetime import timedelta

import factory
from django.utils import timezone

from reviews.models import Assessment
from studios.models import NamingLevel
from studios.services.namings import refresh_top_tier
from tests.factories.schemes import AssessmentYearFactory
from tests.factories.studios import NamingFactory, StudioFactory, UnitFactory


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
