"""Cases about what is written in cells: dates, numbers, places, honours, patents, document numbers."""

# One row of a sheet a line, however wide its Chinese.
# fmt: off
# ruff: noqa: E501

from datetime import date

from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.studios.rosters.acceptance.making import Case, book, error, new, question

HEAD = ("旗县市区", "工作室名称", "所在单位", "领衔人", "级别")


FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"


def named(number):
    """A person's name of this number."""
    return FAMILY[number] + "大山"


def column(title, *cells, **more):
    """A workbook in which one column differs from row to row; rows begin at 2. ``more``: columns that do not."""
    if not {title, *more} & {"命名时间", "命名时间及文号"}:
        more["命名时间"] = "2019"
    return book(
        (*HEAD, title, *more),
        *[
            ("开鲁县", f"{named(n)}创新工作室", f"开鲁{named(n)}公司", named(n), "市级", cell, *more.values())
            for n, cell in enumerate(cells)
        ],
    )


def rows(*lines, also=("命名时间", "2019")):
    """A workbook of rows, each with one column more."""
    return book((*HEAD, also[0]), *[(*line, also[1]) for line in lines])


def each(key, expected):
    return {n: new(**{key: value}) for n, value in enumerate(expected, 2)}


DATES = {
    "2019.06": "2019-06", "2019.6": "2019-06", "2019-06": "2019-06", "2019/6/1": "2019-06-01",
    "2019年6月": "2019-06", "2019年": "2019", "2019": "2019", "201906": "2019-06", "20190601": "2019-06-01",
    "2019年6月1日": "2019-06-01", "2019 年 6 月": "2019-06", "2019.06.01": "2019-06-01", "２０１９．０６": "2019-06",
    "二〇一九年六月": "2019-06", "二○一九年": "2019", "2019-6-1 00:00:00": "2019-06-01", "2019。6": "2019-06",
    "2019年06月01日命名": "2019-06-01", "2019、6": "2019-06", "2019年度": "2019", "2019. 6. 1": "2019-06-01",
    "二0一九年十二月二十八日": "2019-12-28", "2019年6月份": "2019-06", "2019-06-01T00:00:00": "2019-06-01",
    "2019年\n6月": "2019-06", "2019年春": "2019",
}  # fmt: skip
NUMBERS = {
    43617: "2019-06-01", 2019: "2019", 201906: "2019-06", 20190601: "2019-06-01", 2019.06: "2019-06",
    2019.6: "2019-06", 2019.12: "2019-12",
}  # fmt: skip
DOUBTFUL = ("19.6", "2019.06—2021.12", "2019年6月；2020年5月", 20196, "6/7/2019", "2019611")
WRONG = ("2019.13", "2019-02-30", "2091-06-01", "98日", "1228日", "6月1日", "近三年", "不详")
PLACES = {
    "扎旗": "150526", "科左中旗": "150521", "科左后旗": "150522", "科区": "150502", "霍市": "150581",
    "开发区": "150571", "开鲁": "150523", "霍林郭勒": "150581", "通辽市科尔沁区": "150502",
    "科尔沁区总工会": "150502", "扎鲁特": "150526", "库伦": "150524", "奈旗": "150525", "左中旗": "150521",
    "内蒙古通辽市奈曼旗": "150525", "科尔沁左翼后旗": "150522", "市直机关": "150500-SZJ", "开 鲁 县": "150523",
    "教科文卫体": "150500-JKW", "科左中": "150521", "通辽经济技术开发区": "150571", "库伦旗工会": "150524",
}  # fmt: skip
AREAS = {
    "25㎡": 25, "25平米": 25, "约25": 25, "25余": 25, "二十五": 25, "２５平方米": 25, "60.5m²": 60.5, "100多平方米": 100,
    "1,200": 1200, "30 平": 30, "25m2": 25, "25平方": 25, "无": None, "—": None, "/": None,
}  # fmt: skip
COUNTS = {"9人": 9, "9": 9, 9: 9, "九人": 9, "共9人": 9, "9名": 9, "9人（其中女3人）": 9, "十二": 12, "9.0": 9}
DOCUMENTS = {
    "通工发（2019）12号": "通工发〔2019〕12号", "通工发[2019]12号": "通工发〔2019〕12号",
    "通工发【2019】12号": "通工发〔2019〕12号", "通工发〔2019〕12号": "通工发〔2019〕12号",
    "通工发〔2019〕12": "通工发〔2019〕12号", "通工发 〔２０１９〕 １２ 号": "通工发〔2019〕12号",
    "通工发〔2019〕第12号": "通工发〔2019〕12号", "通工发〔2019〕012号": "通工发〔2019〕12号",
    "通工发2019年12号": "通工发〔2019〕12号", "通工发(2019)12号": "通工发〔2019〕12号",
    "《关于命名职工创新工作室的决定》（通工发〔2019〕12号）": "通工发〔2019〕12号",
    "通工技发（2020）1号": "通工技发〔2020〕1号", "通工发﹝2019﹞12号": "通工发〔2019〕12号",
}  # fmt: skip
PATENTS = {
    "ZL201710601862.3": ["201710601862.3"], "ZL 2017 1 0601862.3": ["201710601862.3"],
    "2017106018623": ["201710601862.3"], "ＺＬ２０１７１０６０１８６２．３": ["201710601862.3"],
    "zl201710601862.3、ZL200820009767.0": ["201710601862.3", "200820009767.0"],
    "95115608.x": ["95115608.X"], "CN201710601862.3": ["201710601862.3"], "201029092038.0\xa0": ["201029092038.0"],
    "发明专利：ZL201710601862.3；实用新型：ZL200820009767.0": ["201710601862.3", "200820009767.0"],
    "无": [], "专利号ZL2017 1 0601862.3\nZL 2008 2 0009767.0": ["201710601862.3", "200820009767.0"],
    "ZL201710601862. 3": ["201710601862.3"],
}  # fmt: skip
HONOURS = {
    "2016年自治区劳模；2019全国五一奖章": [("province", 2016), ("national", 2019)],
    "全国劳动模范（2015年）": [("national", 2015)],
    "通辽市五一劳动奖章2018": [("city", 2018)],
    "市级工匠、自治区技术能手": [("city", None), ("province", None)],
    "2017年“北疆工匠”，2020年全国劳模": [("province", 2017), ("national", 2020)],
    "通辽市劳动模范": [("city", None)],
    "2015年4月获内蒙古自治区劳动模范称号": [("province", 2015)],
    "无": [],
    "全国劳模，享受国务院特殊津贴": [("national", None), ("national", None)],
    "省劳模 2018年科尔沁工匠": [("province", None), ("city", 2018)],
}
LEVELS = {
    "市级": "city", "盟市级": "city", "地市级": "city", "通辽市级": "city", "县级": "county", "旗级": "county",
    "旗县级": "county", "区县级": "county", "旗县市区级": "county", "市": "city",
}  # fmt: skip
LEADERS = {
    "张 三": "张三", "包·额尔敦": "包·额尔敦", "达能太": "达能太", "王　五": "王五", "李四（劳模）": "李四",
    "赵六 13812345678": "赵六", "孙七（组长）": "孙七",
}  # fmt: skip


