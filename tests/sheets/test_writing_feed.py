"""The fast way: lines of COPY give the cells that the same values give."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.sheets.feeding import unescaped
from portal.sheets.plans import Column, Plan
from portal.sheets.writing import Workbook
from tests.sheets.test_writing import COLUMNS, DANGEROUS, by_calamine, by_openpyxl, written

# What PostgreSQL writes for each character of a text (COPY, file formats, text format).
COPY_ESCAPES = str.maketrans(
    {"\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v"}
)
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
texts = texts | st.sampled_from([text for text in DANGEROUS if "\0" not in text])
days = st.dates(date(1900, 3, 1), date(2100, 1, 1))
rows_of_values = st.lists(
    st.tuples(
        texts,
        st.none() | st.integers(-(10**14), 10**14),
        st.none() | st.decimals(-(10**9), 10**9, places=2),
        st.none() | days | st.sampled_from(["2019", "2019-06"]),
    ),
    max_size=12,
)


def as_copy(rows):
    """The rows as PostgreSQL sends them."""
    lines = ["\t".join("" if v is None else str(v).translate(COPY_ESCAPES) for v in row) for row in rows]
    return "".join(line + "\n" for line in lines).encode()


def fed(blocks, columns=COLUMNS):
    out = io.BytesIO()
    book = Workbook(out.write)
    with book.sheet(Plan("名册", columns)) as sheet:
        for block in blocks:
            sheet.feed(block)
    book.finish()
    return out.getvalue()


@settings(max_examples=200, deadline=None)
@given(rows_of_values)
@example([(text, None, None, None) for text in DANGEROUS if "\0" not in text])
@example([(" 空", 1, None, "2019"), ("空 ", None, Decimal("1.00"), None)])
def test_fed_lines_give_the_bytes_of_the_values(rows):
    assert fed([as_copy(rows)]) == written(rows)


@settings(max_examples=50, deadline=None)
@given(rows_of_values, st.integers(0, 12))
def test_where_the_lines_are_cut_leaves_no_trace(rows, cut):
    assert fed([as_copy(rows[:cut]), as_copy(rows[cut:])]) == fed([as_copy(rows)])


@given(texts)
def test_what_copy_escapes_is_read_back(text):
    assert unescaped(text.translate(COPY_ESCAPES)) == text


@pytest.mark.django_db
def test_postgresql_and_the_sheet_agree():
    dangerous = [text for text in DANGEROUS if text.isascii() or text.isprintable() or "\n" in text]
    rows = [(text, 5, Decimal("18788.36"), date(2019, 6, 1)) for text in dangerous if "\0" not in text]
    rows += [("", None, None, None), ("x", 0, Decimal("-0.50"), date(2024, 2, 29))]
    values = ",".join(["(%s, %s::int, %s::numeric, %s::date)"] * len(rows))
    with connection.cursor() as cursor:
        sql = cursor.mogrify(f"VALUES {values}", [value for row in rows for value in row])
        with cursor.copy(f"COPY ({sql}) TO STDOUT (NULL '')") as copy:
            data = fed(bytes(block) for block in copy)
    assert data == written(rows)
    assert by_openpyxl(data)[-1][2] == by_calamine(data)[-1][2] == -0.5


@pytest.mark.parametrize("line", [b"one\ttwo\n", b"\n", b"a\t1\t1\t\t\n"])
def test_a_line_of_another_width_is_refused(line):
    with pytest.raises(ValueError, match="for 4 columns"):
        fed([line])


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused_among_numbers_alone(number):
    assert by_calamine(fed([f"{number}\t1\t1\t\n".encode()]))[0][0] == number
    with pytest.raises(ValueError, match=number):
        fed([f"x\t1\t{number}\t\n".encode()])


def test_a_text_too_long_for_a_cell_is_refused():
    assert len(by_calamine(fed([f"{'长' * 32_767}\t\t\t\n".encode()]))[0][0]) == 32_767
    with pytest.raises(ValueError, match="32,768"):
        fed([f"{'长' * 32_768}\t\t\t\n".encode()])


def test_a_sheet_does_not_grow_beyond_its_last_row(monkeypatch):
    monkeypatch.setattr("portal.sheets.writing.MOST_ROWS", 3)
    one = (Column("x"),)
    assert len(by_calamine(fed([b"1\n2\n"], one))) == 2
    with pytest.raises(ValueError, match="holds 3 rows"):
        fed([b"1\n2\n3\n"], one)
