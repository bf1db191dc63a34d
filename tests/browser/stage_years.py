"""`python -m tests.browser.stage_years`: a city with its yearly assessment open, in a running portal.

A city of its own, for the demonstration has its years: with a county, a unit whose studio holds
a county title, and the people that a report passes. The year is that of today; what the nightly job does
opens it. Prints one JSON line.
"""

import json
import random

import django

FIRST = 3_000_000  # above the numbers of the other stages


def main():
    django.setup()
    from django.db import transaction

    with transaction.atomic():
        made = set_up(FIRST + random.randrange(1_000_000))
        print(json.dumps(made, ensure_ascii=False))  # noqa: T201 - read by the fixture


def set_up(number):
    """The year, the studio's name, and who writes, grades and concludes its report."""
    from django.utils import timezone

    from reviews.services.year_opening import open_year
    from studios.choices import Role
    from tests.browser.stage import people_of
    from tests.factories.accounts import PASSWORD
    from tests.factories.schemes import AssessmentSchemeFactory, AssessmentYearFactory

    today = timezone.localdate()
    city, county, unit = places(number)
    clerk, _chair = people_of(unit, number)
    studio = studio_of(unit, number, clerk)
    scheme = AssessmentSchemeFactory(union=city)
    campaign = AssessmentYearFactory(
        union=city, scheme=scheme, opens_on=today, excellent_percent=100, year=today.year
    )
    open_year(campaign.pk, today)
    return {
        "year": campaign.year,
        "name": studio.short_name,
        "clerk": clerk.username,
        "reviewer": appointed("reviewer", number, county, Role.COUNTY_REVIEWER),
        "approver": appointed("approver", number, city, Role.CITY_APPROVER),
        "password": PASSWORD,
    }


def places(number):
    """A city beside that of the demonstration, a county and a unit."""
    from reviews.demo.cast import CITY
    from studios.choices import Tier
    from studios.models import Union
    from tests.factories.studios import UnionFactory, UnitFactory, credit_code

    def union(tier, parent, name):
        return UnionFactory(
            tier=tier,
            parent=parent,
            code=f"stage-{tier}-{number}",
            name=name,
            document_prefix=f"舞{tier}{number}工发",
        )

    city = union(Tier.CITY, Union.objects.get(code=CITY).parent, f"舞台{number}市总工会")
    county = union(Tier.COUNTY, city, f"舞台{number}旗总工会")
    unit = UnitFactory(
        parent=county,
        name=f"舞台{number}号机械有限公司",
        credit_code=credit_code(number),
        union__code=f"stage-{number}",
    )
    return city, county, unit


def studio_of(unit, number, clerk):
    """A studio with a full dossier and a county title."""
    from studios.models import Evidence
    from tests import cast
    from tests.browser.stage import picture
    from tests.factories.studios import EvidenceFactory

    EvidenceFactory.reset_sequence(number * 100)  # no file of another studio
    studio = cast.studio_ready_for(
        "city",
        unit,
        by=clerk,
        short_name=f"舞台{number}号劳模创新工作室",
        official_name=f"{unit.name}舞台{number}号劳模创新工作室",
    )
    stored = picture()
    Evidence.objects.filter(studio=studio).update(stored=stored, thumb=stored, preview=stored)
    return studio


def appointed(what, number, union, role):
    """The user name of somebody with a role at a union."""
    from tests.factories.accounts import UserFactory
    from tests.factories.studios import AppointmentFactory

    user = UserFactory(username=f"stage-year-{what}-{number}", name=f"舞台{number}号审核")
    AppointmentFactory(user=user, union=union, role=role)
    return user.username


if __name__ == "__main__":
    main()
