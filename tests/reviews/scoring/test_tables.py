"""The tables of other offices and our own default, as schemes."""

from decimal import Decimal

import pytest

from reviews.choices import Grade
from reviews.scoring.engine import Scheme, faults, grade_for, points_of, prefill, total
from tests.factories.schemes import tongliao
from tests.reviews.scoring.tables import MASTER_TEACHER, SKILL_MASTER


@pytest.mark.parametrize("table", [SKILL_MASTER, MASTER_TEACHER, tongliao()], ids=lambda table: table["code"])
def test_a_complete_table_is_a_scheme_of_a_hundred_points_without_faults(table):
    assert faults(table) == []
    assert Scheme.of(table).whole == 100


@pytest.mark.parametrize(
    ("table", "code", "given", "points"),
    [
        (SKILL_MASTER, "1", {"once-标牌不明显": True, "once-无成果荣誉展示栏": True}, 5),
        (SKILL_MASTER, "1", {"all3": True}, 0),
        (SKILL_MASTER, "12", {"once-无花名册": True, "each-每少1人": 4}, 4),
        (SKILL_MASTER, "13", {"each-每少1人": 3}, 1),
        (SKILL_MASTER, "13", {"all3": True}, 0),
        (MASTER_TEACHER, "2", {"each-缺席": 2, "each-迟到": 3}, 1),
        (MASTER_TEACHER, "7", {"每篇": 4}, 10),
        (MASTER_TEACHER, "10", {"县": 1, "市": 1}, 10),
        (MASTER_TEACHER, "11", {"省": 1, "市": 2, "县": 1}, 8),
    ],
)
def test_a_line_of_the_table_gives_what_it_says(table, code, given, points):
    assert points_of(Scheme.of(table).item(code), given) == points


FACTS = {
    "honours_by_rank": {"prefecture": 1},
    "members": 6,
    "area": 30,
    "signs": 6,
    "systems": 6,
    "funds_unit": Decimal("3.5"),
    "projects": 2,
    "results_by_rank": {"prefecture": 1, "unit": 4},
    "results_two_years": 1,
    "benefit_amount": Decimal("12.5"),
    "mentorships": 5,
    "apprentices_graduated": 1,
    "sessions": 8,
    "media_by_rank": {"prefecture": 2},
    "non_public": True,
}


def test_the_ledger_fills_in_what_it_knows():
    scheme = Scheme.of(tongliao())
    given = prefill(scheme, FACTS)
    result = total(scheme, given)
    assert result.refused == {}
    assert result.missing == ("2b", "4", "5b", "6b")
    assert result.by_item | dict.fromkeys(result.missing, 0) == {
        "1": 8, "2a": 4, "2b": 0, "3a": 4, "3b": 6, "4": 0, "5a": 9, "5b": 0, "6a": 4, "6b": 0,
        "7a": 10, "7b": 10, "7b-2": 0, "7c": 4, "8": 6, "9": Decimal("1.60"),
    }  # fmt: skip
    assert (result.base, result.bonus, result.points) == (65, Decimal("1.60"), Decimal("66.60"))


def test_facts_that_are_not_known_fill_in_nothing():
    assert prefill(Scheme.of(tongliao()), {}) == {}


def test_no_money_at_all_is_an_answer_too():
    given = prefill(Scheme.of(tongliao()), {"funds_unit": 0, "benefit_amount": 0})
    assert given == {"6a": "none", "7c": {"band": "none", "points": "0"}}


@pytest.mark.parametrize(
    ("changed", "failed"),
    [({}, ()), ({"members": 4}, ("2a",)), ({"projects": 0}, ("7a",)), ({"results_two_years": 0}, ("7b-2",))],
)
def test_a_failed_gate_fails_whatever_the_points(changed, failed):
    scheme = Scheme.of(tongliao())
    given = {**prefill(scheme, {**FACTS, **changed}), "2b": 6, "4": 5, "5b": {}, "6b": {}}
    result = total(scheme, given)
    assert result.gates_failed == failed
    assert result.points >= 70
    assert grade_for(result, 60, 85) == (
        Grade.FAIL if failed else Grade.EXCELLENT if result.points >= 85 else "pass"
    )


def test_a_gate_that_nobody_answered_is_not_met():
    scheme = Scheme.of(tongliao())
    assert set(total(scheme, {}).gates_failed) == {"2a", "7a", "7b-2"}


def test_the_marks_of_the_grades_are_the_first_points_that_reach_them():
    scheme = Scheme.of({**SKILL_MASTER, "items": SKILL_MASTER["items"][7:8]})
    by_points = {n: grade_for(total(scheme, {"8": n}), 6, 9) for n in ("5.99", 6, "8.99", 9)}
    assert by_points == {"5.99": "fail", 6: "pass", "8.99": "pass", 9: "excellent"}


def test_bonus_items_share_one_cap():
    bonus = {"rule": "bonus", "points": 4, "title": "加分"}
    rows = {"rows": [{"code": "a", "title": "a", "points": 1}], "together": 5}
    items = [{**bonus, "code": code, "order": n, "params": rows} for n, code in enumerate("ab")]
    table = {**SKILL_MASTER, "items": [*SKILL_MASTER["items"], *items]}
    assert faults(table) == []
    result = total(Scheme.of(table), {"a": {"a": 4}, "b": {"a": 4}})
    assert (result.bonus, result.base, result.points) == (5, 0, 5)
