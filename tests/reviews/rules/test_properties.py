"""What must hold for every dossier: more never counts for less, and the order of rows means nothing."""

import copy
import itertools
import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.findings import Finding, Verdict
from reviews.rules.periods import months_before
from reviews.rules.sentences import explain

BETTER = {Verdict.NOT_MET: 0, Verdict.SOFT: 1, Verdict.JUDGE: 2, Verdict.MET: 3}
LISTS = ("members", "items", "funds", "projects", "achievements", "files", "namings")

# Around leap days, ends of months and turns of years, where counting back goes wrong.
EDGES = [
    date(2024, 2, 29),
    date(2026, 2, 28),
    date(2028, 2, 29),
    date(2026, 3, 31),
    date(2026, 1, 1),
    date(2026, 12, 31),
]
days = st.sampled_from(EDGES) | st.dates(date(2022, 1, 1), date(2029, 12, 31))


@st.composite
def partial_dates(draw, least=1):
    day = draw(st.dates(date(2018, 1, 1), date(2029, 12, 31)))
    return str(day)[: draw(st.sampled_from([4, 7, 10][least - 1 :]))]


@st.composite
def recognitions(draw, make):
    return make.recognition(
        draw(st.integers(1, 99)),
        kind=draw(st.sampled_from(["award", "certificate", "appraisal", "other"])),
        rank=draw(st.sampled_from([None, 10, 20, 30, 35, 40, 50, 60])),
        granted_on=draw(partial_dates() | st.just("")),
    )


@st.composite
def achievements(draw, make, row_id):
    changes = {
        "benefit_amount": draw(st.sampled_from([None, "0.00", "3.50"])),
        "social_benefit": draw(st.sampled_from(["", "有"])),
    }
    if draw(st.booleans()):
        status = draw(st.sampled_from(["", "filed", "granted"]))
        granted_on = draw(partial_dates(least=3) | st.just(""))
        return make.patent(row_id, granted_on, status, **changes)
    rows = draw(st.lists(recognitions(make), max_size=3))
    return make.achievement(row_id, *rows, **changes)


@st.composite
def dossiers(draw, make):
    dossier = make.dossier()
    dossier["studio"] |= {
        "founded_on": draw(partial_dates() | st.just("")),
        "area_sqm": draw(st.sampled_from([None, "10.00", "25.00", "80.00"])),
        "area_reason": draw(st.sampled_from(["", "班组用房"])),
        "ledger_note": draw(st.sampled_from(["", "有"])),
    }
    rank, basis = draw(st.sampled_from([None, 20, 40, 50])), draw(st.sampled_from(["", "全国技术能手"]))
    honours = [make.honour(rank=rank, granted_on=draw(partial_dates() | st.just("")))]
    dossier["leader"] = draw(st.sampled_from([None, make.leader(skilled_basis=basis), make.leader(*honours)]))
    numbers = draw(st.lists(st.integers(1, 6), max_size=7))
    dossier["members"] = [make.member(n, id=row_id) for row_id, n in enumerate(numbers, start=1)]
    dossier["items"] = [
        make.item(code, present=draw(st.booleans()), note=draw(st.sampled_from(["", "有"])))
        for code in make.items
    ]
    years = st.integers(2018, 2029)
    dossier["funds"] = [
        make.fund(n, year) for n, year in enumerate(draw(st.lists(years, max_size=4)), start=1)
    ]
    states = st.sampled_from(["planned", "running", "finished", "stopped"])
    rows = draw(st.lists(st.tuples(years, states), max_size=5))
    dossier["projects"] = [make.project(n, *row) for n, row in enumerate(rows, start=1)]
    count = draw(st.integers(0, 4))
    dossier["achievements"] = [draw(achievements(make, n)) for n in range(1, count + 1)]
    dossier["files"] = draw(st.lists(st.sampled_from(dossier["files"]), unique_by=lambda row: row["id"]))
    levels = draw(st.lists(st.sampled_from(["base", "county"]), max_size=3))
    dossier["namings"] = [
        make.naming(n, level, valid_from=str(draw(days)), union_id=draw(st.sampled_from([11, 22, 23, None])))
        for n, level in enumerate(levels, start=1)
    ]
    return dossier


@given(data=st.data(), on=days, level=st.sampled_from(["base", "county", "city"]))
def test_every_dossier_gets_findings_that_can_be_frozen_and_read(make, check_all, data, on, level):
    dossier = data.draw(dossiers(make))
    for finding in check_all(dossier, level, on):
        assert Finding.from_json(json.loads(json.dumps(finding.to_json()))) == finding
        explanation = explain(finding)
        assert explanation.found and explanation.needed
        assert finding.verdict in (Verdict.MET, Verdict.JUDGE) or finding.missing


