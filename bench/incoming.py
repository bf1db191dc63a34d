"""Rosters coming in: a year of a province, previewed, beside its limit and beside the library's dry run."""

import hashlib
import random
import resource
import tempfile
from datetime import date
from pathlib import Path

from bench.measuring import MEGABYTE, measured

COLUMNS = (  # twenty
    "序号 旗县 工作室名称 命名级别 所在单位 统一社会信用代码 单位性质 所属行业 工作室类型 专业领域 "
    "创建时间 命名时间 命名文号 领衔人 职务 职称 主要荣誉 团队人数 场地面积 地址"
).split()
PLAIN = (  # the headings of the plain resource for the same twenty
    "序号 旗县（市区） 工作室名称 命名级别 所在单位 统一社会信用代码 单位性质 所属行业 工作室类型 专业领域 "
    "创建时间 命名时间 命名文号 领衔人姓名 领衔人职务（工种） 领衔人专业技术职称 领衔人主要荣誉 团队人数 "
    "场地面积（㎡） 地址"
).split()
NEW_FROM = 2  # every second row is a studio that the register does not have
WRONG_FROM = 70  # one row in so many has something wrong
CHANGED_FROM = 10  # one of so many known studios has another place and area


# -- what runs in the measured process --------------------------------------------------------------
def make(path, rows):
    """A roster of the largest province's base titles and as many new studios, in plain order."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("名册")
        sheet.write_string(0, 0, "职工创新工作室汇总表")
        for column, word in enumerate(COLUMNS):
            sheet.write_string(1, column, word)
        for number, row in enumerate(rows_of(int(rows)), start=2):
            for column, value in enumerate(row):
                (sheet.write_number if isinstance(value, int) else sheet.write_string)(number, column, value)


def rows_of(count):
    """Rows of twenty cells: half of them known studios, some changed, some wrong."""
    from studios.models import Naming

    chance = random.Random(20)
    titles = Naming.objects.filter(
        level__tier=1, until=None, province__code=province(), county__isnull=False
    ).select_related("studio__union__unit__ownership", "studio__union__unit__industry", "county", "document")
    known = list(titles.order_by("pk")[: count // NEW_FROM])
    for number in range(count):
        title = known[number // NEW_FROM % len(known)]
        studio, unit = title.studio, title.studio.union.unit
        new, changed = number % NEW_FROM, number % (NEW_FROM * CHANGED_FROM) == 0
        row = [
            number + 1,
            title.county.name,
            f"第{number}号测量职工创新工作室" if new else studio.short_name,
            "基层级",
            unit.name,
            unit.credit_code,
            unit.ownership.name if unit.ownership else "",
            unit.industry.name if unit.industry else "",
            "职工创新工作室" if new else studio.get_kind_display(),
            studio.specialty,
            "" if new else studio.founded_on,
            str(title.since),
            title.document.label if title.document else "",
            "赵钱孙李周吴郑王"[number % 8] + "志远文博"[number % 4] if new else studio.leader_name,
            "工程师" if new else "",
            "",
            f"{2010 + number % 14}年自治区劳动模范；2019年全国五一劳动奖章" if new else "",
            5 + number % 9 if new else "",
            str(25 + number % 80) if changed or new else f"{studio.area_sqm or ''}",
            f"第{number}号楼" if changed else studio.address,
        ]
        if number % WRONG_FROM == 0:
            row[chance.choice((4, 11))] = ""
            row[11] = "2019.13"
        yield row


def province():
    """The code of the province with the most studios."""
    from reviews.scale.places import biggest
    from studios.choices import Tier

    return biggest(Tier.PROVINCE)


def read_and_copy(path):
    """The limit: reading the cells as safely as the preview must, and copying their text to a table."""
    from portal.sheets.reading import read

    return staged(read(Path(path), "bench.xlsx").sheets[0].rows)


def trust_and_copy(path):
    """The same for a file that is trusted: calamine in this process, with no look at the bytes before."""
    from python_calamine import CalamineWorkbook

    return staged(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())


def staged(rows):
    """Copy rows of cells as text into a table that is thrown away."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        texts = ", ".join(f"c{n} text" for n in range(len(COLUMNS)))
        cursor.execute(f"CREATE TEMP TABLE raw (n int, {texts}) ON COMMIT DROP")
        blanks = [None] * len(COLUMNS)
        with cursor.copy("COPY raw FROM STDIN") as copy:
            for number, row in enumerate(rows):
                copy.write_row((number, *[str(v) for v in row], *blanks[len(row) :]))
    return {"rows": len(rows)}


