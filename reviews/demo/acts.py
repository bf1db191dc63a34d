"""The acts of the stories: each is done by the person whose act it is, with the real services."""

from functools import partial

from reviews.choices import Action, Verdict
from reviews.models import Application
from reviews.services.applications import judge, open_application
from reviews.workflow.engine import perform
from studios.choices import EndReason, Section
from studios.models import NamingLevel, Project, Studio
from studios.services.namings import end

A = Action
NOTES = {
    "二.1": "核对证书原件，属实。",
    "二.2": "团队结构合理，分工明确。",
    "二.3": "场地独立，面积虽小但能满足活动需要。",
    "二.4": "设备资料与专业方向相符。",
    "二.5": "制度齐全，台账抽查两个月，记录完整。",
    "二.6": "经费凭证齐全，能够保障日常活动。",
    "三.b": "效益证明由财务部门盖章，真实可信。",
}
REMARKS = [
    (Section.EVIDENCE, "荣誉证书照片看不清文号，请重新拍照上传。"),
    (Section.PROJECTS, "请补充本年度课题的预期目标和完成时限。"),
]
STATEMENT = "工作室制度健全、成果突出，在本单位和行业内发挥了示范作用，特此申报。"
FAULT = "现场查看时设备大多闲置，与申报的专业方向不符。"
REJECTION = "设备条件与申报方向不符，成果应用证明不足。建议完善后再行申报。"
FINAL_REJECTION = "所列成果系其他单位完成，经本人确认，与申报材料不符。"
WAITING = "条件符合，本批拟命名数量已满，列入候补。"
REASONS = {  # what the person writes with a step
    A.PROPOSE_NAME: "符合规定标准，建议命名。",
    A.PROPOSE_ENDORSE: "符合规定标准，同意向市总工会推荐。",
    A.PROPOSE_WAITLIST: WAITING,
    A.PROPOSE_REJECT: REJECTION,
    A.REJECT: REJECTION,
    A.PROPOSE_REJECT_FINAL: FINAL_REJECTION,
    A.REJECT_FINAL: FINAL_REJECTION,
    A.WITHDRAW: "领衔人岗位拟调整，待确定后重新申报。",
}


class Walker:
    """Takes one studio through one application, act by act; the clock is moved by who calls."""

    def __init__(self, world, studio, unit, level_code):
        self.world, self.studio, self.unit = world, studio, unit
        self.level = NamingLevel.objects.get(code=level_code)
        self.application = None

    def act(self, name):
        """Do the act called ``name``: one of the methods here, or a plain step of the workflow."""
        special = getattr(self, f"do_{name}", None)
        (special or partial(self.step, A(name)))()

    def fresh(self):
        """The application as it stands."""
        return Application.objects.get(pk=self.application.pk)

    def person_for(self, action):
        """Whose act it is."""
        if action in (A.SUBMIT, A.WITHDRAW):
            return self.world.clerk_of(self.unit)
        if action in (A.CONFIRM, A.NAME_AT_BASE, A.HAND_BACK):
            return self.world.chair_of(self.unit)
        here = self.fresh().union_at_tier_id()
        seconds = (A.NAME, A.ENDORSE, A.WAITLIST, A.REJECT, A.REJECT_FINAL, A.SEND_BACK)
        return self.world.approver_at(here) if action in seconds else self.world.reviewer_at(here)

    def step(self, action, **given):
        """One step through the engine."""
        given.setdefault("reason", REASONS.get(action, ""))
        perform(self.application.pk, action, actor=self.person_for(action), **given)

    def do_open(self):
        """The clerk begins the application."""
        self.application = open_application(
            self.studio,
            self.level,
            actor=self.world.clerk_of(self.unit),
            statement="" if self.level.code == "base" else STATEMENT,
        )

    def do_return(self):
        """The reviewer returns it with two remarks."""
        self.step(A.RETURN, remarks=REMARKS)

    def do_hand_back(self):
        """The chair hands it back to the clerk."""
        self.step(A.HAND_BACK, remarks=[(Section.TEAM, "请补充两名成员的职业技能等级。")])

    def do_mend(self):
        """The clerk does what the remarks ask for."""
        goal = "年内完成样机试验，降低故障率三成以上。"
        Project.objects.filter(studio=self.studio, status="running").update(goal=goal)
        Studio.objects.filter(pk=self.studio.pk).update(updated_at=self.world.clock.now())

    def do_judge(self, fault=None):
        """The reviewer judges what is not simply met."""
        application = self.fresh()
        reviewer = self.world.reviewer_at(application.union_at_tier_id())
        for finding in application.current_dossier.findings.exclude(verdict="met"):
            bad = finding.clause == fault
            judge(
                application,
                finding.clause,
                verdict=Verdict.NOT_MET if bad else Verdict.MET,
                note=FAULT if bad else NOTES.get(finding.clause, "已核对。"),
                actor=reviewer,
            )

    def do_judge_with_fault(self):
        """The same, with one clause that is not met."""
        self.do_judge(fault="二.4")

    def do_name(self):
        """The approver names the studio, by a document of the day."""
        self.step(A.NAME, document_on=self.world.clock.now().date())

    def do_end_title(self):
        """The title ends: the unit asked for it after its leader had left."""
        naming = self.studio.namings.get(level=self.level)
        approver = self.world.approver_at(naming.granted_by_id)
        end(naming, on=self.world.clock.now().date(), reason=EndReason.LEADER_GONE, actor=approver)
