"""Cases about the shape of a sheet: where the header is, what stands above, between and below the rows."""

# One row of a sheet a line, however wide its Chinese.
# fmt: off
# ruff: noqa: E501

from tests.studios.rosters.acceptance.making import Case, book, error, new, question

HEAD = ("序号", "旗县市区", "工作室名称", "所在单位", "领衔人", "级别", "命名时间", "文号")
JARUD, KAILU, HORQIN, NAIMAN, MIDDLE = "150526", "150523", "150502", "150525", "150521"


def hide(made):
    page = made["名册"]
    page.row_dimensions[3].hidden = True
    page.column_dimensions["G"].hidden = True


def hide_sheet(made):
    made["旧表"].sheet_state = "hidden"


def format_far(made):
    page = made["名册"]
    page.cell(900, 3, "　")
    page.cell(2000, 3, "").number_format = "@"


CASES = [
    Case(
        "title, unit line, total and signatures",
        book(
            ("通辽市职工创新工作室汇总表",),
            ("填报单位（盖章）：通辽市总工会", None, None, None, "填报时间：2025年3月10日", None, None, "单位：人、㎡"),
            HEAD,
            (1, "奈曼旗", "赵铁柱创新工作室", "奈曼旗供电公司", "赵铁柱", "市级", "2019年6月", "通工发〔2019〕12号"),
            (2, "开鲁县", "钱大海创新工作室", "开鲁县医院", "钱大海", "旗县级", "2020年", "开工发〔2020〕3号"),
            ("合计", 2),
            ("填表人：孙某", None, None, "审核人：李某", None, "联系电话：0475-8212345"),
            ("2025年3月10日",),
            merged=("A1:H1",),
        ),
        {
            4: new("赵铁柱创新工作室", union_code=NAIMAN, unit_name="奈曼旗供电公司", leader="赵铁柱", level="city",
                   named_on="2019-06", document_number="通工发〔2019〕12号"),
            5: new("钱大海创新工作室", union_code=KAILU, level="county", named_on="2020",
                   document_number="开工发〔2020〕3号"),
        },
        totals=[(6, 2, 2)],
    ),
    Case(
        "two-row merged header",
        book(
            ("2024年度劳模创新工作室统计表",),
            ("序号", "所属旗县", "工作室", "单位", "领衔人", None, "命名情况", None, None, "专利号", None),
            (None, None, None, None, "姓名", "性别", "级别", "时间", "文号", "发明", "实用新型"),
            (1, "开鲁县", "周大山创新工作室", "开鲁糖业公司", "周大山", "男", "市级", "2018.11", "通工发〔2018〕40号",
             "201710601862.3", "200820009767.0"),
            merged=("A1:K1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:F2", "G2:I2", "J2:K2"),
        ),
        {
            4: new("周大山创新工作室", union_code=KAILU, unit_name="开鲁糖业公司", leader="周大山", level="city",
                   named_on="2018-11", document_number="通工发〔2018〕40号",
                   patents=["201710601862.3", "200820009767.0"]),
        },
    ),
    Case(
        "header words of another office",
        book(
            ("编号", "推荐单位", "*创新工作室全称\n（必填）", "申报单位", "带 头 人", "称号级别", "授牌日期", "批准文号",
             "场地面积\n(平方米)", "团队人数", "成立时间"),
            (1, "科左中旗总工会", "吴老三职工创新工作室", "科左中旗农机站", "吴老三", "区县级", "2021-05-01",
             "左中工发（2021）7号", 40, 8, "2018年"),
        ),
        {2: new("吴老三职工创新工作室", union_code=MIDDLE, unit_name="科左中旗农机站", leader="吴老三", level="county",
                named_on="2021-05-01", document_number="左中工发〔2021〕7号", area_sqm=40, member_count=8,
                founded_on="2018")},
    ),
    Case(
        "spaced and odd header words",
        book(
            ("序 号", "所属工会", "工 作 室\n名 称", "依托单位", "领　军　人　物", "命名级别", "命名年份", "发文字号",
             "使用面积（㎡）", "成员人数（人）"),
            (1, "扎旗", "郑小河工匠创新工作室", "扎鲁特旗中学", "郑小河", "盟市级", 2017, "通工发[2017]9号", "60", "11"),
        ),
        {2: new("郑小河工匠创新工作室", union_code=JARUD, unit_name="扎鲁特旗中学", leader="郑小河", level="city",
                named_on="2017", document_number="通工发〔2017〕9号", area_sqm=60, member_count=11)},
    ),
    Case(
        "merged county cells, then a plain blank",
        book(
            HEAD,
            (1, "开鲁县", "冯一创新工作室", "开鲁一公司", "冯一", "市级", "2019", "通工发〔2019〕1号"),
            (2, None, "冯二创新工作室", "开鲁二公司", "冯二", "市级", "2019", "通工发〔2019〕1号"),
            (3, "奈曼旗", "冯三创新工作室", "奈曼三公司", "冯三", "市级", "2019", "通工发〔2019〕1号"),
            (4, None, "冯四创新工作室", "第四公司", "冯四", "市级", "2019", "通工发〔2019〕1号"),
            merged=("B2:B3",),
        ),
        {
            2: new("冯一创新工作室", union_code=KAILU),
            3: new("冯二创新工作室", union_code=KAILU),
            4: new("冯三创新工作室", union_code=NAIMAN),
            5: question("B5"),
        },
    ),
    Case(
        "merged date and document cells",
        book(
            HEAD,
            (1, "开鲁县", "陈一创新工作室", "开鲁甲公司", "陈一", "市级", "2019.06", "通工发〔2019〕1号"),
            (2, None, "陈二创新工作室", "开鲁乙公司", "陈二"),
            merged=("B2:B3", "F2:F3", "G2:G3", "H2:H3"),
        ),
        {3: new("陈二创新工作室", union_code=KAILU, level="city", named_on="2019-06", document_number="通工发〔2019〕1号"),
         2: new("陈一创新工作室")},
    ),
    Case(
        "group rows, subtotals and a wrong control total",
        book(
            ("市级创新工作室名单",),
            ("序号", "工作室名称", "所在单位", "领衔人", "命名时间"),
            ("科尔沁区（2个）",),
            (1, "褚一创新工作室", "科区一公司", "褚一", "2019"),
            (2, "褚二创新工作室", "科区二公司", "褚二", "2019"),
            ("小计", 2),
            ("扎鲁特旗（３个）",),
            (1, "褚三创新工作室", "扎旗三公司", "褚三", "2019"),
            (2, "褚四创新工作室", "扎旗四公司", "褚四", "2019"),
            ("合计：4个",),
            merged=("A1:E1", "A3:E3", "A7:E7"),
        ),
        {
            4: new("褚一创新工作室", union_code=HORQIN, level="city"),
            5: new("褚二创新工作室", union_code=HORQIN),
            8: new("褚三创新工作室", union_code=JARUD, level="city"),
            9: new("褚四创新工作室", union_code=JARUD),
        },
        totals=[(3, 2, 2), (6, 2, 2), (7, 3, 2), (10, 4, 4)],
    ),
    Case(
        "naming list without a header",
        book(
            ("附件",),
            ("2022年度通辽市市级职工创新工作室名单（3个）",),
            ("科尔沁区（2个）",),
            ("卫国强劳模创新工作室（通辽金锣食品公司）",),
            ("蒋大伟创新工作室（科尔沁牛业公司）",),
            ("开鲁县（1个）",),
            ("沈青山创新工作室（开鲁县第一中学）",),
        ),
        {
            4: question(studio_name="卫国强劳模创新工作室", union_code=HORQIN, unit_name="通辽金锣食品公司", level="city"),
            5: question(studio_name="蒋大伟创新工作室", union_code=HORQIN, unit_name="科尔沁牛业公司", level="city"),
            7: question(studio_name="沈青山创新工作室", union_code=KAILU, unit_name="开鲁县第一中学", level="city"),
        },
    ),
    Case(
        "example rows left in",
        book(
            HEAD,
            ("例", "扎鲁特旗", "张三创新工作室", "某某公司", "张三", "市级", "2019年6月", "通工发〔2019〕12号"),
            ("示例2", "扎鲁特旗", "李四创新工作室", "某某公司", "李四", "市级", "2019年6月", "通工发〔2019〕12号"),
            (1, "扎鲁特旗", "韩真创新工作室", "扎鲁特真公司", "韩真", "市级", "2019年6月", "通工发〔2019〕12号"),
            (None, None, "（样例）王五创新工作室", "某某公司", "王五", "市级", "2019"),
        ),
        {4: new("韩真创新工作室", union_code=JARUD)},
    ),
    Case(
        "one sheet per county, instructions and an empty sheet",
        book(
            ("填写说明",), ("1.请勿改动表头。",), ("2.日期写作2019-06-01。",),
            sheet="填写说明",
            **{
                "开鲁县": [("工作室名称", "所在单位", "负责人", "级别"), ("杨开创新工作室", "开鲁杨公司", "杨开", "县级")],
                "奈曼": [("工作室名称", "所在单位", "负责人", "级别"), ("朱奈创新工作室", "奈曼朱公司", "朱奈", "旗级")],
                "Sheet3": [],
            },
        ),
        {
            ("开鲁县", 2): question(studio_name="杨开创新工作室", union_code=KAILU, leader="杨开", level="county"),
            ("奈曼", 2): question(studio_name="朱奈创新工作室", union_code=NAIMAN, leader="朱奈", level="county"),
        },
    ),
    Case(
        "hidden row and column are read, nothing is lost",
        book(
            HEAD,
            (1, "开鲁县", "秦一创新工作室", "开鲁秦公司", "秦一", "市级", "2019", "通工发〔2019〕1号"),
            (2, "开鲁县", "秦二创新工作室", "开鲁秦二公司", "秦二", "市级", "2019", "通工发〔2019〕1号"),
            change=hide,
        ),
        {2: new("秦一创新工作室", named_on="2019"), 3: new("秦二创新工作室")},
    ),
    Case(
        "a hidden sheet is left out and told",
        book(
            HEAD,
            (1, "开鲁县", "尤一创新工作室", "开鲁尤公司", "尤一", "市级", "2019", "通工发〔2019〕1号"),
            change=hide_sheet,
            **{"旧表": [HEAD, (1, "开鲁县", "尤旧创新工作室", "开鲁尤公司", "尤旧", "市级", "2009", "")]},
        ),
        {("名册", 2): new("尤一创新工作室")},
    ),
    Case(
        "the header again on every printed page",
        book(
            ("创新工作室名册（第1页）",),
            HEAD,
            (1, "开鲁县", "许一创新工作室", "开鲁许公司", "许一", "市级", "2019", "通工发〔2019〕1号"),
            (),
            ("创新工作室名册（第2页）",),
            HEAD,
            (2, "奈曼旗", "许二创新工作室", "奈曼许公司", "许二", "市级", "2019", "通工发〔2019〕1号"),
        ),
        {3: new("许一创新工作室"), 7: new("许二创新工作室", union_code=NAIMAN)},
    ),
    Case(
        "section rows with the level",
        book(
            ("开鲁县创新工作室一览表",),
            ("序号", "工作室名称", "所在单位", "领衔人", "命名时间"),
            ("一、市级（1个）",),
            (1, "何市创新工作室", "开鲁何公司", "何市", "2019"),
            ("二、旗县级（2个）",),
            (2, "何县创新工作室", "开鲁何二公司", "何县", "2020"),
            (3, "何乡创新工作室", "开鲁何三公司", "何乡", "2020"),
            merged=("A3:E3", "A5:E5"),
        ),
        {
            4: new("何市创新工作室", union_code=KAILU, level="city"),
            6: new("何县创新工作室", union_code=KAILU, level="county"),
            7: new("何乡创新工作室", level="county"),
        },
        totals=[(3, 1, 1), (5, 2, 2)],
    ),
    Case(
        "a long explanation above, notes below, formatted emptiness far below",
        book(
            *[(f"{n}. 请各旗县市区总工会认真核对本地区工作室情况，如有变化请在备注中说明。",) for n in range(1, 13)],
            HEAD,
            (1, "开鲁县", "吕一创新工作室", "开鲁吕公司", "吕一", "市级", "2019", "通工发〔2019〕1号"),
            ("注：1.本表一式两份；",),
            ("　　2.命名时间以文件为准。",),
            ("通辽市总工会",),
            ("二〇二五年三月",),
            change=format_far,
        ),
        {14: new("吕一创新工作室", union_code=KAILU)},
    ),
    Case(
        "one bad row among good ones",
        book(
            HEAD,
            *[
                (n, "开鲁县", None if n == 17 else f"施{n}号创新工作室", f"开鲁施{n}公司", "施大山", "市级", "2019",
                 "通工发〔2019〕1号")
                for n in range(1, 31)
            ],
        ),
        {**{n + 1: new(f"施{n}号创新工作室") for n in range(1, 31)}, 18: error("C18")},
    ),
    Case(
        "two titles of a studio on two rows",
        book(
            HEAD,
            (1, "开鲁县", "孔双创新工作室", "开鲁孔公司", "孔双", "旗县级", "2017", "开工发〔2017〕3号"),
            (2, "开鲁县", "孔双创新工作室", "开鲁孔公司", "孔双", "市级", "2019", "通工发〔2019〕1号"),
        ),
        {2: new("孔双创新工作室", level="county"), 3: new("孔双创新工作室", level="city")},
    ),
    Case(
        "a column group per level",
        book(
            ("序号", "旗县", "工作室名称", "所在单位", "领衔人", "旗县级命名", None, "市级命名", None),
            (None, None, None, None, None, "时间", "文号", "时间", "文号"),
            (1, "开鲁县", "曹级创新工作室", "开鲁曹公司", "曹级", "2017.3", "开工发〔2017〕3号", "2019.5.1",
             "通工发〔2019〕1号"),
            merged=("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2", "F1:G1", "H1:I1"),
        ),
        {3: new("曹级创新工作室", level="city", named_on="2019-05-01", document_number="通工发〔2019〕1号")},
    ),
    Case(
        "the same row twice",
        book(
            HEAD,
            (1, "开鲁县", "严重创新工作室", "开鲁严公司", "严重", "市级", "2019", "通工发〔2019〕1号"),
            (2, "开鲁县", "严重创新工作室", "开鲁严公司", "严重", "市级", "2019", "通工发〔2019〕1号"),
        ),
        {2: new("严重创新工作室")},
    ),
]