def preview(path):
    """The portal's preview: read in the child, understood, matched, written; then thrown away."""
    from django.db import transaction
    from django.utils import translation

    from portal.accounts.models import User
    from studios.models import RosterImport, Union
    from studios.services import roster_imports
    from studios.services.roster_staging import examine

    union, user = Union.objects.get(code=province()), User.objects.get(username="scale-roster-province")
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    with translation.override("zh-hans"), transaction.atomic():
        roster = RosterImport.objects.create(
            union=union, name="bench.xlsx", sha256=digest, size=1, stored="-", created_by=user
        )
        examined = examine(path, "bench.xlsx", union=union, answers={})
        roster_imports.settle(roster, examined)
        transaction.set_rollback(True)
    return {"counts": examined.counts}


def stock(rows):
    """The library's dry run over the first of the same rows."""
    import tablib

    from portal.accounts.models import User
    from studios.resources import RosterResource

    resource = RosterResource(
        user=User.objects.get(username="scale-roster-province"), as_of=date(2025, 12, 31)
    )
    dataset = tablib.Dataset(*list(rows_of(int(rows))), headers=list(PLAIN))
    result = resource.import_data(dataset, dry_run=True)
    return {"rows": len(result.rows), "totals": dict(result.totals)}


def refuse(name):
    """Read one hostile workbook; what is said of it and what the reading process took."""
    from portal.sheets.reading import read_measured
    from tests.sheets import hostile

    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(getattr(hostile, name)())
        file.flush()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        found = read_measured(file.name, "hostile.xlsx")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    peak = (found.peak or after.ru_maxrss * MEGABYTE) / MEGABYTE / MEGABYTE
    return {"code": getattr(found.outcome, "code", ""), "wall": found.wall, "cpu": cpu, "peak_mb": peak}


# -- the table ----------------------------------------------------------------------------------------
def lines(rows, stock_rows):
    """The preview of ``rows`` rows beside its limit and beside the library's dry run, scaled."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "roster.xlsx")
        measured("incoming:make", path, rows)
        limit = measured("incoming:read_and_copy", path, times=3)
        trusting = measured("incoming:trust_and_copy", path, times=3)
        ours = measured("incoming:preview", path, times=3)
        plain = measured("incoming:stock", stock_rows)
    scaled = plain.cpu * rows / stock_rows
    yield f"Preview of a roster of {rows:,} rows x {len(COLUMNS)} columns (processor: client + PostgreSQL)"
    yield f"  {'reading the cells safely + COPY':44} {limit.client:7.1f} + {limit.postgres:6.1f} s   1.0"
    yield (
        f"  {'calamine alone, trusting the file, + COPY':44} {trusting.client:7.1f} + "
        f"{trusting.postgres:6.1f} s   {trusting.cpu / limit.cpu:.1f} (the portal is "
        f"{ours.cpu / trusting.cpu:.1f} × this)"
    )
    yield (
        f"  {'the portal':44} {ours.client:7.1f} + {ours.postgres:6.1f} s   {ours.cpu / limit.cpu:.1f}, "
        f"memory {ours.peak_mb:.0f} MB here, {ours.child_peak_mb:.0f} MB in the child; {ours.said['counts']}"
    )
    yield (
        f"  {'django-import-export dry run, scaled from ' + format(stock_rows, ','):44} "
        f"{scaled:16.0f} s   {scaled / limit.cpu:.0f} ({scaled / ours.cpu:.0f} × the portal)"
    )
