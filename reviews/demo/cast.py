"""The people everybody meets first: one a role and place, the same in the tests."""

from dataclasses import dataclass

from studios.choices import Role

PASSWORD = "studio-demo-2026"

CITY = "150500"
PLACES = {"city": CITY, "county": "150502", "other_county": "150525", "industry": "150500-JKW"}


@dataclass(frozen=True)
class Character:
    """``key`` is the name in code, ``place`` where they are appointed; demo_accounts lists the ``shown``."""

    key: str
    username: str
    name: str
    role: Role | None
    place: str
    shown: bool = True
    is_staff: bool = False


CAST = (
    Character("unit_clerk", "clerk", "韩雪柠", Role.UNIT_CLERK, "unit"),
    Character("unit_chair", "chair", "宝音满达", Role.UNIT_CHAIR, "unit"),
    Character("ready_clerk", "clerk2", "孟宪垠", Role.UNIT_CLERK, "ready_unit"),
    Character("ready_chair", "chair2", "阿拉坦其木格", Role.UNIT_CHAIR, "ready_unit"),
    Character("other_unit_clerk", "other-clerk", "包·阿木尔达来", Role.UNIT_CLERK, "other_unit", shown=False),
    Character("other_unit_chair", "other-chair", "邵立垚", Role.UNIT_CHAIR, "other_unit", shown=False),
    Character("industry_clerk", "industry-clerk", "佟雅筝", Role.UNIT_CLERK, "industry_unit", shown=False),
    Character("industry_chair", "industry-chair", "满都呼", Role.UNIT_CHAIR, "industry_unit", shown=False),
    Character("county_reviewer", "county-reviewer", "苏德娜", Role.COUNTY_REVIEWER, "county"),
    Character("county_approver", "county-approver", "郭振沛", Role.COUNTY_APPROVER, "county"),
    Character("other_county_reviewer", "naiman-reviewer", "毕力根达来", Role.COUNTY_REVIEWER, "other_county"),
    Character(
        "other_county_approver",
        "naiman-approver",
        "齐淑桦",
        Role.COUNTY_APPROVER,
        "other_county",
        shown=False,
    ),
    Character("industry_reviewer", "jkw-reviewer", "冯雅筠", Role.COUNTY_REVIEWER, "industry", shown=False),
    Character("industry_approver", "jkw-approver", "吉日木图", Role.COUNTY_APPROVER, "industry", shown=False),
    Character("city_reviewer", "city-reviewer", "陈致宁", Role.CITY_REVIEWER, "city"),
    Character("city_approver", "city-approver", "敖登托雅", Role.CITY_APPROVER, "city"),
    Character("roster_admin", "roster", "田雯婧", Role.ROSTER_ADMIN, "city"),
    Character("auditor", "auditor", "卢国砚", Role.AUDITOR, "city"),
    Character("system_admin", "admin", "那顺德力格", Role.SYSTEM_ADMIN, "city", is_staff=True),
)
