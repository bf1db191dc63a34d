"""The registration form as a clerk fills it in: sections that save by themselves, files, live standards."""

import io
import re

from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from tests.browser.desk import PATIENCE
from tests.files import makers


def years_ago(number):
    """The year so many years before this one."""
    return timezone.localdate().year - number


def jpeg(colour="teal"):
    """A photo as a telephone sends it, another for each colour."""
    file = io.BytesIO()
    Image.new("RGB", (800, 600), colour).save(file, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def pdf(name, pages=1):
    return {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": makers.pdf(pages=pages)}


class DossierForm:
    """The form of one studio at a clerk's desk."""

    def __init__(self, desk, studio):
        self.desk, self.page, self.studio = desk, desk.page, studio

    def open(self, section):
        self.desk.go(f"/studios/{self.studio}/{section}/")
        return self

    def type(self, fields):
        """Fill in, wait until it is saved, and find it again after loading the page anew."""
        self.desk.fill(fields)
        self.desk.settled()
        self.page.reload()
        for name, value in fields.items():
            if not isinstance(value, bool):
                expect(self.page.locator(f'[name="{name}"]').first).to_have_value(
                    re.compile(rf"^{re.escape(str(value))}$")
                )
        return self

    def add_rows(self, name, rows):
        """New rows at the end of a list."""
        already = self.page.locator(f'[data-rows="{name}"] [data-row]').count()
        for number, row in enumerate(rows, already):
            self.page.locator(f'[data-rows="{name}"] [data-row-add]').click()
            self.desk.fill({f"{name}-{number}-{field}": value for field, value in row.items()})
        self.desk.settled()
        self.page.reload()
        expect(self.page.locator(f'[data-rows="{name}"] [data-rows-list] [data-row]')).to_have_count(
            already + len(rows)
        )
        return self

    def upload(self, slot, *files, achievement=0):
        """Send files and wait until the worker has checked them."""
        key = f"{slot.replace('.', '-')}-{achievement}"
        self.page.set_input_files(f"#file-{key}", list(files))
        for file in files:
            row = self.page.locator(f"#files-{key} li", has_text=file["name"])
            expect(row.locator("a")).to_be_visible(timeout=PATIENCE)
        return self

    def verdict(self, clause):
        """The word that the live standards show for a clause."""
        return self.page.locator(f'#panel-standards [data-clause="{clause}"] [data-verdict]')

    # -- the eight sections -------------------------------------------------------------------
    def fill_studio(self):
        self.open("studio").type(
            {
                "official_name": "通辽青禾环保科技有限公司林昭远劳模创新工作室",
                "specialty": "秸秆成型工艺",
                "contact_name": "宋知遥",
                "contact_phone": "0475-0000301",
                "intro": "围绕秸秆成型机的能耗与磨损开展攻关。",
                "address": "三号车间东侧",
                "area_sqm": "60",
                "signage.plaque": True,
                "signage.organisation": True,
                "signage.members": True,
                "signage.duties": True,
                "signage.goals": True,
                "signage.results": True,
            }
        )
        self.upload("venue.photo", jpeg("teal"), jpeg("navy")).upload("signage.plaque", jpeg("maroon"))

    def fill_leader(self):
        self.open("leader")
        expect(self.verdict("二.1")).to_have_text("不符合")
        self.type(
            {
                "name": "林昭远",
                "since": f"{years_ago(3)}-05-20",
                "sex": "male",
                "birth_month_year": "1978",
                "birth_month_month": "03",
                "education": "bachelor",
                "post": "设备主管",
                "merits": "主持技术改造二十余项。",
            }
        )
        kind = {"label": "市（盟）级劳动模范"}
        self.add_rows(
            "honours", [{"kind_id": kind, "granted_by": "通辽市人民政府", "granted_on_year": years_ago(6)}]
        )
        expect(self.verdict("二.1")).to_have_text("符合")
        self.upload("leader.honour", pdf("劳模证书"))

    def fill_team(self):
        self.open("team")
        expect(self.verdict("二.2")).to_have_text("不符合")
        names = ["白音那", "冯可心", "赵一鸣", "其其格"]
        self.add_rows(
            "members",
            [
                {"name": name, "birth_month": f"{1980 + number}-05", "education": "college", "duty": "工艺"}
                for number, name in enumerate(names)
            ],
        )
        expect(self.verdict("二.2")).to_have_text("符合")

    def fill_equipment(self):
        items = ["equipment.documents", "equipment.tools", "equipment.computers", "equipment.instruments"]
        systems = ["learning", "activities", "plan", "publication", "incentives", "management"]
        ticks = {**dict.fromkeys(items, True), **{f"system.{name}": True for name in systems}}
        notes = {f"{name}.note": "齐全" for name in items}
        self.open("equipment").type(
            {**ticks, **notes, "ledger_note": "按月登记，存资料柜。", "archive_note": "按年装订。"}
        )
        self.upload("system.learning", pdf("学习制度", pages=2))

    def fill_funds(self):
        rows = [
            {"year": years_ago(back), "source": "unit", "amount": "3.5", "use": "材料与检测"}
            for back in (2, 1, 0)
        ]
        self.open("funds").add_rows("funds", rows)
        self.upload("fund.proof", pdf("经费凭证"))

    def fill_projects(self):
        self.open("projects")
        expect(self.verdict("二.7a")).to_have_text("不符合")
        self.add_rows(
            "projects",
            [
                {
                    "title": f"{years_ago(back)}年攻关",
                    "year": years_ago(back),
                    "status": "finished",
                    "goal": "降耗",
                }
                for back in (2, 1)
            ],
        )
        expect(self.verdict("二.7a")).to_have_text("符合")

    def fill_achievements(self):
        self.open("achievements")
        expect(self.verdict("二.7b")).to_have_text("不符合")
        self.desk.fill({"title": "成型机模具改造", "kind_id": {"index": 1}})
        self.desk.press(self.page.locator("#new button[type=submit]"))
        achievement = re.search(r"achievements/(\d+)/", self.page.url)[1]
        self.type(
            {
                "completed_on_year": years_ago(1),
                "completed_on_month": "03",
                "authors": "林昭远、白音那",
                "summary": "模具寿命由三百小时提高到九百小时。",
                "benefit_amount": "18.6",
                "benefit_basis": "按年节约模具与工时计算。",
                "social_benefit": "减少秸秆焚烧。",
            }
        )
        self.add_rows(
            "recognitions",
            [
                {
                    "name": "通辽市职工优秀技术创新成果",
                    "kind": "award",
                    "rank": "40",
                    "grade": "二等奖",
                    "granted_by": "通辽市总工会",
                    "granted_on_year": years_ago(1),
                    "granted_on_month": "06",
                }
            ],
        )
        self.upload("achievement.proof", pdf("获奖证书"), achievement=achievement)
        self.upload("benefit.proof", pdf("效益证明"), achievement=achievement)
        expect(self.verdict("二.7b")).to_have_text("符合")

    def fill_evidence(self):
        self.open("evidence")
        for name in ("teal.jpg", "劳模证书.pdf", "经费凭证.pdf"):
            self.desk.says(name)
        self.upload("team.roster", pdf("成员花名册"))
