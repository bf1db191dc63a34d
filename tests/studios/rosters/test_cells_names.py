"""Names, levels and places."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studios.choices import Rank
from studios.rosters.cells.levels import RANKS, read_level, read_rank
from studios.rosters.cells.names import name_key, read_people, read_person, read_title, unit_core, unit_key
from studios.rosters.cells.places import Gazetteer
from tests.studios.rosters.reading import noted, read

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("张三", "张三"),
        ("张 三", "张三"),
        ("张　　三", "张三"),
        ("王 小 明", "王小明"),
        ("欧阳 锋", "欧阳锋"),
        ("包 额尔敦", "包额尔敦"),
        ("包·额尔敦", "包·额尔敦"),
        ("包•额尔敦", "包·额尔敦"),
        ("包・额尔敦", "包·额尔敦"),
        ("包‧额尔敦", "包·额尔敦"),
        ("包 · 额尔敦", "包·额尔敦"),
        ("包.额尔敦", "包·额尔敦"),
        ("达能太", "达能太"),
        ("John Smith", "John Smith"),
        ("ᠪᠠᠲᠤ ᠪᠠᠶᠠᠷ", "ᠪᠠᠲᠤ ᠪᠠᠶᠠᠷ"),
        ("张三（组长）", "张三"),
        ("组长：张三", "张三"),
        ("无", None),
        ("张三、李四", ("?name.several", ["张三", "李四"])),
        ("张三等5人", ("?name.several", ["张三"])),
        ("乌兰 图雅", ("?name.blanks", ["乌兰图雅", "乌兰", "图雅"])),
        ("张", "!name.shape"),
        ("张3", "!name.shape"),
        (5, "!name.shape"),
    ],
)
def test_one_name(raw, name):
    assert read(read_person(raw)) == name


def test_the_words_beside_a_name_are_kept_beside_it():
    understood = read_person("张三（组长）")
    assert understood.extra == {"remark": "组长"}
    assert noted(understood) == ["name.words"]


def people(*pairs):
    return [{"name": name, "remark": remark} for name, remark in pairs]


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("张三（组长）、李四", people(("张三", "组长"), ("李四", ""))),
        ("张三，李四；王五\n赵六", people(("张三", ""), ("李四", ""), ("王五", ""), ("赵六", ""))),
        ("张三 李四 王五", people(("张三", ""), ("李四", ""), ("王五", ""))),
        ("张 三、李 四", people(("张三", ""), ("李四", ""))),
        ("张三和李四", people(("张三", ""), ("李四", ""))),
        ("组长：张三 组员：李四、王五", people(("张三", "组长"), ("李四", "组员"), ("王五", ""))),
        ("张三（组长） 李四", people(("张三", "组长"), ("李四", ""))),
        ("包·额尔敦、达能太", people(("包·额尔敦", ""), ("达能太", ""))),
        ("张三等5人", people(("张三", ""))),
        ("张三、李4", "!name.shape_of"),
        ("8", "!name.shape_of"),
        (8, "!name.shape"),
        ("张三 李四", ("?name.blanks", [people(("张三", ""), ("李四", "")), people(("张三李四", ""))])),
        ("—", None),
    ],
)
def test_lists_of_names(raw, value):
    assert read(read_people(raw)) == value


NAMES = st.lists(st.text("赵钱孙李周吴郑王额尔敦达能太", min_size=2, max_size=5), min_size=1, max_size=6)


@given(NAMES, st.sampled_from("、，,；;\n"))
def test_every_list_of_names_is_read_name_by_name(names, sign):
    assert [person["name"] for person in read(read_people(sign.join(names)))] == names


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("“互联网+工会”创新工作室", "“互联网+工会”创新工作室"),
        (" 张 三\u3000劳模创新工作室\n", "张三劳模创新工作室"),
        ("宏昌（集团）有限公司", "宏昌（集团）有限公司"),
        ("GEO+ 职工创新工作室", "GEO+ 职工创新工作室"),
        ("无", None),
    ],
)
def test_a_title_is_kept_as_written_but_for_its_blanks(raw, title):
    assert read(read_title(raw)) == title


def test_names_are_compared_without_their_dress():
    assert name_key("“互联网＋工会” 创新工作室（通辽）") == name_key('"互联网+工会"创新工作室(通辽)')
    assert name_key("GEO+职工") == name_key("ｇｅｏ＋ 职工")
    assert name_key("包•额尔敦") == name_key("包·额尔敦")
    assert name_key("大地测量") != name_key("大地测绘")
    assert unit_key("宏昌（集团）有限公司") == unit_key("宏昌(集团)有限公司")


def test_the_core_of_a_unit_is_without_place_and_legal_form():
    assert (
        unit_core("内蒙古通辽市宏昌机械制造有限责任公司")
        == unit_core("宏昌机械制造有限公司")
        == "宏昌机械制造"
    )
    assert unit_core("科尔沁区宏昌机械制造厂", also=("科尔沁区",)) == "宏昌机械制造"
    assert unit_core("通辽有限公司") == "通辽有限公司"


@given(st.text())
def test_a_key_is_its_own_key(text):
    assert name_key(name_key(text)) == name_key(text)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("nation", "国家级 全国"),
        ("province", "省级 自治区级 省部级 内蒙古自治区级"),
        ("city", "市级 地市级 盟市级 盟级 地级市 通辽市级 市级创新工作室"),
        ("county", "旗县级 县级 区县级 县区级 旗（县）级 旗县（市区）级 旗县(市、区)级"),
        ("base", "基层级 企业级 公司级 单位级 厂级"),
    ],
)
def test_levels(code, words):
    assert {word: read(read_level(word)) for word in words.split()} == dict.fromkeys(words.split(), code)


def test_a_level_that_depends_on_who_speaks_is_asked():
    assert read(read_level("市级", county_level_city=True)) == ("?level.city_or_county", ["city", "county"])
    assert read(read_level("盟市级", county_level_city=True)) == "city"
    assert read(read_level("通辽市级", county_level_city=True)) == "city"
    assert read(read_level("区级")) == ("?level.region_or_district", ["county", "province"])
    assert read(read_level("市级、旗县级")) == ("?level.several", ["city", "county"])
    assert read(read_level("高级")) == "!level.word"
    assert read(read_level("行业级")) == "!level.word"
    assert read(read_level("")) is None


def test_ranks():
    words = "国际级 国家级 省部级 行业级 市级 旗县级 集团级 公司级 车间级".split()
    codes = "international national province industry city county group unit workshop".split()
    assert [read(read_rank(word)) for word in words] == codes
    assert set(RANKS) == set(codes)
    assert set(RANKS.values()) == set(Rank)
    assert read(read_rank("一等奖")) == "!rank.word"
    assert read(read_rank("市级", county_level_city=True)) == ("?level.city_or_county", ["city", "county"])


@pytest.fixture(scope="module")
def gazetteer():
    rows = [row["fields"] for row in json.loads((FIXTURES / "unions.json").read_text(encoding="utf-8"))]
    return Gazetteer([{**row, "parent": (row["parent"] or [None])[0]} for row in rows])


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("150500", "通辽市 通辽 通辽市总工会 市总"),
        ("150502", "科尔沁区 科区 科尔沁区总工会 科尔沁区工会 通辽市科尔沁区 科尔沁区（5个） 150502"),
        ("150521", "科左中旗 中旗 科尔沁左翼中旗 左中旗"),
        ("150522", "科左后旗 后旗 内蒙古通辽市科尔沁左翼后旗"),
        ("150523", "开鲁 开鲁县 开鲁县工会 内蒙古自治区通辽市开鲁县总工会"),
        ("150526", "扎旗 扎鲁特 扎鲁特旗"),
        ("150581", "霍市 霍林郭勒 霍林郭勒市"),
        ("150571", "开发区 通辽开发区 通辽经济技术开发区"),
        ("150500-JTY", "交通运输工会 通辽市交通运输工会"),
    ],
)
def test_places_by_all_their_names(gazetteer, code, words):
    assert {word: read(gazetteer.find(word)) for word in words.split()} == dict.fromkeys(words.split(), code)


def test_blanks_and_numbers_do_not_hide_a_place(gazetteer):
    assert read(gazetteer.find("科 左 中 旗")) == "150521"
    assert read(gazetteer.find(150502)) == "150502"
    assert read(gazetteer.find(None)) is None


def test_a_name_of_several_places_is_asked(gazetteer):
    assert read(gazetteer.find("科尔沁")) == ("?place.several", ["150502", "150521", "150522"])
    assert read(gazetteer.find("科左")) == ("?place.several", ["150521", "150522"])
    assert read(gazetteer.find("左翼中旗")) == ("?place.several", ["150521"])


def test_an_unknown_place_names_the_expected_ones(gazetteer):
    understood = gazetteer.find("Zhaluteqi")
    assert read(understood) == "!place.unknown"
    assert "扎鲁特旗" in understood.error.values["names"]


def test_an_alias_that_two_unions_carry_is_asked():
    rows = [
        {
            "code": code,
            "tier": 2,
            "name": name,
            "short_name": "",
            "aliases": ["园区"],
            "kind": "zone",
            "parent": None,
        }
        for code, name in (("A1", "甲园区总工会"), ("B1", "乙园区总工会"))
    ]
    assert read(Gazetteer(rows).find("园区")) == ("?place.several", ["A1", "B1"])
    assert read(Gazetteer(rows).find("甲园区")) == "A1"


def test_within_a_scope_only_its_places_are_known(gazetteer):
    kailu = gazetteer.within(["150523"])
    assert read(kailu.find("开鲁")) == "150523"
    assert read(kailu.find("科尔沁")) == "!place.unknown"
    assert read(gazetteer.within(["150500"]).find("奈曼旗")) == "150525"
