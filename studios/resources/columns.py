"""The columns of a roster, declared once: headings in both languages, kinds, where the values live.

Read by the fast import (``studios.rosters``), the fast export (``studios.queries.roster_export``) and by
``RosterResource``, the plain way of django-import-export.
"""

from django.utils import translation
from import_export import fields, widgets

from studios.choices import Education, ProfTitle, Sex, SkillLevel, StudioKind
from studios.models import Industry, OwnershipKind


class Words(widgets.Widget):
    """A choice of code, as the Chinese word that stands in rosters."""

    def __init__(self, choices):
        super().__init__()
        self.choices = choices

    def clean(self, value, row=None, **kwargs):
        with translation.override("zh-hans"):
            return next((member.value for member in self.choices if str(member.label) == value), value or "")

    def render(self, value, obj=None, **kwargs):
        with translation.override("zh-hans"):
            return str(self.choices(value).label) if value else ""


class Column(fields.Field):
    """One column of a roster. ``key`` names it in code, reports and answers.

    ``kind`` says how a cell is read (``studios.rosters.cells``) and written; ``attribute`` is where the
    value lives, as a path from the title (``Naming``), empty for what is computed or only read.
    ``also`` are further headings that offices use; ``group`` the heading above it in two-row headers.
    """

    def __init__(self, key, label, label_en, kind="text", attribute="", **how):
        self.key, self.label, self.label_en, self.kind = key, label, label_en, kind
        self.width = how.pop("width", 12)  # characters
        self.group = how.pop("group", "")
        self.also = tuple(how.pop("also", "").split())
        self.personal = how.pop("personal", False)  # only with a reason, and on record
        self.comes_in = how.pop("comes_in", True)
        self.goes_out = how.pop("goes_out", True)
        super().__init__(attribute=attribute or None, column_name=self.heading, **how)

    @property
    def heading(self):
        """The heading in one row: 领衔人姓名 rather than 姓名."""
        return f"{self.group}{self.label}" if self.group == LEADER_GROUP else self.label


LEADER_GROUP, RESULTS_GROUP = "领衔人", "成果（截至日期累计）"
_STUDIO, _UNIT = "studio__", "studio__union__unit__"
_LEADER = "leader__person__"  # of the leader on the day of the roster

