"""Marks, document numbers, patents, credit codes, telephone numbers and postcodes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studios.numbers import CREDIT_CODE_ALPHABET, patent_check, uscc_check
from studios.rosters.cells.codes import read_credit_code, read_phones, read_postcode
from studios.rosters.cells.documents import read_document, split_document
from studios.rosters.cells.marks import read_mark
from studios.rosters.cells.patents import read_patents
from tests.studios.rosters.reading import noted, read


@pytest.mark.parametrize(
    "raw", ["√", "✓", "✔", "是", "有", "Y", "y", "1", 1, True, "Ｙ", " 是 ", "☑是 □否", "有（2块）"]
)
def test_ticks(raw):
    assert read(read_mark(raw)) is True


@pytest.mark.parametrize(
    "raw", ["×", "✗", "✘", "x", "无", "否", "N", "0", 0, False, "没有", "□是 ☑否", "是 否√"]
)
def test_crosses(raw):
    assert read(read_mark(raw)) is False


@pytest.mark.parametrize("raw", [None, "", " \u3000", "/", "—", "空", "待定"])
def test_an_empty_mark_says_neither(raw):
    assert read(read_mark(raw)) is None


@pytest.mark.parametrize("raw", ["也许", "是√否", "√×", 2, 0.5])
def test_other_marks_are_refused(raw):
    assert read(read_mark(raw)) == "!mark.shape"


@pytest.mark.parametrize(
    "raw",
    [
        "通工发〔2019〕12号",
        "通工发（2019）12号",
        "通工发(2019)12号",
        "通工发[2019]12号",
        "通工发［2019］12号",
        "通工发【2019】12号",
        "通工发﹝2019﹞12号",
        "通工发〔2019〕12",
        "通工发〔2019〕第12号",
        "通工发〔2019〕012号",
        "通工发〔２０１９〕１２号",
        " 通 工 发 〔 2019 〕 12 号 ",
        "关于命名2019年度创新工作室的通知（通工发〔2019〕12号）",
        "根据通工发〔2019〕12号",
    ],
)
def test_a_document_number_is_written_one_way(raw):
    understood = read_document(raw)
    assert read(understood) == "通工发〔2019〕12号"
    assert understood.extra == {"prefix": "通工发", "year": 2019, "number": 12}


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        ("通工技发（2020）1号", "通工技发〔2020〕1号"),
        ("通工发2019-12号", ("?document.confirm", ["通工发〔2019〕12号"])),
        ("通工发2019年12号", "通工发〔2019〕12号"),
        ("通工发〔19〕12号", ("?document.confirm", ["通工发〔2019〕12号"])),
        (
            "通工发〔2019〕12号、通工发〔2020〕1号",
            ("?document.several", ["通工发〔2019〕12号", "通工发〔2020〕1号"]),
        ),
        ("〔2019〕12号", "!document.prefix"),
        ("通工发12号", "!document.shape"),
        ("见文件", "!document.shape"),
        (12, "!document.shape"),
        ("通工发〔2030〕12号", "!document.year"),
        ("无", None),
    ],
)
def test_other_document_numbers(raw, answer):
    assert read(read_document(raw, last_year=2026)) == answer


@given(
    st.text("通工发办技科左中后函字", min_size=2, max_size=8),
    st.integers(1949, 2030),
    st.integers(1, 99_999),
    st.sampled_from(["〔〕", "（）", "()", "[]", "【】", "［］", "﹝﹞", "{}"]),
    st.sampled_from(["", "第"]),
    st.sampled_from(["号", ""]),
)
def test_every_document_number_is_read_from_every_bracket(prefix, year, number, brackets, before, behind):
    understood = read_document(f"{prefix}{brackets[0]}{year}{brackets[1]}{before}{number}{behind}")
    assert split_document(read(understood)) == (prefix, year, number)
    assert read(read_document(read(understood))) == read(understood)


@pytest.mark.parametrize(
    ("raw", "numbers", "granted"),
    [
        ("ZL201710601862.3", ["201710601862.3"], [True]),
        ("201710601862.3", ["201710601862.3"], [False]),
        ("ZL 2008 2 0009767.0", ["200820009767.0"], [True]),
        ("201029092038.0", ["201029092038.0"], [False]),
        ("2010101463727", ["201010146372.7"], [False]),
        (2010101463727, ["201010146372.7"], [False]),
        (201710601862.3, ["201710601862.3"], [False]),
        ("2017106018623.0", ["201710601862.3"], [False]),
        ("95115608.X", ["95115608.X"], [False]),
        ("zl95115608.x", ["95115608.X"], [True]),
        ("ZL200820132792.8\u00a0", ["200820132792.8"], [True]),
        ("ＺＬ２０１７１０６０１８６２．３", ["201710601862.3"], [True]),
        ("专利号：ZL201710601862.3", ["201710601862.3"], [True]),
        (
            "201710601862.3、ZL200820009767.0；95115608.X",
            ["201710601862.3", "200820009767.0", "95115608.X"],
            [False, True, False],
        ),
        ("ZL201710601862.3和ZL200820009767.0", ["201710601862.3", "200820009767.0"], [True, True]),
        ("201710601862.3\n200820009767.0", ["201710601862.3", "200820009767.0"], [False, False]),
        ("201710601862.3 200820009767.0", ["201710601862.3", "200820009767.0"], [False, False]),
        ("1、201710601862.3；2、200820009767.0", ["201710601862.3", "200820009767.0"], [False, False]),
    ],
)
def test_patent_numbers_are_read_from_every_spelling(raw, numbers, granted):
    understood = read_patents(raw)
    assert read(understood) == numbers
    assert understood.extra["granted"] == granted
    assert noted(understood) == []


def test_the_names_beside_patent_numbers_are_known():
    understood = read_patents("1、犁、耙一体机ZL201710601862.3；2、一种播种机（专利号：ZL200820009767.0）")
    assert read(understood) == ["201710601862.3", "200820009767.0"]
    assert understood.extra["names"] == ["犁、耙一体机", "一种播种机"]


@pytest.mark.parametrize(
    ("raw", "numbers", "notes"),
    [
        ("201710601862.4", ["201710601862.4"], ["patent.check"]),
        ("201710601862", ["201710601862"], ["patent.check_missing"]),
        (201029092038, ["201029092038"], ["patent.check_missing"]),
        ("ZL201710601862.3、ZL201710601862.3", ["201710601862.3"], ["patent.twice"]),
        ("201710601862.3等3项", ["201710601862.3"], ["patent.more"]),
    ],
)
def test_doubts_about_patents_block_nothing(raw, numbers, notes):
    assert read(read_patents(raw)) == numbers
    assert noted(read_patents(raw)) == notes


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        ("2.0171E+11", "!patent.shortened"),
        (2.01710601862e15, "!patent.shortened"),
        (10**15, "!patent.shortened"),
        (True, "!patent.shortened"),
        ("CN107123456A", "!patent.publication"),
        ("CN 210123456 U", "!patent.publication"),
        ("199910601862.3", "!patent.year"),
        ("发明专利2项", "!patent.shape"),
        ("12345", "!patent.part"),
        ("201710601862.3和123", "!patent.part"),
        ("CN107123456A；ZL201710601862.3", "!patent.publication"),
        ("无", None),
        ("/", None),
    ],
)
def test_what_is_no_patent_number_says_why(raw, answer):
    assert read(read_patents(raw)) == answer


def test_the_good_numbers_beside_a_bad_one_are_not_lost():
    assert read_patents("CN107123456A；ZL201710601862.3").extra["good"] == ["201710601862.3"]


YEARS = st.integers(2004, 2025)
NUMBERS = st.builds("{}{}{:07}".format, YEARS, st.sampled_from("12389"), st.integers(0, 9_999_999))


@given(
    st.lists(NUMBERS, min_size=1, max_size=6, unique=True),
    st.sampled_from("、；;，,\n"),
    st.sampled_from(["", "ZL", "ZL "]),
)
def test_every_list_of_patents_is_read_number_by_number(digits, sign, prefix):
    numbers = [f"{one}.{patent_check(one)}" for one in digits]
    assert read(read_patents(sign.join(prefix + number for number in numbers))) == numbers
    assert read(read_patents(sign.join(prefix + number.replace(".", "") for number in numbers))) == numbers


@given(NUMBERS)
def test_a_patent_in_a_number_cell_keeps_its_digits(digits):
    check = patent_check(digits)
    if check == "X":
        return
    expected = [f"{digits}.{check}"] if check != "0" else [digits]
    number = float(f"{digits}.{check}")
    assert read(read_patents(int(number) if number.is_integer() else number)) == expected
    assert read(read_patents(int(digits + check))) == [f"{digits}.{check}"]


@pytest.mark.parametrize(
    ("raw", "answer", "notes"),
    [
        ("91350100M000100Y43", "91350100M000100Y43", []),
        ("９１３５ ０１００ ｍ０００ １００ｙ ４３", "91350100M000100Y43", []),
        ("统一社会信用代码：91350100M000100Y43", "91350100M000100Y43", []),
        ("91350100M000100Y44", "91350100M000100Y44", ["credit_code.check"]),
        (9.135e17, "!credit_code.damaged", []),
        ("9.135E+17", "!credit_code.damaged", []),
        (911505007014000000, "!credit_code.damaged", []),
        ("123456789012345", "!credit_code.length", []),
        (123456789012345, "!credit_code.length", []),
        ("9135O1OOMOOO1OOY43", ("?credit_code.look_alike", ["91350100M000100Y43"]), []),
        ("9135O1OOMOOO1OOY44", "!credit_code.letters", []),
        ("91350100M000100中43", "!credit_code.letters", []),
        ("无", None, []),
    ],
)
def test_credit_codes(raw, answer, notes):
    assert read(read_credit_code(raw)) == answer
    assert noted(read_credit_code(raw)) == notes


@given(st.text(CREDIT_CODE_ALPHABET, min_size=16, max_size=16))
def test_the_code_of_a_union_and_that_of_its_unit_are_told_apart(body):
    unit, union = f"9{body}", f"8{'1' + body[1:]}"
    unit, union = unit + uscc_check(unit), union + uscc_check(union)
    assert noted(read_credit_code(unit)) == []
    assert noted(read_credit_code(unit, of_union=True)) == ["credit_code.of_unit"]
    assert noted(read_credit_code(union)) == ["credit_code.of_union"]
    assert read(read_credit_code(union, of_union=True)) == union


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        ("13812345678", "13812345678"),
        (13812345678, "13812345678"),
        (13812345678.0, "13812345678"),
        ("13812345678.0", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("138 1234 5678", "13812345678"),
        ("+86 13812345678", "13812345678"),
        ("0475-8212345 / 13812345678", "0475-8212345、13812345678"),
        ("0475-8212345；13812345678", "0475-8212345、13812345678"),
        ("13812345678 13912345678", "13812345678、13912345678"),
        ("04757332888", "04757332888"),
        ("（0475）8212345", "0475-8212345"),
        ("0475-8212345-801", "0475-8212345-801"),
        ("0475-8212345转801", "0475-8212345-801"),
        ("0475-821-2345", "0475-8212345"),
        ("8212345", "8212345"),
        ("张三13812345678", "13812345678"),
        (4758212345, ("?phone.nought", ["04758212345"])),
        ("1.38E+10", "!phone.shortened"),
        ("12345", "12345"),
        ("13812345678、12345", "13812345678、12345"),
        ("1381234567", "1381234567"),
        ("0475-8212345/46", "0475-8212345/46"),
        ("1、13812345678；2、0475-8212345", "13812345678、0475-8212345"),
        ("张三", "!phone.shape"),
        ("无", None),
    ],
)
def test_telephone_numbers(raw, answer):
    assert read(read_phones(raw)) == answer


def test_words_and_missing_area_codes_beside_telephone_numbers_are_noted():
    assert noted(read_phones("张三13812345678")) == ["phone.words"]
    assert noted(read_phones("8212345")) == ["phone.local"]
    assert noted(read_phones("0475-0000064")) == ["phone.odd"]


@given(
    st.lists(st.integers(13_000_000_000, 19_999_999_999).map(str), min_size=1, max_size=4, unique=True),
    st.sampled_from("、；/ \n"),
)
def test_every_list_of_mobile_numbers_is_read_and_read_again(numbers, sign):
    value = read(read_phones(sign.join(numbers)))
    assert value == "、".join(numbers)
    assert read(read_phones(value)) == value


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        ("028000", "028000"),
        (28000, "028000"),
        ("28000.0", "028000"),
        ("2800", "!postcode.shape"),
        (True, "!postcode.shape"),
        ("", None),
    ],
)
def test_postcodes(raw, answer):
    assert read(read_postcode(raw)) == answer
