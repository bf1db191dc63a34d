"""What keeps a scheme from being published."""

import pytest
from django.utils import translation

from reviews.choices import ScoreRule as R
from reviews.scoring import wording
from reviews.scoring.engine import Fault, Item, Refused, faults, is_publishable
from tests.factories.schemes import tongliao

NAMED = "sum best most value caps low high excellent pass rule count subject share".split()
WHOLE = {"code": "w", "title": "其余", "rule": R.JUDGEMENT, "points": 90, "order": 9, "params": {}}


def scheme(*items, **fields):
    """A scheme of these items and one that fills up the hundred."""
    made = [
        {"title": "一项", "code": f"i{n}", "order": n, "params": {}, **item} for n, item in enumerate(items)
    ]
    return {
        "code": "s",
        "version": 1,
        "pass_mark": 60,
        "excellent_mark": 85,
        "items": [*made, WHOLE],
        **fields,
    }


def codes(*items, **fields):
    """The codes of the faults of such a scheme."""
    return [fault.code for fault in faults(scheme(*items, **fields))]


def of(rule, *rows, most=10, gate=False, **params):
    """An item of ten points."""
    made = [{"code": f"r{n}", "title": "一行", **row} for n, row in enumerate(rows)]
    inner = {**params, **({"rows": made} if rows else {})}
    return {"rule": rule, "points": most, "params": inner, "is_gate": gate}


@pytest.mark.parametrize(
    ("item", "found"),
    [
        (of(R.JUDGEMENT), []),
        (of("astrology"), ["unknown_rule"]),
        (of(R.JUDGEMENT, colour="red"), ["unknown_param"]),
        (of(R.JUDGEMENT, mode="telepathy"), ["bad_param"]),
        (of(R.JUDGEMENT, most=0), ["no_points"]),
        (of(R.CHOICE), ["no_rows"]),
        (of(R.CHOICE, {"points": 10, "fact": "weather"}), ["unknown_fact"]),
        (of(R.CHOICE, {"points": 10, "title": ""}), ["row_without_title"]),
        (of(R.CHOICE, {}), ["missing_param"]),
        (of(R.CHOICE, {"points": "much"}), ["bad_param"]),
        (of(R.CHOICE, {"points": 12}), ["above_maximum"]),
        (of(R.CHOICE, {"points": 8}), ["never_full"]),
        (of(R.CHOICE, {"points": 10}, {"points": 5, "code": "r0"}), ["row_twice"]),
        (of(R.BAND, {"low": 5, "high": 10}, {"low": 3, "high": 7}), []),
        (of(R.BAND, {"low": 5, "high": 11}), ["above_maximum"]),
        (of(R.BAND, {"low": 10, "high": 5}), ["band_reversed"]),
        (of(R.DEDUCT, {"how": "all"}, {"how": "each", "points": 30}), []),
        (of(R.DEDUCT, {"how": "once"}), ["missing_param"]),
        (of(R.PER_UNIT, {"points": 20}), []),
        (of(R.PER_UNIT, {"points": 2, "cap": 11}), ["above_maximum"]),
        (of(R.SHARED, {"points": 20}, ladder=[60, 50]), ["bad_param"]),
        (of(R.HIGHEST, {"points": 5}, best=2), []),
        (of(R.JUDGEMENT, gate=True), ["gate_without_condition"]),
        (of(R.JUDGEMENT, gate=True, gate_from=11), ["gate_without_condition"]),
        (of(R.JUDGEMENT, gate=True, gate_from=5), []),
        (of(R.PER_UNIT, {"rows": 3, "points": 1}), ["unknown_param"]),
        ({"rule": R.CHOICE, "points": 10, "params": {"rows": "none"}}, ["bad_param"]),
    ],
)
def test_faults_of_an_item(item, found):
    assert codes(item) == found


@pytest.mark.parametrize(
    ("items", "found"),
    [
        ([of(R.JUDGEMENT), of(R.GATE, most=0)], ["gate_without_condition"]),
        ([of(R.JUDGEMENT), of(R.GATE, most=0, condition="有领衔人")], []),
        ([of(R.JUDGEMENT), of(R.GATE, most=0, fact="members", least=5)], []),
        ([of(R.JUDGEMENT), of(R.BONUS, {"points": 1}, most=0)], ["bonus_without_cap"]),
        ([of(R.JUDGEMENT), of(R.BONUS, {"points": 1}, gate=True)], ["bonus_is_gate"]),
        (
            [of(R.JUDGEMENT), of(R.BONUS, {"points": 1}, together=5), of(R.BONUS, {"points": 1}, together=6)],
            ["bonus_caps_differ"],
        ),
        ([of(R.JUDGEMENT), {**of(R.JUDGEMENT), "code": "i0"}], ["code_twice"]),
        ([of(R.JUDGEMENT, most=5)], ["sum_not_100"]),
    ],
)
def test_faults_of_the_whole(items, found):
    assert codes(*items) == found


def test_marks_must_be_within_reach():
    assert codes(of(R.JUDGEMENT), excellent_mark=120) == ["marks_out_of_reach"]
    assert codes(of(R.JUDGEMENT), pass_mark=90) == ["marks_out_of_reach"]


def test_a_sum_other_than_a_hundred_is_only_a_warning():
    found = faults(scheme(of(R.JUDGEMENT, most=5)))
    assert is_publishable(found)
    assert found[0].values == {"sum": "95"}
    assert not is_publishable(faults(scheme(of(R.CHOICE))))


def test_a_scheme_without_items_is_refused():
    assert [fault.code for fault in faults({"items": []})] == ["no_items"]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_fault_and_problem_has_its_sentence(language):
    values = {**dict.fromkeys(NAMED, "x"), "row": "r", "name": "points"}
    with translation.override(language):
        for code in wording.FAULTS:
            assert "%(" not in wording.fault_sentence(faulty(code, values))
        for code in wording.PROBLEMS:
            assert "%(" not in wording.sentence(Refused(code, **values))


def faulty(code, values):
    """A fault of this code."""
    return Fault(code, "i1", values)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_item_of_the_default_scheme_is_said_in_words(language):
    with translation.override(language):
        for data in tongliao()["items"]:
            item = Item.of(data)
            assert all(wording.explain(item)) and wording.explain(item), item.code
