"""What holds for every reader: whatever a cell holds, it answers one thing, in words, that can be stored."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studios.rosters.cells import (
    amounts,
    codes,
    dates,
    documents,
    endings,
    grades,
    honours,
    levels,
    marks,
    names,
    patents,
    words,
)
from studios.rosters.cells.folding import fold
from studios.rosters.cells.places import Gazetteer
from studios.rosters.cells.understood import Understood, ask, is_blank
from studios.rosters.remarks.cells import SENTENCES
from tests.studios.rosters.reading import check, read

ROOT = Path(__file__).resolve().parents[3]
TODAY = date(2025, 11, 22)
PLACES = Gazetteer(
    [{"code": "1", "tier": 2, "name": "开鲁县总工会", "short_name": "开鲁县", "aliases": [], "parent": None}]
)

READERS = {
    "date": lambda raw: dates.read_date(raw, today=TODAY),
    "area": amounts.read_area,
    "count": amounts.read_count,
    "money": amounts.read_money,
    "money in 10,000": lambda raw: amounts.read_money(raw, scale="万元"),
    "mark": marks.read_mark,
    "document": documents.read_document,
    "patents": patents.read_patents,
    "credit code": codes.read_credit_code,
    "phones": codes.read_phones,
    "postcode": codes.read_postcode,
    "person": names.read_person,
    "people": names.read_people,
    "title": names.read_title,
    "level": levels.read_level,
    "rank": lambda raw: levels.read_rank(raw, county_level_city=True),
    "honours": honours.read_honours,
    "place": PLACES.find,
    "kind": words.read_studio_kind,
    "sex": words.read_sex,
    "education": words.read_education,
    "professional title": grades.read_prof_title,
    "skill level": grades.read_skill_level,
    "status": endings.read_status,
    "end reason": endings.read_end_reason,
}

# Signs that mean something to one reader or another, so that random text comes close to what people write.
SIGNS = "0123456789年月日.-/—～至约余㎡万亿元〔〕（）号ZLXE+、；： \n\u3000"
SIGNS += "通工发张三·市级劳模２①Ⅱ二十一√×人旗县oO"
MESS = st.text(SIGNS, max_size=24)
CELLS = st.one_of(
    MESS,
    st.text(max_size=20),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.none(),
)


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@given(CELLS)
def test_any_cell_gets_one_answer_that_can_be_said_and_stored(reader, raw):
    understood = reader(raw)
    assert isinstance(understood, Understood)
    check(understood)


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@given(MESS)
def test_a_cell_is_read_the_same_way_twice(reader, raw):
    assert reader(raw) == reader(raw)


@pytest.mark.parametrize(
    "kind", ["date", "area", "count", "document", "credit code", "phones", "postcode", "person", "title"]
)
@given(raw=MESS)
def test_what_was_read_is_read_again_unchanged(kind, raw):
    value = read(READERS[kind](raw))
    if isinstance(value, tuple) or value is None or str(value).startswith("!"):
        return
    assert read(READERS[kind](value)) == value


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize("raw", [None, "", "  ", "\u3000", "/", "——", "暂无"])
def test_a_cell_that_says_nothing_is_blank(reader, raw):
    assert reader(raw) == Understood()


@pytest.mark.parametrize("raw", ["x", "0", 0, False, "无锡", "×", "1", TODAY])
def test_what_says_something_is_not_blank(raw):
    assert not is_blank(raw)


def test_folding_leaves_signs_that_would_become_digits():
    assert fold("①２５㎡Ⅱ型　５²") == "①25m2Ⅱ型 5²"
    assert fold("２０１９—０６－０１\r\n\r\n至") == "2019-06-01\n至"


def test_a_choice_is_offered_once():
    assert ask("x:y", "word.which", [(1, "a"), (2, "b"), (1, "c")]).question.choices == ((1, "a"), (2, "b"))


def test_every_code_has_its_sentence_and_every_sentence_is_used():
    used = set()
    for path in (ROOT / "studios" / "rosters" / "cells").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and re.fullmatch(r"[a-z_]+\.[a-z_]+", str(node.value)):
                used.add(node.value)
    assert used == set(SENTENCES)
