"""Check digits and shapes of credit codes, patents and software registrations."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from studios import numbers
from studios.numbers import (
    PatentNumber,
    Problem,
    normalise_software_copyright,
    normalise_uscc,
    organisation_code_problem,
    parse_patent,
    patent_check,
    patent_warnings,
    software_copyright_problem,
    uscc_check,
    uscc_problem,
)

CREDIT_CODES = ["91350100M000100Y43", "91110000802100433B", "91440300708461136T", "9144030071526726XG"]
PATENTS = [
    "201710601862.3",
    "95115608.X",
    "200820009767.0",
    "201010146372.7",
    "200820132792.8",
    "201029092038.0",
]
BODIES = st.text(numbers.CREDIT_CODE_ALPHABET, min_size=17, max_size=17)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize("code", CREDIT_CODES)
def test_known_credit_codes_are_right_inside_and_out(code):
    assert uscc_problem(code) is None
    assert organisation_code_problem(code[8:17]) is None


def test_the_form_of_writing_does_not_matter():
    assert uscc_problem("９１３５ ０１００ ｍ０００ １００ｙ ４３") is None
    assert normalise_uscc(" 91350100m000100y43\n") == "91350100M000100Y43"


@given(BODIES, st.data())
def test_every_single_slip_in_a_credit_code_is_noticed(body, data):
    code = body + uscc_check(body)
    assert uscc_problem(code) is None
    place = data.draw(st.integers(0, 17))
    other = data.draw(st.sampled_from(numbers.CREDIT_CODE_ALPHABET).filter(lambda char: char != code[place]))
    assert uscc_problem(code[:place] + other + code[place + 1 :]) is not None


@given(BODIES, st.integers(0, 15))
def test_every_swap_of_neighbours_in_a_credit_code_is_noticed(body, place):
    swapped = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
    assert (uscc_problem(swapped + uscc_check(body)) is None) == (body == swapped)


@pytest.mark.parametrize("first", list(numbers.CREDIT_CODE_ALPHABET))
def test_no_first_character_is_refused(first):
    body = first + "1" + "1505020MA0ABCDE"
    assert uscc_problem(body + uscc_check(body)) is None


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (
            "91350100M000100Y44",
            "The check character (18) is “4”, but the 17 before it ask for “3”. "
            "Please compare each character with the certificate.",
        ),
        ("91350100M000I00Y43", "Character 13 is “I”; a credit code never has I, O, S, V or Z."),
        ("91350100M000100Y4-", "Character 18 is “-”; a credit code has only digits and letters."),
        ("91350100M000100Y4", "A credit code has 18 characters; this has 17."),
        ("M000100Y4", "This has 9 characters, like an old organisation code. A credit code has 18."),
        ("150500000012345", "This has 15 characters, like an old registration number. A credit code has 18."),
    ],
)
def test_a_wrong_credit_code_is_explained(code, sentence):
    assert str(uscc_problem(code)) == sentence


def test_the_explanation_is_made_in_the_language_of_the_reader():
    problem = uscc_problem("91350100M000100Y4")
    with translation.override("zh-hans"):
        assert str(problem) == "统一社会信用代码应为18位，现为17位。"


def test_the_code_of_a_union_is_told_from_that_of_its_unit():
    assert numbers.is_union_code(" 81150500MC1234567X")
    assert not numbers.is_union_code("91350100M000100Y43")


@pytest.mark.parametrize("code", ["D2143569-X", "d2143569x", "10000004-0", "10000009-1"])
def test_an_organisation_code_is_right(code):
    assert organisation_code_problem(code) is None


def test_a_wrong_organisation_code_is_explained():
    assert (
        str(organisation_code_problem("D2143569-1"))
        == "The check character (9) is “1”, but it should be “X”."
    )
    assert "8 digits or capital letters" in str(organisation_code_problem("D214356"))


@pytest.mark.parametrize("text", PATENTS)
def test_known_patent_numbers_are_right(text):
    number = parse_patent(text)
    assert number.normalised == text
    assert patent_warnings(number) == []


@pytest.mark.parametrize(
    ("text", "normalised"),
    [
        ("ZL201710601862.3", "ZL201710601862.3"),
        ("zl 2017 1 0601862.3", "ZL201710601862.3"),
        ("ＺＬ２０１７１０６０１８６２．３", "ZL201710601862.3"),
        ("ZL2017106018623", "ZL201710601862.3"),
        ("CN201710601862.3", "201710601862.3"),
        ("2017.1.0601862.3", "201710601862.3"),
        ("2017-10601862.3", "201710601862.3"),
        ("专利号：ZL201710601862.3", "ZL201710601862.3"),
        ("申请号:201710601862.3", "201710601862.3"),
        ("95115608.x", "95115608.X"),
        ("95115608。X", "95115608.X"),
        ("95115608X", "95115608.X"),
        ("2017106018623.0", "201710601862.3"),
        ("951156080.0", "95115608.0"),
        ("200820009767.0", "200820009767.0"),
        ("201710601862", "201710601862"),
    ],
)
def test_a_patent_number_is_read_as_people_write_it(text, normalised):
    assert parse_patent(text).normalised == normalised


@pytest.mark.parametrize(
    ("text", "year", "kind"),
    [
        ("201710601862.3", 2017, "invention"),
        ("200820009767.0", 2008, "utility"),
        ("95115608.X", 1995, "invention"),
        ("03300001.1", 2003, "design"),
        ("85100001", 1985, "invention"),
        ("201880012345.6", 2018, "invention"),
        ("201890000123.4", 2018, "utility"),
        ("201750000001.1", 2017, ""),
    ],
)
def test_year_and_kind_are_in_the_number(text, year, kind):
    number = parse_patent(text)
    assert (number.year, number.kind) == (year, kind)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CN107123456A", "publication"),
        ("CN 101234567 B", "publication"),
        ("CN1012345C", "publication"),
        ("CN208123456U", "publication"),
        ("CN304567890S", "publication"),
        ("CN12345678A", "publication"),
        ("CN107123456", "publication"),
        ("107123456", "publication"),
        ("2.01711E+12", "shortened"),
        ("199910601862.3", "year"),
        ("84115608.X", "year"),
        ("04115608.X", "year"),
        ("US10123456B2", "shape"),
        ("20171060186", "shape"),
        ("2017106018623X", "shape"),
        ("", "shape"),
        ("无", "shape"),
    ],
)
def test_what_is_no_application_number_is_explained(text, code):
    problem = parse_patent(text)
    assert isinstance(problem, Problem) and problem.code == code
    assert str(problem)


def test_a_wrong_check_digit_is_a_warning_and_stays_as_it_is():
    number = parse_patent("ZL201710601862.4")
    assert number.normalised == "ZL201710601862.4"
    [warning] = patent_warnings(number)
    assert warning.code == "check"
    assert str(warning) == (
        "The check digit is “4”, but for 201710601862 it should be “3”. "
        "Please compare the number with the certificate."
    )


def test_a_missing_check_digit_is_a_warning_too():
    [warning] = patent_warnings(parse_patent("201710601862"))
    assert (warning.code, str(warning)) == (
        "check_missing",
        "The check digit after the point is missing; it should be “3”.",
    )


@given(st.from_regex(r"(20(0[4-9]|[1-9][0-9])[12389][0-9]{7}|(8[5-9]|9[0-9])[1238][0-9]{5})", fullmatch=True))
def test_every_right_number_passes_and_every_other_check_digit_warns(digits):
    right = patent_check(digits)
    for check in "0123456789X":
        number = parse_patent(f"ZL{digits}.{check}")
        assert isinstance(number, PatentNumber) and number.digits == digits and number.check == check
        assert [warning.code for warning in patent_warnings(number)] == ([] if check == right else ["check"])


@pytest.mark.parametrize("declared", ["utility", "utility_model"])
def test_the_declared_kind_is_compared_with_the_number(declared):
    [warning] = patent_warnings(parse_patent("201710601862.3"), kind=declared)
    assert (warning.code, str(warning)) == (
        "type",
        "Digit “1” after the year means invention, but utility model is declared.",
    )
    assert patent_warnings(parse_patent("200820009767.0"), kind=declared) == []


def test_an_unknown_digit_after_the_year_is_a_warning_only_where_a_kind_is_declared():
    number = parse_patent(f"201750000001.{patent_check('201750000001')}")
    assert patent_warnings(number) == []
    assert [warning.code for warning in patent_warnings(number, kind="design")] == ["type"]


@pytest.mark.parametrize(("granted_on", "codes"), [("2016-12-31", ["year"]), ("2017", []), ("2019-05", [])])
def test_no_patent_is_granted_before_it_is_filed(granted_on, codes):
    number = parse_patent("201710601862.3")
    assert [warning.code for warning in patent_warnings(number, granted_on=granted_on)] == codes


@pytest.mark.parametrize(
    "text", ["2019SR0123456", "2019sr0123456", "登记号：２０１９SR0123456", "2009SR01234"]
)
def test_a_software_registration_number_is_right(text):
    assert software_copyright_problem(text) is None


def test_a_software_registration_number_is_stored_plain():
    assert normalise_software_copyright(" 登记号：2019sr0123456") == "2019SR0123456"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("软著登字第1234567号", "certificate number"),
        ("2019SR", "4 to 7 digits"),
        ("1899SR0123456", "4 to 7 digits"),
    ],
)
def test_a_wrong_software_number_is_explained(text, part):
    assert part in str(software_copyright_problem(text))
