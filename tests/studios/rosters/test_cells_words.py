"""Honours, and the columns that choose from a list."""

import json
from pathlib import Path

import pytest

from studios.choices import Education, EndReason, ProfTitle, Sex, SkillLevel, StudioKind
from studios.rosters.cells import endings, grades, words
from studios.rosters.cells.endings import read_end_reason, read_status
from studios.rosters.cells.grades import read_prof_title, read_skill_level
from studios.rosters.cells.honours import HonourBook, read_honours
from studios.rosters.cells.levels import RANKS
from studios.rosters.cells.reference_words import industry_words, ownership_words
from studios.rosters.cells.words import read_education, read_sex, read_studio_kind
from tests.studios.rosters.reading import noted, read

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"


def rows_of(name):
    return [row["fields"] for row in json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))]


BOOK = HonourBook(rows_of("honour_kinds"), counties=("科尔沁区", "开鲁县", "霍林郭勒市"))


def honours(raw, **context):
    """(name, level, date, kind) of each."""
    return [(one["name"], one["level"], one["date"], one["kind"]) for one in read(BOOK.read(raw, **context))]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("全国劳模", ("全国劳动模范", "national", "", "model_worker_national")),
        ("2016年自治区劳模", ("自治区劳模", "province", "2016", "model_worker_region")),
        ("2016自治区劳模", ("自治区劳模", "province", "2016", "model_worker_region")),
        ("自治区劳模(2016)", ("自治区劳模", "province", "2016", "model_worker_region")),
        ("自治区劳模（2016年）", ("自治区劳模", "province", "2016", "model_worker_region")),
        ("自治区劳模2016年", ("自治区劳模", "province", "2016", "model_worker_region")),
        ("2016.5自治区劳模", ("自治区劳模", "province", "2016-05", "model_worker_region")),
        ("2016年5月荣获自治区劳动模范称号", ("自治区劳动模范", "province", "2016-05", "model_worker_region")),
        ("2020年被评为“通辽市劳动模范”", ("通辽市劳动模范", "city", "2020", "model_worker_city")),
        ("自治区（省部级）劳动模范", ("自治区（省部级）劳动模范", "province", "", "model_worker_region")),
        ("2019全国五一奖章", ("全国五一劳动奖章", "national", "2019", "may_day_medal_national")),
        (
            "内蒙古自治区五一劳动奖章获得者",
            ("内蒙古自治区五一劳动奖章获得者", "province", "", "may_day_medal_region"),
        ),
        ("北疆工匠", ("北疆工匠", "province", "", "craftsman_region")),
        ("通辽工匠", ("通辽工匠", "city", "", "craftsman_city")),
        ("科尔沁区劳模", ("科尔沁区劳模", "county", "", "model_worker_county")),
        ("公司劳模", ("公司劳模", "unit", "", "model_worker_unit")),
        ("国务院特殊津贴", ("国务院政府特殊津贴", "national", "", "allowance_national")),
        ("市级技能大师工作室领办人", ("市级技能大师工作室领办人", "city", "", "skill_master_city")),
        ("劳模(2016)", ("劳模", None, "2016", "")),
        ("区劳模", ("区劳模", None, "", "")),
        ("全国劳模提名", ("全国劳模提名", "national", "", "")),
        ("享受全国劳模待遇", ("享受全国劳模待遇", None, "", "")),
        ("五一劳动奖状", ("五一劳动奖状", None, "", "")),
        ("全国三八红旗手标兵", ("全国三八红旗手标兵", "national", "", "")),
        ("2016-2018年度先进个人", ("2016-2018年度先进个人", None, "", "")),
        ("某某奖", ("某某奖", None, "", "")),
    ],
)
def test_an_honour_with_its_level_year_and_kind(raw, expected):
    assert honours(raw) == [expected]


REGION = ("自治区劳模", "province", "2016", "model_worker_region")
MEDAL = ("全国五一劳动奖章", "national", "2019", "may_day_medal_national")


@pytest.mark.parametrize(
    "raw",
    [
        "2016年自治区劳模；2019全国五一奖章",
        "2016年自治区劳模、2019年全国五一奖章",
        "2016年自治区劳模，2019年全国五一奖章。",
        "2016年自治区劳模\n2019年全国五一奖章",
        "2016年自治区劳模 2019年全国五一奖章",
        "2016年自治区劳模2019年全国五一奖章",
        "自治区劳模2016年全国五一奖章2019年",
        "1.2016年自治区劳模\n2.2019年全国五一奖章",
        "1、2016年自治区劳模；2、2019年全国五一奖章",
    ],
)
def test_several_honours_are_parted(raw):
    assert honours(raw) == [REGION, MEDAL]


