"""`python -m tests.browser.stage_years STUDIO`: a studio with a county title, and its year opened.

The year is that of today in the demonstration's city; what the nightly job does opens it.
"""

import json
import sys

import django


def main(studio_pk):
    django.setup()
    from django.db import transaction

    with transaction.atomic():
        print(json.dumps(set_up(studio_pk), ensure_ascii=False))  # noqa: T201 - read by the fixture


def set_up(studio_pk):
    """The id of the studio's open assessment and its year."""
    from django.utils import timezone

    from reviews.models import Assessment, AssessmentYear
    from reviews.services.year_opening import open_year
    from studios.models import Naming, NamingLevel, Studio
    from studios.services.namings import refresh_top_tier
    from tests.factories.studios import NamingFactory
    from tests.factories.years import AssessmentSchemeFactory, AssessmentYearFactory

    studio, today = Studio.objects.get(pk=studio_pk), timezone.localdate()
    base = Naming.objects.get(studio=studio, level__code="base")
    level = NamingLevel.objects.get(code="county")
    NamingFactory(studio=studio, level=level, granted_by=studio.county, since=today, basis=base)
    refresh_top_tier(studio.pk)
    campaign = AssessmentYear.objects.filter(union=studio.city, year=today.year).first()
    if campaign is None:
        scheme = AssessmentSchemeFactory(union=studio.city)
        campaign = AssessmentYearFactory(
            union=studio.city, scheme=scheme, opens_on=today, excellent_percent=100, year=today.year
        )
    open_year(campaign.pk, today)
    found = Assessment.objects.get(studio=studio, year=campaign.year)
    return {"assessment": found.pk, "year": campaign.year}


if __name__ == "__main__":
    main(int(sys.argv[1]))