def mac(made):
    made.epoch = CALENDAR_MAC_1904


def months(made):
    page = made["名册"]
    page["F2"].number_format = 'yyyy"年"m"月"'
    page["F3"].number_format = "yyyy.mm"
    page["F4"].number_format = "yyyy-mm-dd"
    page["F5"].number_format = 'yyyy"年"'


CASES = [
    Case("dates as text", column("命名时间", *DATES), each("named_on", DATES.values())),
    Case("dates as numbers", column("命名时间", *NUMBERS), each("named_on", NUMBERS.values())),
    Case(
        "dates that can be read in two ways are asked",
        column("命名时间", *DOUBTFUL),
        {n: question(f"F{n}") for n in range(2, 2 + len(DOUBTFUL))},
    ),
    Case("dates that cannot be", column("命名时间", *WRONG), {n: error(f"F{n}") for n in range(2, 2 + len(WRONG))}),
    Case(
        "a number 2019.1 may have been 2019.10",
        column("命名时间", 2019.1),
        {2: question("F2")},
    ),
    Case(
        "date cells are as exact as they show",
        book(
            (*HEAD, "命名时间"),
            *[("开鲁县", f"{named(n)}创新工作室", "开鲁魏公司", named(n), "市级", date(2019, 6, 1)) for n in range(4)],
            change=months,
        ),
        each("named_on", ["2019-06", "2019-06", "2019-06-01", "2019"]),
    ),
    Case(
        "a 1904 workbook",
        book(
            (*HEAD, "命名时间"),
            ("开鲁县", "陶麦创新工作室", "开鲁陶公司", "陶麦", "市级", date(2019, 6, 1)),
            change=mac,
        ),
        {2: new("陶麦创新工作室", named_on="2019-06-01")},
    ),
    Case(
        "place names as they are said",
        rows(
            *[(place, f"{named(n)}创新工作室", f"姜{n}公司", named(n), "旗县级") for n, place in enumerate(PLACES)]
        ),
        each("union_code", PLACES.values()),
    ),
    Case(
        "科尔沁 alone is asked, an unknown place too",
        rows(("科尔沁", "戚一创新工作室", "戚一公司", "戚一", "市级"), ("红星旗", "戚二创新工作室", "戚二公司", "戚二", "市级")),
        {2: question("A2"), 3: question("A3")},
    ),
    Case(
        "市级 of a county-level city is asked",
        rows(("霍林郭勒市", "谢霍创新工作室", "霍煤公司", "谢霍", "市级"), ("霍市", "谢县创新工作室", "霍铝公司", "谢县", "旗县级")),
        {2: question("E2"), 3: new("谢县创新工作室", union_code="150581", level="county")},
    ),
    Case(
        "the document settles 市级 of a county-level city",
        book(
            (*HEAD, "命名时间", "文号"),
            ("霍林郭勒市", "邹霍创新工作室", "霍煤公司", "邹霍", "市级", "2020", "通工发〔2020〕12号"),
            ("霍林郭勒市", "邹县创新工作室", "霍铝公司", "邹县", "市级", "2020", "霍工发〔2020〕12号"),
        ),
        {2: new("邹霍创新工作室", level="city"), 3: new("邹县创新工作室", level="county")},
    ),
    Case("areas", column("面积", *AREAS), each("area_sqm", AREAS.values())),
    Case("numbers of members", column("成员数", *COUNTS), each("member_count", COUNTS.values())),
    Case("document numbers", column("文号", *DOCUMENTS, 命名时间=None), each("document_number", DOCUMENTS.values())),
    Case(
        "date and document in one cell",
        column("命名时间及文号", "2019年6月 通工发〔2019〕12号", "通工发[2019]12号（2019.6.3）"),
        {2: new(named_on="2019-06", document_number="通工发〔2019〕12号"),
         3: new(named_on="2019-06-03", document_number="通工发〔2019〕12号")},
    ),
    Case("patents", column("专利号", *PATENTS), each("patents", PATENTS.values())),
    Case("a patent with a wrong check digit is kept", column("专利号", "ZL201710601862.5"),
         {2: new(patents=["201710601862.5"], cells=("F2",))}),
    Case("honours in one cell", column("领衔人荣誉", *HONOURS), each("honours", HONOURS.values())),
    Case(
        "level words",
        rows(*[("开鲁县", f"{named(n)}创新工作室", f"喻{n}公司", named(n), word) for n, word in enumerate(LEVELS)]),
        each("level", LEVELS.values()),
    ),
    Case(
        "names of leaders",
        rows(*[("开鲁县", f"柏{n}号创新工作室", f"柏{n}公司", word, "市级") for n, word in enumerate(LEADERS)]),
        each("leader", LEADERS.values()),
    ),
    Case(
        "revoked titles",
        column("备注", "2023年取消", "已撤销（通工发〔2023〕5号）", "2022年6月摘牌", 命名时间="2015年"),
        {2: new(status="ended", revoked_on="2023"), 3: new(status="ended"), 4: new(status="ended", revoked_on="2022-06")},
    ),
    Case(
        "columns of revoking",
        book(
            (*HEAD, "命名时间", "状态", "撤销时间", "撤销文号"),
            ("开鲁县", "水一创新工作室", "水一公司", "水一", "市级", "2015", "已取消", "2021.3", "通工发〔2021〕8号"),
            ("开鲁县", "水二创新工作室", "水二公司", "水二", "市级", "2015", "正常", None, None),
            ("开鲁县", "水三创新工作室", "水三公司", "水三", "市级", "2015", "在册", "—", "无"),
        ),
        {2: new("水一创新工作室", status="ended", revoked_on="2021-03"), 3: new("水二创新工作室"), 4: new("水三创新工作室")},
    ),
    Case(
        "telephones",
        column("联系电话", 13812345678, "13812345678.0", "0475-8212345", "13812345678/0475-8212345", "１３８１２３４５６７８"),
        {2: new(contact_phone="13812345678"), 3: new(contact_phone="13812345678"), 4: new(contact_phone="0475-8212345"),
         5: new(), 6: new(contact_phone="13812345678")},
    ),
    Case(
        "credit codes",
        column("统一社会信用代码", "91350100M000100Y43", "９１３５０１００ｍ０００１００ｙ４３", "91350100M000100Y44"),
        {2: new(credit_code="91350100M000100Y43"), 3: new(credit_code="91350100M000100Y43"), 4: new(cells=("F4",))},
    ),
    Case(
        "error values, text in the way, invisible characters",
        book(
            (*HEAD, "命名时间"),
            ("开鲁县", "\u200b窦一创新工作室\xa0", "窦一公司\n", "窦一", "市级", "2019"),
            ("开鲁县", "窦二创新工作室", "窦二公司", "窦二", "市级", "#REF!"),
            ("开鲁县", "窦\n三创新工作室", "窦三公司", "窦三", "市级\n", "2019年\n6月"),
        ),
        {2: new("窦一创新工作室", unit_name="窦一公司"), 3: error("F3"), 4: new("窦三创新工作室", named_on="2019-06")},
    ),
    Case(
        "named before it was founded, and in the future",
        book(
            (*HEAD, "创建时间", "命名时间"),
            ("开鲁县", "章后创新工作室", "章公司", "章后", "市级", "2020", "2019"),
        ),
        {2: new(cells=("F2",))},
    ),
    Case(
        "quotes, plus signs and Latin letters in names",
        rows(
            ("开鲁县", "“互联网+工会”创新工作室", "开鲁云公司", "云一", "市级"),
            ("开鲁县", "BIM职工创新工作室", "开鲁云公司", "云二", "市级"),
            ("开鲁县", "杜正平MTP创新工作室", "开鲁云公司", "云三", "市级"),
        ),
        {2: new("“互联网+工会”创新工作室"), 3: new("BIM职工创新工作室"), 4: new("杜正平MTP创新工作室")},
    ),
]
