"""The units of the made-up city. None of these firms, schools and offices exists."""

from dataclasses import dataclass

# code of the union above | trade | kind of unit | industry | name
TABLE = """
150502 machinery private C 通辽沁野农机制造有限公司
150502 corn private C 通辽曙穗生物科技有限公司
150502 food private C 通辽牧澜肉业有限公司
150502 power state D 通辽云漠供热有限公司
150502 school institution P 科尔沁区沁水街小学
150502 hospital institution Q 科尔沁区永沁河医院
150502 build collective E 科尔沁区朔青市政工程公司
150502 road private G 通辽苍驼物流有限公司
150502 office government S 科尔沁区沁北街道便民服务中心
150521 food private C 科左中旗沃澜乳业有限公司
150521 wind state D 科左中旗珠斯木勒风力发电有限公司
150521 corn private C 科左中旗金穗台淀粉有限公司
150521 school institution P 科左中旗嘎达木实验学校
150521 hospital institution Q 科左中旗阿润蒙医骨伤医院
150522 food private C 科左后旗青柳滩牛业有限公司
150522 machinery private C 科左后旗硕垄机械有限公司
150522 craft private R 科左后旗乌兰呼都民族服饰有限公司
150522 office government S 科左后旗沙日塔拉税务服务所
150522 school institution P 科左后旗博王陵路中学
150523 corn private C 开鲁县塔拉红干椒加工有限公司
150523 machinery collective C 开鲁县古塔农具厂
150523 power state D 开鲁县沃原农电服务公司
150523 hospital institution Q 开鲁县麦新河中心卫生院
150524 herb private C 库伦旗三寺蒙药有限公司
150524 craft social R 库伦旗安代艺术传习社
150524 build private N 库伦旗银沙湾生态建设有限公司
150524 school institution P 库伦旗哈达图寄宿制学校
150525 herb private C 奈曼旗青柯蒙药有限公司
150525 build private C 奈曼旗麦饭石新材建造有限公司
150525 wind private D 奈曼旗孟家段风能有限公司
150525 road collective G 奈曼旗大沁通达养护公司
150525 hospital institution Q 奈曼旗舍利虎妇幼医院
150526 food private A 扎鲁特旗鲁北草原牧业合作社
150526 wind state D 扎鲁特旗罕山泽新能源有限公司
150526 craft institution R 扎鲁特旗版画艺术工作站
150526 office government S 扎鲁特旗嘎亥图政务服务局
150581 coal state B 霍林郭勒苍岩露天煤业有限公司
150581 aluminium private C 霍林郭勒铸晟铝业有限公司
150581 aluminium foreign C 霍林郭勒澳森轻金属有限公司
150581 power state D 霍林郭勒沙尔呼热热电有限公司
150581 hospital institution Q 霍林郭勒矿区职工医院
150571 machinery private C 通辽哲里木风电设备有限公司
150571 corn foreign C 通辽沃朗氨基酸有限公司
150571 herb private C 通辽青漠生物制药有限公司
150571 office government S 通辽开发区企业服务中心
150500-JKW school institution P 通辽市苍梧实验中学
150500-JKW school institution P 通辽市朔光职业技术学校
150500-JKW hospital institution Q 通辽市青翎医院
150500-JKW craft institution R 通辽市科尔沁群艺传习馆
150500-CMJ bank state J 哲里木农村合作银行
150500-CMJ bank mixed J 通辽朔月村镇银行
150500-CMJ food private H 通辽塔林宾馆餐饮公司
150500-JTY rail state G 通辽西辽工务段
150500-JTY rail state G 通辽大林机务检修段
150500-JTY road state G 通辽塞原公路养护中心
150500-NYH power state D 通辽西辽河供电公司
150500-NYH coal state B 通辽沃野能源工程公司
150500-SZJ office government S 通辽市数据服务中心
150500-SZJ office government S 通辽市青城路不动产登记所
150500-SZJ build institution N 通辽市绿屏园林管理处
"""

# place of the cast -> unit; the first of these has no studio yet
PLACES = {
    "unit": "通辽沁野农机制造有限公司",
    "ready_unit": "通辽曙穗生物科技有限公司",
    "other_unit": "奈曼旗青柯蒙药有限公司",
    "industry_unit": "通辽市苍梧实验中学",
}


@dataclass(frozen=True)
class UnitPlan:
    """One unit before it is founded."""

    number: int
    above: str
    trade: str
    ownership: str
    industry: str
    name: str


def plans():
    """The units in the order of the table."""
    lines = TABLE.split("\n")[1:-1]
    return [UnitPlan(number, *line.split(" ")) for number, line in enumerate(lines, start=1)]
