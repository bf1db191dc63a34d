"""Interpreting workbooks that nobody thought of: any order of columns, any rows around, any cells at all."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from studios.resources.columns import ROSTER
from studios.rosters import rows
from studios.rosters.cells.folding import bare
from studios.rosters.interpret import interpret
from studios.rosters.readers import SHORT, Readers
from tests.studios.rosters.corpus.pages import Page, book_of
from tests.studios.rosters.understanding import checked, context, data, errors, table

HEADINGS = tuple(
    "序号 工作室名称 所在单位 旗县 命名级别 命名时间 命名文号 领衔人 团队人数 专利号 备注 工会主席".split()
)
WORKS, DOCUMENT, PATENT = "内蒙古宏昌机械制造有限公司", "通工发〔2019〕12号", "ZL201710601862.3"
ROWS = (
    (1, "周建成工作室", WORKS, "科区", "市级", "2019.06", DOCUMENT, "周建成", 12, PATENT, None, "赵主席"),
    (
        2,
        "李梅工作室",
        "发电总厂",
        "开发区",
        "旗县级",
        "2020年",
        None,
        "李梅",
        "约20人",
        None,
        "2023年摘牌",
        None,
    ),
    (3, "包·额尔敦工作室", "奈曼旗医院", "奈曼", "基层级", None, None, None, None, "无", "拟取消", None),
    (4, None, "开鲁县第一中学", "开鲁县", "市级", "近三年", None, "王芳", "-", None, None, "钱主席"),
    (5, "乌兰工作室", "供电公司", "科尔沁", "市级", 43617, "通工发2019-12号", "乌 兰", 7.0, None, None, None),
)
MEMBERS = (
    "#REF!",
    "",
    " ",
    "小计",
    "合计 3",
    "注：",
    "市级（2个）",
    "科尔沁区（5个）",
    "例",
    "XXX",
    "（签字）",
)


def meaning(reading):
    """What rows mean, whatever their place in the sheet."""
    found = []
    for row in data(reading):
        messages = sorted((one["code"], one["found"], one["grave"]) for one in row.messages)
        found.append((row.values, row.raw, messages, row.questions))
    return found


PLAIN = meaning(table(HEADINGS, *ROWS))
ORDERS = st.permutations(range(len(HEADINGS)))


def test_the_plain_table_is_worth_comparing_with():
    assert len(PLAIN) == len(ROWS)
    assert [bool(messages) for _, _, messages, _ in PLAIN] == [False, True, False, True, True]


@given(ORDERS)
def test_the_order_of_columns_changes_nothing(order):
    shuffled = [tuple(row[at] for at in order) for row in (HEADINGS, *ROWS)]
    assert meaning(table(*shuffled)) == PLAIN


TITLES = st.lists(
    st.sampled_from(
        [
            (),
            ("附件1",),
            ("职工创新工作室名册",),
            ("单位：万元",),
            (None, "填报时间：2024年5月", None, "填报人：王芳"),
        ]
    ),
    max_size=4,
)
ENDS = st.lists(
    st.sampled_from(
        [
            (),
            ("注：以上数据截至五月底。",),
            ("填表人：张三", None, "审核人：李四"),
            ("合计", 5),
            ("2024年5月6日",),
            ("说明：1.本表一式两份",),
            HEADINGS,
        ]
    ),
    max_size=4,
)


@given(TITLES, ENDS, st.lists(st.integers(0, len(HEADINGS)), max_size=3), st.sets(st.integers(0, len(ROWS))))
def test_blank_columns_blank_rows_titles_and_notes_change_nothing(titles, ends, blank_columns, blank_rows):
    rows = []
    for number, row in enumerate((HEADINGS, *ROWS)):
        cells = list(row)
        for at in sorted(blank_columns, reverse=True):
            cells.insert(at, None)
        rows += [tuple(cells)] + [()] * (number in blank_rows)
    assert meaning(table(*titles, *rows, *ends)) == PLAIN


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from([*MEMBERS, *HEADINGS, *[cell for row in ROWS for cell in row]]),
    st.integers(-10, 10**9),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
)
MERGES = st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 6), st.integers(0, 6))


@settings(max_examples=300)
@given(st.lists(st.lists(CELLS, max_size=9), max_size=9), st.lists(MERGES, max_size=3), st.booleans())
def test_no_sheet_breaks_it_and_no_row_is_lost(rows, merges, headed):
    rows = [HEADINGS, *rows] if headed else rows
    areas = [(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in merges]
    book = book_of(Page(tuple(map(tuple, rows))))
    book.sheets[0].merges.extend(areas)
    reading = checked(interpret(book, context(), {}))
    if any(row.skipped is None for row in reading.rows):
        listed = {row.row for row in reading.rows}
        for number, row in enumerate(rows, 1):
            texts = [cell for cell in row if isinstance(cell, str) and re.search("[\u4e00-\u9fff]{2}", cell)]
            assert number in listed or not texts
    for row in data(reading):
        assert row.values.get("studio_name") or errors(row)


@given(st.data())
def test_answers_settle_what_was_asked(choose):
    answers = {}
    for _ in range(3):
        reading = table(HEADINGS, *ROWS, answers=answers)
        for key, asked in reading.questions.items():
            assert key not in answers
            answers[key] = choose.draw(st.sampled_from(asked["choices"]))[0]
    assert not table(HEADINGS, *ROWS, answers=answers).questions


COLUMNS = [column for column in ROSTER if column.kind in SHORT]


@settings(max_examples=500)
@given(st.data())
def test_the_short_way_is_what_the_reader_says(choose):
    column = choose.draw(st.sampled_from(COLUMNS))
    text = choose.draw(st.from_regex(SHORT[column.kind].__self__, fullmatch=True))
    readers = Readers(context(), False, {})
    assert readers.read(column.key, text) == readers.outcome(
        column.key, readers._read(column.key, text), text
    )


@given(
    st.sampled_from("小计 合计： 注：1 说明： 填表人： 审核 （盖章） 例1 示例： 如： 年月日 电话：".split()),
    st.text(max_size=5),
)
def test_whatever_begins_another_row_is_worth_asking(start, rest):
    text = bare(start + rest)
    other = rows.is_total(text) or rows.is_note(text) or rows.is_signature(text) or rows.is_example([text])
    assert rows.may_be_other(start + rest) or not other