# fmt: off
ROSTER = (
    Column("serial", "序号", "No.", "serial", width=5,
           also="编号 序列 行号"),
    Column("union_code", "旗县（市区）", "County union", "union", "", width=11,
           also=("旗县 旗县区 旗县市区 地区 所属地区 区域 推荐单位 推荐工会 所属工会 上级工会 申报工会 "
                 "所属旗县 旗县工会 旗县市区工会 主管工会 直属工会 产业工会 行政区划 所在地 工会代码")),
    Column("studio_name", "工作室名称", "Studio", "studio_name", _STUDIO + "short_name", width=24,
           also=("创新工作室名称 职工创新工作室名称 劳模创新工作室名称 名称 工作室 创新工作室 "
                 "申报工作室名称")),
    Column("official_name", "工作室全称", "Full name", "studio_name", _STUDIO + "official_name", width=32,
           also="创新工作室全称 全称 工作室规范名称"),
    Column("level", "命名级别", "Level", "level", "level__name", width=9,
           also="级别 等级 工作室级别 称号级别 命名层级 类别级别 现有级别"),
    Column("unit_name", "所在单位", "Unit", "unit_name", _UNIT + "name", width=26,
           also=("单位 单位名称 所在单位全称 申报单位 所属单位 工作单位 依托单位 建设单位 企业名称 "
                 "基层单位")),
    Column("credit_code", "统一社会信用代码", "Credit code", "credit_code", _UNIT + "credit_code", width=20,
           also="信用代码 社会信用代码 机构代码 统一信用代码"),
    Column("ownership", "单位性质", "Kind of unit", "ownership", _UNIT + "ownership",
           width=11, widget=widgets.ForeignKeyWidget(OwnershipKind, "name"),
           also="企业性质 性质 经济类型 所有制 单位类型"),
    Column("industry", "所属行业", "Industry", "industry", _UNIT + "industry",
           width=14, widget=widgets.ForeignKeyWidget(Industry, "name"),
           also="行业 产业 所属产业 行业类别"),
    Column("kind", "工作室类型", "Kind", "studio_kind", _STUDIO + "kind",
           width=15, widget=Words(StudioKind),
           also="类型 工作室类别 类别 工作室种类"),
    Column("specialty", "专业领域", "Field of work", "text", _STUDIO + "specialty", width=14,
           also="研究方向 专业方向 领域 主要专业 专业 攻关方向 创新领域"),
    Column("founded_on", "创建时间", "Founded", "date", _STUDIO + "founded_on", width=11,
           also="成立时间 创建日期 成立日期 创建年月 建立时间 组建时间 创办时间"),
    Column("named_on", "命名时间", "Named", "date", "since", width=11,
           also="命名日期 授牌时间 挂牌时间 认定时间 获评时间 命名年月 批准时间 命名年份 授予时间"),
    Column("document_number", "命名文号", "Document", "document", "document", width=18,
           also="文号 命名文件 命名文件号 文件号 文件文号 命名决定 批准文号 命名文件及文号"),
    Column("granted_by", "命名单位", "Named by", "text", "granted_by__name", width=18, comes_in=False),
    Column("leader", "姓名", "Leader", "person", _LEADER + "name", width=9, group=LEADER_GROUP,
           also=("领衔人 领衔人姓名 带头人 带头人姓名 负责人 负责人姓名 领军人 领军人物 工作室领衔人 "
                 "工作室负责人 主持人 领办人")),
    Column("leader_post", "职务（工种）", "Post or trade", "text", _LEADER + "post",
           width=12, group=LEADER_GROUP,
           also="职务 岗位 工种 职务职称 现任职务 领衔人职务 岗位工种"),
    Column("leader_prof_title", "专业技术职称", "Professional title", "prof_title", _LEADER + "prof_title",
           width=11, widget=Words(ProfTitle), group=LEADER_GROUP,
           also="职称 技术职称 专业技术职务 领衔人职称"),
    Column("leader_skill_level", "职业技能等级", "Skill level", "skill_level", _LEADER + "skill_level",
           width=11, widget=Words(SkillLevel), group=LEADER_GROUP,
           also="技能等级 技术等级 职业资格 领衔人技能等级"),
    Column("honours", "主要荣誉", "Honours", "honours", width=26, group=LEADER_GROUP,
           also=("荣誉 荣誉称号 所获荣誉 获得荣誉 领衔人荣誉 最高荣誉 何年获何荣誉 获得荣誉情况 "
                 "主要荣誉称号")),
    Column("leader_sex", "性别", "Sex", "sex", _LEADER + "sex",
           width=6, widget=Words(Sex), group=LEADER_GROUP, personal=True),
    Column("leader_birth_month", "出生年月", "Born", "date", _LEADER + "birth_month",
           width=10, group=LEADER_GROUP, personal=True,
           also="出生日期 出生时间 出生年月日"),
    Column("leader_ethnicity", "民族", "Ethnic group", "text", _LEADER + "ethnicity",
           width=8, group=LEADER_GROUP, personal=True),
    Column("leader_education", "学历", "Education", "education", _LEADER + "education",
           width=8, widget=Words(Education), group=LEADER_GROUP, personal=True,
           also="文化程度 最高学历"),
    Column("leader_political", "政治面貌", "Political status", "text", _LEADER + "political_status",
           width=10, group=LEADER_GROUP, personal=True),
    Column("leader_phone", "手机", "Mobile phone", "phone", _LEADER + "phone",
           width=14, group=LEADER_GROUP, personal=True,
           also="手机号 手机号码 领衔人电话 负责人电话"),
    Column("member_count", "团队人数", "Team", "count", width=7,
           also="成员数 人数 成员人数 团队成员数 团队成员人数 工作室人数 成员总数 职工人数 骨干人数"),
    Column("area_sqm", "场地面积（㎡）", "Area (m²)", "area", _STUDIO + "area_sqm", width=9,
           also="面积 场地面积 工作室面积 建筑面积 活动场地面积 使用面积 场所面积"),
    Column("address", "地址", "Place", "text", _STUDIO + "address", width=22,
           also="工作室地址 详细地址 场地地址 工作室地点 地点"),
    Column("achievement_count", "创新成果（项）", "Results", "count",
           width=8, group=RESULTS_GROUP, comes_in=False),
    Column("patent_count", "授权专利（件）", "Granted patents", "count",
           width=8, group=RESULTS_GROUP, comes_in=False),
    Column("award_count", "市级以上认定（项）", "Recognised at city level", "count",
           width=9, group=RESULTS_GROUP, comes_in=False),
    Column("project_count", "创新课题（项）", "Projects", "count",
           width=8, group=RESULTS_GROUP, comes_in=False),
    Column("benefit_amount", "年经济效益（万元）", "Benefit a year (10,000 yuan)", "money",
           width=11, group=RESULTS_GROUP, comes_in=False),
    Column("fund_amount", "当年经费（万元）", "Funds of the year (10,000 yuan)", "money",
           width=10, comes_in=False),
    Column("patents", "专利号", "Patents", "patents", width=24,
           also="专利 专利号码 专利情况 授权专利号 专利编号 发明专利号 主要专利"),
    Column("contact_name", "联系人", "Contact", "person", _STUDIO + "contact_name",
           width=9, personal=True,
           also="联络人 经办人"),
    Column("contact_phone", "联系电话", "Telephone", "phone", _STUDIO + "contact_phone",
           width=15, personal=True,
           also="电话 联系方式 联系人电话 办公电话"),
    Column("status", "状态", "State", "status", width=8, goes_out=False,
           also="目前状态 称号状态 是否有效 现状"),
    Column("revoked_on", "取消时间", "Ended", "date", "until", width=11, goes_out=False,
           also="撤销时间 摘牌时间 取消日期 撤销日期 注销时间 终止时间"),
    Column("end_reason", "取消原因", "Why it ended", "end_reason", "end_reason",
           width=16, goes_out=False,
           also="撤销原因 摘牌原因 注销原因 取消称号原因"),
    Column("remarks", "备注", "Remarks", "text", width=16, goes_out=False,
           also="说明 附注 其他说明"),
)
# fmt: on