def test_two_years_before_one_honour_are_two_honours():
    assert [one["year"] for one in read(BOOK.read("2016、2018年全国技术能手"))] == [2016, 2018]


def test_an_honour_that_is_not_known_is_kept_and_named():
    understood = BOOK.read("2016年自治区劳模；某某奖")
    assert noted(understood) == ["honour.unknown"]
    assert understood.notes[0].values == {"names": "某某奖"}


def test_without_a_book_every_kind_stays_open():
    assert [one["kind"] for one in read(read_honours("全国劳模"))] == [""]
    assert read(read_honours("无")) is None
    assert read(read_honours(5)) == "!honour.shape"


def test_an_honour_of_the_city_from_a_county_level_city_is_asked():
    code, (as_city, as_county) = read(BOOK.read("市劳模；2016年全国劳模", county_level_city=True))
    assert code == "?honour.city_or_county"
    assert [one["kind"] for one in as_city] == ["model_worker_city", "model_worker_national"]
    assert [one["kind"] for one in as_county] == ["model_worker_county", "model_worker_national"]
    assert honours("通辽市劳模", county_level_city=True)[0][1] == "city"


@pytest.mark.parametrize("row", rows_of("honour_kinds"), ids=lambda row: row["code"])
def test_every_official_name_is_its_own_kind(row):
    (found,) = read(BOOK.read(row["name"]))
    assert (found["name"], found["kind"]) == (row["name"], row["code"])
    assert found["level"] is None or RANKS[found["level"]] == row["rank"]


@pytest.mark.parametrize(
    ("reader", "raw", "answer"),
    [
        (read_studio_kind, "职工创新工作室", "worker"),
        (read_studio_kind, "劳模创新工作室", "model_worker"),
        (read_studio_kind, "劳模", "model_worker"),
        (read_studio_kind, "工匠创新工作室", "craftsman"),
        (read_studio_kind, "劳模（工匠）创新工作室", "model_craftsman"),
        (read_studio_kind, "劳模和工匠人才创新工作室", "model_craftsman"),
        (read_studio_kind, "女职工创新工作室", "women"),
        (read_studio_kind, "巾帼创新工作室", "women"),
        (read_studio_kind, "技能大师工作室", "skill_master"),
        (read_studio_kind, "传统工艺大师工作室", "trad_craft"),
        (read_studio_kind, "联合创新工作室", "joint"),
        (read_studio_kind, "劳模职工创新工作室", ("?word.which", ["model_worker", "worker"])),
        (read_studio_kind, "创新工作室", "!word.unknown"),
        (read_sex, "男", "male"),
        (read_sex, " 女性", "female"),
        (read_sex, 2, "female"),
        (read_sex, "?", "!word.unknown"),
        (read_education, "本科", "bachelor"),
        (read_education, "大学", "bachelor"),
        (read_education, "大学专科", "college"),
        (read_education, "中专", "senior"),
        (read_education, "硕士研究生", "master"),
        (read_education, "研究生", ("?word.which", ["master", "doctor"])),
        (read_education, "本科、硕士", ("?word.which", ["bachelor", "master"])),
        (read_education, "小学", "!word.unknown"),
        (read_prof_title, "工程师", "intermediate"),
        (read_prof_title, "助理工程师", "assistant"),
        (read_prof_title, "高级工程师", "deputy_senior"),
        (read_prof_title, "高工", "deputy_senior"),
        (read_prof_title, "正高级工程师", "senior"),
        (read_prof_title, "教授级高工", "senior"),
        (read_prof_title, "副主任医师", "deputy_senior"),
        (read_prof_title, "工程师、经济师", "intermediate"),
        (read_prof_title, "工程师、高级经济师", ("?word.which", ["intermediate", "deputy_senior"])),
        (read_prof_title, "高级", ("?word.which", ["deputy_senior", "senior"])),
        (read_prof_title, "初级", ("?word.which", ["clerk", "assistant"])),
        (read_prof_title, "高级技师", "!word.unknown"),
        (read_skill_level, "高级技师", "senior_technician"),
        (read_skill_level, "高级工", "senior"),
        (read_skill_level, "首席技师", "chief_technician"),
        (read_skill_level, "一级/高级技师", "senior_technician"),
        (read_skill_level, "高级工（三级）", "senior"),
        (read_skill_level, "三级", "senior"),
        (read_skill_level, "国家职业资格一级", "senior_technician"),
        (read_skill_level, "一级", ("?skill_level.which", ["senior_technician", "junior"])),
        (read_skill_level, "五级", ("?skill_level.which", ["junior", "senior_technician"])),
        (read_skill_level, "一级/技师", ("?skill_level.which", ["technician", "senior_technician"])),
        (read_skill_level, "高级", ("?word.which", ["senior", "senior_technician"])),
        (read_skill_level, "高级工程师", "!word.unknown"),
        (read_status, "在册", "live"),
        (read_status, "正常", "live"),
        (read_status, "已撤销", "ended"),
        (read_status, "摘牌", "ended"),
        (read_status, "未取消", ("?word.which", ["live", "ended"])),
        (read_status, "限期整改", ("?word.which", ["live", "ended"])),
        (read_status, "蓝色", "!word.unknown"),
        (read_end_reason, "连续三年无创新成果", "no_result_3y"),
        (read_end_reason, "年度考核不合格", "failed_assessment"),
        (read_end_reason, "企业破产", "unit_closed"),
        (read_end_reason, "领衔人已退休", "leader_gone"),
        (read_end_reason, "单位搬迁", "unit_moved"),
        (read_end_reason, "主动申请撤销", "voluntary"),
        (read_end_reason, "合并到其他工作室", "merged"),
        (read_end_reason, "晋升为市级", "superseded"),
        (read_end_reason, "弄虚作假", "fraud"),
        (read_end_reason, "领衔人调离，企业停产", ("?word.which", ["unit_closed", "leader_gone"])),
        (read_end_reason, "别的", None),
    ],
)
def test_words(reader, raw, answer):
    assert read(reader(raw)) == answer
    assert read(reader(None)) is None


