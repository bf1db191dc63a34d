"""Cases about habits of offices: ditto marks, lists of members, titles that say what the rows leave out."""

# One row of a sheet a line, however wide its Chinese.
# fmt: off
# ruff: noqa: E501

from tests.studios.rosters.acceptance.making import Case, book, error, new, question

HEAD = ("旗县市区", "工作室名称", "所在单位", "领衔人", "级别", "命名时间", "文号")
TAIL = ("市级", "2019.06", "通工发〔2019〕1号")
KAILU, NAIMAN, JARUD, HORQIN = "150523", "150525", "150526", "150502"


CASES = [
    Case(
        "ditto marks",
        book(
            HEAD,
            ("开鲁县", "柳一创新工作室", "开鲁柳公司", "柳一", *TAIL),
            ("同上", "柳二创新工作室", "同上", "柳二", "同上", "同上", "同上"),
            ("〃", "柳三创新工作室", "开鲁柳三公司", "柳三", "〃", "〃", "〃"),
        ),
        {
            2: new("柳一创新工作室"),
            3: new("柳二创新工作室", union_code=KAILU, unit_name="开鲁柳公司", level="city", named_on="2019-06",
                   document_number="通工发〔2019〕1号"),
            4: new("柳三创新工作室", union_code=KAILU, unit_name="开鲁柳三公司", level="city", named_on="2019-06"),
        },
    ),
    Case(
        "county, level and document in the title",
        book(
            ("附件1",),
            ("奈曼旗2023年命名的旗级职工创新工作室名单",),
            ("（奈工发〔2023〕6号）",),
            ("序号", "工作室名称", "所在单位", "领衔人"),
            (1, "史一创新工作室", "奈曼史公司", "史一"),
            (2, "唐一创新工作室", "奈曼唐公司", "唐一"),
        ),
        {
            5: new("史一创新工作室", union_code=NAIMAN, level="county", named_on="2023"),
            6: new("唐一创新工作室", union_code=NAIMAN, level="county", named_on="2023"),
        },
    ),
    Case(
        "one studio over several rows of members",
        book(
            (*HEAD, "成员姓名", "成员职务"),
            ("开鲁县", "费一创新工作室", "开鲁费公司", "费一", *TAIL, "甲大山", "工程师"),
            (None, None, None, None, None, None, None, "乙大山", "技师"),
            (None, None, None, None, None, None, None, "丙大山", "技师"),
            ("开鲁县", "廉一创新工作室", "开鲁廉公司", "廉一", *TAIL, "丁大山", "技师"),
            merged=tuple(f"{letter}2:{letter}4" for letter in "ABCDEFG"),
        ),
        {2: new("费一创新工作室"), 5: new("廉一创新工作室")},
    ),
    Case(
        "patents over several rows",
        book(
            (*HEAD, "专利号"),
            ("开鲁县", "岑一创新工作室", "开鲁岑公司", "岑一", *TAIL, "ZL201710601862.3"),
            (None, None, None, None, None, None, None, "ZL200820009767.0"),
            merged=tuple(f"{letter}2:{letter}3" for letter in "ABCDEFG"),
        ),
        {2: new("岑一创新工作室", patents=["201710601862.3", "200820009767.0"])},
    ),
    Case(
        "levels that this register does not keep",
        book(
            HEAD,
            ("开鲁县", "薛一创新工作室", "开鲁薛公司", "薛一", "自治区级", "2019", ""),
            ("开鲁县", "雷一创新工作室", "开鲁雷公司", "雷一", "国家级", "2019", ""),
        ),
        {2: error("E2"), 3: error("E3")},
    ),
    Case(
        "two answers in one cell are asked",
        book(
            HEAD,
            ("开鲁县", "贺一创新工作室", "开鲁贺公司", "贺一", "市级", "2019年6月；2021年5月", "通工发〔2019〕1号"),
            ("开鲁县", "倪一创新工作室", "开鲁倪公司", "倪一", "市级", "2019", "通工发〔2019〕1号、通工发〔2020〕3号"),
            ("开鲁县", "汤一创新工作室", "开鲁汤公司", "汤一", "市级、旗县级", "2019", "通工发〔2019〕1号"),
        ),
        {2: question("F2"), 3: question("G3"), 4: question("E4")},
    ),
    Case(
        "the unit in the cell of the studio",
        book(
            ("旗县", "工作室名称（所在单位）", "领衔人", "级别", "命名时间"),
            ("开鲁县", "滕一创新工作室（开鲁滕公司）", "滕一", "市级", "2019"),
            ("开鲁县", "开鲁殷公司\n殷一创新工作室", "殷一", "市级", "2019"),
        ),
        {2: new("滕一创新工作室", unit_name="开鲁滕公司"), 3: new("殷一创新工作室", unit_name="开鲁殷公司")},
    ),
    Case(
        "another county under a group, and a note in the middle",
        book(
            ("序号", "工作室名称", "所在单位", "领衔人", "级别", "命名时间"),
            ("开鲁县（1个）",),
            (1, "罗一创新工作室", "开鲁罗公司", "罗一", "市级", "2019"),
            ("注：以上为原有工作室。",),
            ("扎旗",),
            (1, "毕一创新工作室", "扎旗毕公司", "毕一", "市级", "2019"),
        ),
        {3: new("罗一创新工作室", union_code=KAILU), 6: new("毕一创新工作室", union_code=JARUD)},
        totals=[(2, 1, 1)],
    ),
    Case(
        "everything at once",
        book(
            ("附件2：",),
            ("科尔沁区职工（劳模）创新工作室统计表",),
            ("填报单位（盖章）：科尔沁区总工会　　　填报人：王某　　　电话：0475—8212345　　2025.3.1",),
            ("序\n号", "创新工作室情况", None, None, None, "领军人", None, None, "场地\n（㎡）", "团队\n（人）", "备 注"),
            (None, "名称", "所在单位", "级别", "命名时间、文号", "姓名", "荣誉称号", "手机号"),
            (1, "郝　一创新工作室", "科区 郝公司", "市级", "２０１９年６月\n通工发[2019]12号", "郝　一",
             "2016年自治区劳模\n2019年全国五一劳动奖章", 13812345678, "约60㎡", "１２人", "2023年更名"),
            (2, "邬二创新工作室", "科区邬公司", "区级", "2020年\n科工发（2020）5号", "邬  二", "无", "—", "／", "八人", ""),
            ("总 计", "2个"),
            ("注：本表于每年3月底前报送。",),
            ("主管领导（签字）：", None, None, None, "填表人：",),
            merged=("A2:K2", "A3:K3", "A4:A5", "B4:E4", "F4:H4", "I4:I5", "J4:J5", "K4:K5"),
        ),
        {
            6: new("郝一创新工作室", union_code=HORQIN, level="city", named_on="2019-06", leader="郝一",
                   document_number="通工发〔2019〕12号", area_sqm=60, member_count=12,
                   honours=[("province", 2016), ("national", 2019)]),
            7: new("邬二创新工作室", union_code=HORQIN, level="county", named_on="2020", leader="邬二",
                   document_number="科工发〔2020〕5号", member_count=8, honours=[]),
        },
        totals=[(8, 2, 2)],
    ),
    Case(
        "a county's own roster",
        book(
            ("奈曼旗创新工作室名册",),
            ("序号", "工作室名称", "单位", "负责人", "级别", "命名时间"),
            (1, "罗二创新工作室", "奈曼罗公司", "罗二", "旗级", "2020年5月"),
            (2, "毕二创新工作室", "奈曼毕公司", "毕二", "市级", "2021年5月"),
        ),
        {3: new("罗二创新工作室", union_code=NAIMAN, level="county", named_on="2020-05"),
         4: new("毕二创新工作室", union_code=NAIMAN, level="city", named_on="2021-05")},
        user="naiman",
    ),
    Case(
        "towns in a county's own roster",
        book(
            ("推荐单位", *HEAD[1:]),
            ("固日班花苏木", "安一创新工作室", "奈曼安公司", "安一", *TAIL),
            ("大沁他拉街道总工会", "常一创新工作室", "奈曼常公司", "常一", *TAIL),
            ("红星旗", "乐一创新工作室", "奈曼乐公司", "乐一", *TAIL),
        ),
        {2: new("安一创新工作室", union_code=NAIMAN), 3: new("常一创新工作室", union_code=NAIMAN), 4: error("A4")},
        user="naiman",
    ),
    Case(
        "a county reaches no other county",
        book(
            HEAD,
            ("奈曼旗", "罗三创新工作室", "奈曼罗公司", "罗三", *TAIL),
            ("开鲁县", "毕三创新工作室", "开鲁毕公司", "毕三", *TAIL),
        ),
        {2: new("罗三创新工作室"), 3: error("A3")},
        user="naiman",
    ),
    Case(
        "dates in the cell of the level",
        book(
            HEAD[:5],
            ("开鲁县", "瞿一创新工作室", "开鲁瞿公司", "瞿一", "市级（2019年）"),
            ("开鲁县", "瞿二创新工作室", "开鲁瞿公司", "瞿二", "市级 2019.6"),
            ("开鲁县", "瞿三创新工作室", "开鲁瞿公司", "瞿三", "2019年旗县级"),
        ),
        {
            2: new("瞿一创新工作室", level="city", named_on="2019"),
            3: new("瞿二创新工作室", level="city", named_on="2019-06"),
            4: new("瞿三创新工作室", level="county", named_on="2019"),
        },
    ),
    Case(
        "no column of units, but full names",
        book(
            ("旗县", "工作室名称", "领衔人", "级别", "命名时间"),
            ("开鲁县", "开鲁县供电公司古二劳模创新工作室", "古二", "市级", "2019"),
        ),
        {2: new("古二劳模创新工作室", unit_name="开鲁县供电公司", cells=("B2",))},
    ),
    Case(
        "columns without headings are no list of names",
        book(
            (1, "开鲁县", "阎一创新工作室", "开鲁阎公司", "阎一", "市级", "2019"),
            (2, "奈曼旗", "阎二创新工作室", "奈曼阎公司", "阎二", "市级", "2020"),
        ),
        refused="表头",
    ),
    Case(
        "a total of patents is no total of studios",
        book(
            ("序号", "推荐单位", "工作室名称", "所在单位", "级别", "命名时间", "专利数"),
            (1, "开鲁", "戈一创新工作室", "开鲁戈公司", "市级", "2019", "3件"),
            ("合计", None, None, None, None, None, 3),
        ),
        {2: new("戈一创新工作室")},
        totals=[],
    ),
    Case(
        "a pair of columns for each level",
        book(
            ("旗县", "工作室名称", "所在单位", "市级命名时间", "市级文号", "旗县级命名时间", "旗县级文号"),
            ("开鲁", "慎一创新工作室", "开鲁慎公司", "2019.5", "通工发〔2019〕1号", "2017.3", "开工发〔2017〕2号"),
            ("开鲁", "慎二创新工作室", "开鲁慎公司", None, None, "2017.3", "开工发〔2017〕2号"),
        ),
        {
            2: new("慎一创新工作室", level="city", named_on="2019-05", document_number="通工发〔2019〕1号", cells=("F2",)),
            3: new("慎二创新工作室", level="county", named_on="2017-03", document_number="开工发〔2017〕2号"),
        },
    ),
    Case(
        "a column that is only called 时间",
        book(
            ("工作室名称", "所在单位", "负责人", "级别", "时 间"),
            ("易一创新工作室", "奈曼易公司", "易一", "旗级", "2020年5月"),
        ),
        {2: question("E2", studio_name="易一创新工作室")},
        user="naiman",
    ),
]