@given(data=st.data(), on=days)
def test_the_order_of_rows_means_nothing(make, check_all, data, on):
    dossier = data.draw(dossiers(make))
    mixed = copy.deepcopy(dossier)
    for section in LISTS:
        mixed[section] = data.draw(st.permutations(mixed[section]))
    for achievement in mixed["achievements"]:
        achievement["recognitions"] = data.draw(st.permutations(achievement["recognitions"]))
    assert check_all(mixed, "city", on) == check_all(dossier, "city", on)


def additions(data, make, dossier, on):
    """One row or file more, of a kind that can only speak for the studio."""
    kind = data.draw(
        st.sampled_from(["achievement", "recognition", "member", "project", "fund", "file", "naming"])
    )
    more = copy.deepcopy(dossier)
    if kind == "achievement":
        more["achievements"].append(data.draw(achievements(make, 90)))
    elif kind == "recognition" and more["achievements"]:
        chosen = data.draw(st.sampled_from(more["achievements"]))
        chosen["recognitions"].append(data.draw(recognitions(make)) | {"id": 900})
    elif kind == "member":
        more["members"].append(make.member(data.draw(st.integers(1, 60)), id=90))
    elif kind == "project":
        more["projects"].append(make.project(90, data.draw(st.integers(2018, 2029)), "finished"))
    elif kind == "fund":
        more["funds"].append(make.fund(90, data.draw(st.integers(2018, 2029))))
    elif kind == "file":
        slot = data.draw(st.sampled_from([*make.items, "fund.proof", "leader.honour", "benefit.proof"]))
        more["files"].append(make.file(900, slot, 1 if slot == "benefit.proof" else None))
    elif kind == "naming":
        level = data.draw(st.sampled_from(["base", "county"]))
        more["namings"].append(make.naming(90, level, valid_from=str(on)))
    return more


@given(data=st.data(), on=days, level=st.sampled_from(["base", "county", "city"]))
def test_adding_to_a_dossier_never_makes_a_studio_less_eligible(make, check_all, data, on, level):
    dossier = data.draw(dossiers(make))
    before = check_all(dossier, level, on)
    after = check_all(additions(data, make, dossier, on), level, on)
    for old, new in zip(before, after, strict=True):
        assert BETTER[new.verdict] >= BETTER[old.verdict], (old, new)
        assert new.blocks <= old.blocks


@given(data=st.data(), on=days)
def test_giving_the_month_or_day_settles_what_was_soft_and_never_contradicts_a_certain_answer(
    make, find, data, on
):
    coarse = data.draw(partial_dates())
    exact = data.draw(
        st.dates(date(2018, 1, 1), date(2029, 12, 31)).filter(lambda day: str(day).startswith(coarse))
    )
    good = {"benefit_amount": "1", "social_benefit": "有"}

    def verdict(text):
        result = make.achievement(1, make.recognition(granted_on=text), **good)
        return find("三.b", achievements=[result], on=on).verdict

    before, after = verdict(coarse), verdict(str(exact))
    assert after in (Verdict.JUDGE, Verdict.NOT_MET)
    if exact <= on and before != Verdict.SOFT:
        assert after == before


@given(on=days, back=st.integers(-40, 1200))
def test_the_two_years_hold_exactly_the_days_since_the_same_day_two_years_before(make, find, on, back):
    day = on - timedelta(days=back)
    result = make.achievement(1, make.recognition(granted_on=str(day)), benefit_amount="1")
    expected = Verdict.JUDGE if months_before(on, 24) <= day <= on else Verdict.NOT_MET
    assert find("三.b", achievements=[result], on=on).verdict == expected


@pytest.mark.parametrize(("count", "window"), [*itertools.product([0, 1, 2], ["rolling", "calendar"])])
@given(data=st.data(), on=days)
def test_coarse_dates_are_soft_exactly_when_some_choice_of_days_would_do(make, find, data, on, count, window):
    texts = [data.draw(partial_dates(least=2)) for _ in range(count)]
    params = {"window": window}

    def verdict(dates):
        rows = [
            make.achievement(n, make.recognition(n, granted_on=text)) for n, text in enumerate(dates, start=1)
        ]
        return find("二.7b", achievements=rows, on=on, params=params, studio={"founded_on": "2000"}).verdict

    def choices(text):
        if len(text) == 10:
            return [text]
        first = date(int(text[:4]), int(text[5:7]), 1)
        span = [first + timedelta(days=n) for n in range(31)]
        possible = [str(day) for day in span if day.month == first.month and day <= on]
        return possible or [text]

    possible = {verdict(choice) for choice in itertools.product(*(ends(choices(text)) for text in texts))}
    expected = {
        frozenset({Verdict.MET}): Verdict.MET,
        frozenset({Verdict.NOT_MET}): Verdict.NOT_MET,
        frozenset({Verdict.MET, Verdict.NOT_MET}): Verdict.SOFT,
    }
    assert verdict(texts) == expected[frozenset(possible)]


def ends(texts):
    """The first and last of some days: a month is cut by at most one edge of a window."""
    return sorted({texts[0], texts[-1]})
