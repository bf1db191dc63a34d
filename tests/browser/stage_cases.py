"""`python -m tests.browser.stage_cases title|night …`: titles before the clock, in a running portal.

``title N``: N units of 科尔沁区, each with a county title of six years whose last result is five years old;
one JSON line each. ``night STUDIO``: the nightly look at the cases of a studio.
"""

import json
import random
import sys

import django


def main(what, number):
    django.setup()
    from django.db import transaction

    with transaction.atomic():
        if what == "night":
            from reviews.tasks_cases import stop_cases_of

            stop_cases_of(number)
            return
        first = random.randrange(1_000_000)
        for row in [set_up(first + n) for n in range(number)]:
            print(json.dumps(row, ensure_ascii=False))  # noqa: T201 - read by the fixture


def set_up(number):
    """A unit with clerk and chair, and its studio with the titles."""
    from studios.models import Union
    from studios.services.namings import refresh_top_tier
    from tests.browser.stage import people_of
    from tests.factories import cases
    from tests.factories.accounts import PASSWORD
    from tests.factories.studios import UnitFactory, credit_code

    number += 2_000_000
    unit = UnitFactory(
        parent=Union.objects.get(code="150502"),
        name=f"通辽舞台{number}号机械有限公司",
        credit_code=credit_code(number),
        union__code=f"stage-{number}",
    )
    clerk, _chair = people_of(unit, number)
    studio = cases.titled(unit, by=None, short_name=f"舞台{number}号职工创新工作室")
    refresh_top_tier(studio.pk)
    return {
        "studio": studio.pk,
        "name": studio.short_name,
        "clerk": clerk.username,
        "password": PASSWORD,
    }


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
