"""One key for every spelling of a number or a title; keys follow what they are made of."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from studios.ledger.pictures import NEAR, bands, distance, has_detail, probes
from studios.models import Achievement, AchievementKind
from studios.numbers import patent_check
from studios.result_keys import number_key, title_key
from studios.services.roster_writing import insert
from tests.factories.studios import AchievementFactory

FULL_WIDTH = str.maketrans("0123456789XZLCN.", "０１２３４５６７８９ＸＺＬＣＮ．")


@st.composite
def patents(draw):
    """The digits of a patent number, new or old form, without the check digit."""
    if draw(st.booleans()):
        year, serial = str(draw(st.integers(2003, 2026))), f"{draw(st.integers(0, 9_999_999)):07}"
    else:
        year, serial = f"{draw(st.integers(85, 99))}", f"{draw(st.integers(0, 99_999)):05}"
    return f"{year}{draw(st.sampled_from('12389'))}{serial}"


@st.composite
def spelled(draw, digits):
    """``digits`` with the check digit as somebody might write them."""
    check = patent_check(digits)
    point = draw(st.sampled_from([".", "", "．", "。", "·", " . "]))
    text = draw(st.sampled_from(["", "ZL", "CN", "zl", "Zl ", "ZL-", "专利号：ZL", "申请号: "])) + digits
    text += draw(st.sampled_from([point + check, point + check.lower(), ""]))
    if draw(st.booleans()):
        text = text.translate(FULL_WIDTH)
    gaps = draw(st.sets(st.integers(1, len(text) - 1), max_size=3))
    return "".join(f" {sign}" if at in gaps else sign for at, sign in enumerate(text))


@given(st.data())
def test_every_spelling_of_a_patent_number_has_the_same_key(data):
    digits = data.draw(patents())
    kind = data.draw(st.sampled_from(["invention_patent", "utility_model", "design_patent"]))
    assert number_key(kind, data.draw(spelled(digits))) == f"patent:{digits}"


@given(patents(), patents())
def test_two_patents_have_two_keys(one, other):
    assert (number_key("utility_model", one) == number_key("utility_model", other)) == (one == other)


@pytest.mark.parametrize(
    ("kind", "spellings", "key"),
    [
        ("invention_patent", ["CN107345678A", "cn 107345678 B", "107345678.B"], "publication:107345678"),
        ("patent_pct", ["PCT/CN2019/123456", "ＰＣＴ／ＣＮ２０１９／１２３４５６"], "pct:2019:123456"),
        ("patent_pct", ["WO2020/012345", "WO 2020/012345 A1"], "wo:2020:12345"),
        ("software_copyright", ["2019SR0123456", "登记号：2019sr123456"], "software:2019:123456"),
        ("software_copyright", ["软著登字第4567890号", "软著登字4567890"], "software-certificate:4567890"),
        ("standard", ["GB/T 1234-2020", "GBT1234—2020", "gb/t 1234－2020"], "standard:GBT:1234:20"),
        ("standard", ["DB15/T 1234.1-2020", "DB15 T1234.1-2020"], "standard:DB15T:1234.1:20"),
        ("book", ["ISBN 978-7-5008-1234-5", "9787500812345", "7-5008-1234-X"], "isbn:750081234"),
        ("qc", ["证书编号：QC-2023-018", "QC2023018", "ＱＣ（2023）018号"], "qc:QC2023018"),
        ("construction_method", ["GF(中)3146-22", "gf（中）3146－22"], "construction_method:GF中314622"),
        ("teaching", ["第12号", "1", "——"], ""),  # too short to tell anything apart
        ("paper", ["2023年第3期"], ""),  # an issue holds many papers
    ],
)  # fmt: skip
def test_other_numbers_have_one_key_for_their_spellings(kind, spellings, key):
    assert {number_key(kind, spelling) for spelling in spellings} == {key}


@given(st.text(max_size=300), st.sampled_from(["invention_patent", "standard", "book", "qc", "patent_pct"]))
def test_no_text_is_too_odd_for_a_key(text, kind):
    assert len(number_key(kind, text)) <= 60
    assert len(title_key(text)) <= 120


def test_a_title_is_known_again_by_its_letters():
    assert title_key("２JZ－6型 播种机“开沟器”的改进") == title_key("2jz-6型播种机开沟器的改进")
    assert title_key("降耗") != title_key("增产")


@pytest.fixture
def result(reference, city):
    return AchievementFactory(
        studio__union=city.unit.union,
        kind=AchievementKind.objects.get(code="utility_model"),
        number="ZL 2008 2 0009767.0",
        title="播种机（新）",
    )


def test_the_keys_follow_whatever_is_saved(result):
    assert (result.number_key, result.title_key) == ("patent:200820009767", "播种机新")
    result.number, result.title = "CN107345678U", "收割机"
    result.save(update_fields=["number", "title"])
    result.refresh_from_db()
    assert (result.number_key, result.title_key) == ("publication:107345678", "收割机")
    result.kind = AchievementKind.objects.get(code="paper")
    result.save(update_fields=["kind"])
    result.refresh_from_db()
    assert result.number_key == ""


def test_rows_written_in_bulk_have_keys_too(result):
    row = AchievementFactory.build(
        studio=result.studio, union=result.union, kind=result.kind, number="952012348"
    )
    Achievement.objects.bulk_create([row])
    assert Achievement.objects.get(pk=row.pk).number_key == "patent:95201234"


def test_rows_of_a_roster_have_keys_too(result):
    row = AchievementFactory.build(
        studio=result.studio, union=result.union, kind=result.kind, number="ZL95201234.8", title="播种机 二型"
    )
    insert(Achievement, [row])
    row = Achievement.objects.get(pk=row.pk)
    assert (row.number_key, row.title_key) == ("patent:95201234", "播种机二型")


def test_rows_from_before_the_keys_get_them(result):
    Achievement.objects.filter(pk=result.pk).update(number_key="", title_key="")
    migration = import_module("studios.migrations.0014_results_are_found_again")
    migration.fill(apps, SimpleNamespace(connection=connection))
    result.refresh_from_db()
    assert (result.number_key, result.title_key) == ("patent:200820009767", "播种机新")


HASHES = st.integers(-(2**63), 2**63 - 1)


@given(HASHES, st.sets(st.integers(0, 63), max_size=NEAR))
def test_the_index_finds_every_picture_that_is_near(fingerprint, flipped):
    other = fingerprint
    for bit in flipped:
        other ^= 1 << bit
    assert distance(fingerprint, other) == len(flipped)
    assert set(bands(other)) & set(probes(fingerprint))


def test_an_even_surface_is_like_every_other():
    assert not has_detail(0) and not has_detail(-1) and has_detail(0x0F0F0F0F0F0F0F0F)
