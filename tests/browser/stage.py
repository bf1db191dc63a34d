"""`python -m tests.browser.stage NUMBER`: units with a studio ready for the county, in a running portal.

Takes its database from the environment of that run; prints one JSON line a unit.
"""

import json
import random
import sys
import tempfile
from pathlib import Path

import django


def main(number):
    django.setup()
    from django.db import transaction

    with transaction.atomic():
        first = random.randrange(1_000_000)  # other units than those of another process or session
        for row in [set_up(first + n) for n in range(number)]:
            print(json.dumps(row, ensure_ascii=False))  # noqa: T201 - read by the fixture


def second_approver(number):
    """The user name of another approver at 科尔沁区."""
    from studios.choices import Role
    from studios.models import Union
    from tests.factories.accounts import UserFactory
    from tests.factories.studios import AppointmentFactory

    user = UserFactory(username=f"stage-approver-{number}", name="温如海")
    AppointmentFactory(user=user, union=Union.objects.get(code="150502"), role=Role.COUNTY_APPROVER)
    return user.username


def set_up(number):
    """A unit of 科尔沁区 with clerk, chair and a studio, named at base level, complete for the county.

    An approver of the county comes with it, a second one beside that of the demonstration.
    """
    from studios.models import Evidence, Union
    from tests import cast
    from tests.factories.accounts import PASSWORD
    from tests.factories.studios import EvidenceFactory, UnitFactory, credit_code

    EvidenceFactory.reset_sequence(number * 100)  # no file of another studio
    unit = UnitFactory(
        parent=Union.objects.get(code="150502"),
        name=f"通辽舞台{number}号机械有限公司",
        credit_code=credit_code(9_000_000 + number % 1_000_000),
        union__code=f"stage-{number}",
    )
    clerk, chair = people_of(unit, number)
    studio = cast.studio_ready_for(
        "county",
        unit,
        by=clerk,
        short_name=f"舞台{number}号劳模创新工作室",
        official_name=f"{unit.name}舞台{number}号劳模创新工作室",
        leader_name="秦沐川",
    )
    stored = picture()
    Evidence.objects.filter(studio=studio).update(stored=stored, thumb=stored, preview=stored)
    return {
        "unit": unit.pk,
        "studio": studio.pk,
        "name": studio.short_name,
        "clerk": clerk.username,
        "chair": chair.username,
        "approver": second_approver(number),
        "password": PASSWORD,
    }


def people_of(unit, number):
    """The unit's clerk and chair."""
    from studios.choices import Role
    from tests.factories.accounts import UserFactory
    from tests.factories.studios import AppointmentFactory

    clerk = UserFactory(username=f"stage-clerk-{number}", name=f"经办{number}号")
    chair = UserFactory(username=f"stage-chair-{number}", name=f"主席{number}号")
    AppointmentFactory(user=clerk, union=unit.union, role=Role.UNIT_CLERK)
    AppointmentFactory(user=chair, union=unit.union, role=Role.UNIT_CHAIR)
    return clerk, chair


def picture():
    """The stored name of a real picture."""
    from portal.files import store
    from portal.files.kinds import KINDS
    from tests.files import makers

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "photo.jpg"
        path.write_bytes(makers.jpeg())
        return store.keep(path, KINDS["jpeg"]).name


if __name__ == "__main__":
    main(int(sys.argv[1]))