def test_a_reason_without_a_code_is_noted():
    assert noted(read_end_reason("别的")) == ["end_reason.unknown"]


def test_the_lists_are_those_of_the_register():
    assert set(words.STUDIO_KIND.labels) == set(StudioKind)
    assert set(words.SEX.labels) == set(Sex)
    assert set(words.EDUCATION.labels) == set(Education)
    assert set(grades.PROF_TITLE.labels) == set(ProfTitle)
    assert set(grades.SKILL_LEVEL.labels) == set(SkillLevel)
    assert set(endings.REASONS) == set(EndReason) - {EndReason.UNSTATED}


@pytest.mark.parametrize(
    "vocabulary",
    [words.STUDIO_KIND, words.SEX, words.EDUCATION, grades.PROF_TITLE, grades.SKILL_LEVEL, endings.STATUS],
)
def test_every_label_is_read_as_its_own_value(vocabulary):
    assert {value: read(vocabulary.read(label)) for value, label in vocabulary.labels.items()} == {
        value: value for value in vocabulary.labels
    }


def test_the_nature_of_a_unit():
    natures = ownership_words(rows_of("ownership_kinds"))
    said = "国有 央企 集体企业 民营 私营企业 外资 混合所有制 机关 事业单位 社会组织 其他".split()
    codes = "state state collective private private foreign mixed government institution social other".split()
    assert [read(natures.read(word)) for word in said] == codes
    assert read(natures.read("机关事业单位")) == ("?word.which", ["government", "institution"])
    assert read(natures.read("非公")) == ("?word.which", ["private", "foreign", "mixed"])
    assert read(natures.read("abc")) == "!word.unknown"
    for row in rows_of("ownership_kinds"):
        assert read(natures.read(row["name"])) == row["code"]


def test_industries():
    industries = industry_words(rows_of("industries"))
    said = ["C", "c制造业", "C13", "制造业", "电力", "电力行业", "教育业", "煤炭", "农林牧渔业", "医疗"]
    assert [read(industries.read(word)) for word in said] == list("CCCCDDPBAQ")
    assert read(industries.read("C 教育")) == ("?word.which", ["C", "P"])
    assert read(industries.read("其他")) == "!word.unknown"
    for row in rows_of("industries"):
        assert read(industries.read(row["name"])) == row["code"]
        assert read(industries.read(f"{row['code']} {row['name']}")) == row["code"]
