"""A roster comes in with its questions and is taken back; another goes out as a file."""

import random
import re
from io import BytesIO

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from tests.browser.desk import PATIENCE
from tests.studios.rosters.corpus.pages import Page, workbook

HEAD = (
    "序号",
    "工作室名称",
    "所在单位",
    "旗县（市区）",
    "级别",
    "命名时间",
    "领衔人",
    "场地面积(平方米)",
    "经费备注",
)


def untidy(mark):
    """A roster of three studios that nobody has: one is clear, one needs an answer, one is wrong."""
    rows = (
        ("通辽市职工创新工作室汇总表",),
        HEAD,
        ("一、科尔沁区（4个）",),
        (
            1,
            f"甲{mark}劳模创新工作室",
            f"通辽{mark}甲机械有限公司",
            "科区",
            "旗县级",
            "2019.06",
            "张 三",
            "约80",
            "5万",
        ),
        (
            2,
            f"乙{mark}创新工作室",
            f"通辽{mark}乙电力有限公司",
            "科尔沁区",
            "旗县级",
            2019.1,
            "李四",
            60,
            None,
        ),
        (3, f"丙{mark}创新工作室", f"通辽{mark}丙医院", "科尔沁区", "旗县级", "2019.13", "王五", 45, None),
        ("合计", None, 3),
    )
    return workbook(Page(rows, merges=("A1:I1",)))


class ImportPage:
    """The page of an import, as the roster admin works on it."""

    def __init__(self, person):
        self.person, self.page = person, person.page

    def upload(self, name, content):
        self.person.go("/rosters/import/")
        self.page.set_input_files("input[type=file]", {"name": name, "mimeType": "", "buffer": content})
        self.person.press(self.page.locator("form[data-choose] button[type=submit]"))
        return self.until(".tally")

    def until(self, selector):
        """Wait until the work in the background is done and the page shows it."""
        expect(self.page.locator(selector).first).to_be_visible(timeout=2 * PATIENCE)
        self.person.look()
        return self

    def says(self, new, out):
        """What would go in, and what stays out."""
        self.person.says(f"将导入新增 {new} 行、变更 0 行；待回答或有误的 {out} 行不导入。")
        return self

    def answer(self, label):
        choice = self.page.locator("#questions label", has_text=re.compile(f"^{re.escape(label)}$"))
        choice.locator("input").check()
        self.person.press(self.page.locator("#questions button[type=submit]").first)
        return self.until(".tally")

    def open(self, ending):
        """Follow the link to a page of the import; its address ends so."""
        self.person.press(self.page.locator(f'main a[href$="/{ending}/"]'))
        return self

    def agree(self, selector):
        """Press the one button of a page that asks once more."""
        self.person.press(self.page.locator("form.decision button[type=submit]"))
        return self.until(selector)


def brought_in_and_taken_back(person):
    mark = random.randrange(10**8)
    page = ImportPage(person).upload(f"汇总表{mark}.xlsx", untidy(mark))
    person.says("写明 4 个，实际 3 个")
    person.says("没有 13 月")
    person.says("经费备注")
    page.says(new=1, out=2)
    person.shot("roster-preview")
    page.answer("2019-10").says(new=2, out=1)
    person.shot("roster-answered")
    page.open("confirm").agree('main a[href$="/undo/"]')
    person.says("已导入新增 2 行、变更 0 行；待回答或有误的 1 行未导入。")
    person.shot("roster-applied")
    imported = person.page.url
    person.go(f"/studios/?q=乙{mark}")
    person.says(f"乙{mark}创新工作室")
    person.go(imported)
    page.open("undo").agree("main .note--info")
    person.says("本次导入已撤销。")
    person.go(f"/studios/?q=乙{mark}")
    expect(person.page.locator("main tbody tr")).to_have_count(0)


def test_a_roster_comes_in_with_its_questions_and_is_taken_back(desk):
    brought_in_and_taken_back(desk("roster_admin"))


@pytest.mark.parametrize("screen", ["desktop"], indirect=True)
def test_a_roster_comes_in_where_no_script_runs(desk):
    brought_in_and_taken_back(desk("roster_admin", scripts=False))


@pytest.mark.parametrize("screen", ["desktop"], indirect=True)
def test_a_file_that_is_no_roster_is_refused_with_a_sentence(desk):
    person = desk("roster_admin")
    person.go("/rosters/import/")
    picture = {"name": "名册.xlsx", "mimeType": "", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(500)}
    person.page.set_input_files("input[type=file]", picture)
    expect(person.page.locator("[data-chosen]")).to_have_text("名册.xlsx")
    person.press(person.page.locator("form[data-choose] button[type=submit]"))
    ImportPage(person).until("main .note--bad")
    person.says("图片")
    person.shot("roster-refused")


def downloaded(person, selector):
    """The file behind a link: (name, content)."""
    with person.page.expect_download() as waiting:
        person.page.locator(selector).first.click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def first_sheet(content):
    """The cells of the first sheet."""
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def test_a_roster_goes_out_as_a_file(desk):
    person = desk("roster_admin")
    person.go("/rosters/export/")
    person.fill({"union": {"label": "科尔沁区总工会"}})
    person.page.locator('[name=day][value="statistics"]').check()
    person.shot("roster-ask")
    person.press(person.page.locator("form.decision button[type=submit]"))
    ImportPage(person).until('main a[href$="/file/"]')
    person.shot("roster-ready")
    name, content = downloaded(person, 'main a[href$="/file/"]')
    assert name.endswith("-09-30.xlsx") and "科尔沁区总工会" in name
    cells = [str(cell) for row in first_sheet(content) for cell in row]
    assert any("科尔沁区" in cell for cell in cells)


@pytest.mark.parametrize("screen", ["desktop"], indirect=True)
def test_the_empty_roster_filled_in_is_understood(desk):
    """The template's example is skipped: a roster with nothing else holds no studio."""
    person = desk("roster_admin")
    person.go("/rosters/import/")
    name, content = downloaded(person, 'a[href$="/template/"]')
    assert name == "工作室名册模板.xlsx"
    assert first_sheet(content)[1][0] == "示例"
    person.page.set_input_files("input[type=file]", {"name": name, "mimeType": "", "buffer": content})
    person.press(person.page.locator("form[data-choose] button[type=submit]"))
    ImportPage(person).until("main .note--bad, .tally")
    expect(person.page.locator('main a[href$="/confirm/"]')).to_have_count(0)
