"""The roster as one statement: an expression for each declared column, everything as of a day.

The titles in force on the day are found first; what belongs to their studios is gathered once for all of
them and joined, never asked column by column. ``studios.resources.RosterResource`` says the same row by row.

Names of studios and units, and the county of a unit that moved since, are those of the day: the first row
of history that ended on it or later, else the present state (``queries.as_of``). Which titles are in a
union's roster follows where the units stand now, for that is who may read them.
"""

from django.utils import translation
from psycopg import sql

from studios.choices import Education, PatentStatus, ProfTitle, Rank, Sex, SkillLevel, StudioKind, Tier
from studios.permissions import SCOPE_COLUMN
from studios.resources.columns import ROSTER

SHEET_OF = {Tier.NATION: "province", Tier.PROVINCE: "city"}  # a sheet for each of these; else for each county

GATHERED = """
WITH moved AS MATERIALIZED (
  SELECT DISTINCT ON (f.union_id) f.union_id, p.county_id, p.city_id, p.province_id
  FROM studios_formerparent f JOIN studios_union p ON p.id = f.parent_id
  WHERE f.until >= {day} ORDER BY f.union_id, f.until
), titles AS MATERIALIZED (
  SELECT n.*, CASE WHEN m.union_id IS NULL THEN n.{sheet} ELSE m.{sheet} END AS sheet_id,
    CASE WHEN m.union_id IS NULL THEN n.county_id ELSE m.county_id END AS county_then,
    CASE WHEN m.union_id IS NULL THEN n.city_id ELSE m.city_id END AS city_then
  FROM studios_naming n LEFT JOIN moved m ON m.union_id = n.union_id
  WHERE n.since <= {day} AND (n.until IS NULL OR n.until >= {day}) AND {scope} AND {level}
), holders AS MATERIALIZED (
  SELECT DISTINCT studio_id FROM titles
), called AS (
  SELECT DISTINCT ON (f.studio_id) f.studio_id, f.short_name, f.official_name
  FROM studios_formerstudioname f JOIN holders USING (studio_id)
  WHERE f.until >= {day} ORDER BY f.studio_id, f.until
), units_called AS (
  SELECT DISTINCT ON (f.unit_id) f.unit_id, f.name
  FROM studios_formerunitname f WHERE f.until >= {day} ORDER BY f.unit_id, f.until
), led AS (
  SELECT l.studio_id, p.* FROM studios_leader l JOIN holders USING (studio_id)
  JOIN studios_person p ON p.id = l.person_id
  WHERE l.since <= {day} AND (l.until IS NULL OR l.until >= {day})
), honoured AS (
  SELECT h.person_id, string_agg(
    CASE WHEN h.granted_on = '' THEN '' ELSE left(h.granted_on, 4) || '年' END
      || COALESCE(NULLIF(h.name, ''), k.name),
    '；' ORDER BY h.rank, h.id
  ) AS honours
  FROM studios_honour h JOIN studios_honourkind k ON k.id = h.kind_id
  WHERE h.person_id IN (SELECT id FROM led) AND h.granted_on COLLATE "C" <= {text_day}
  GROUP BY h.person_id
), teams AS (
  SELECT m.studio_id, count(*) AS members FROM studios_member m JOIN holders USING (studio_id)
  WHERE m.since <= {day} AND (m.until IS NULL OR m.until >= {day})
  GROUP BY m.studio_id
), results AS (
  SELECT a.studio_id, count(*) AS found, sum(a.benefit_amount) AS benefit
  FROM studios_achievement a JOIN holders USING (studio_id)
  WHERE a.removed_at IS NULL AND a.completed_on COLLATE "C" <= {text_day}
  GROUP BY a.studio_id
), patented AS (
  SELECT a.studio_id, count(*) AS patents,
    string_agg(a.number, '；' ORDER BY a.id) FILTER (WHERE a.number <> '') AS numbers
  FROM studios_achievement a JOIN holders USING (studio_id)
  JOIN studios_achievementkind k ON k.id = a.kind_id AND k.is_patent
  WHERE a.removed_at IS NULL AND a.completed_on COLLATE "C" <= {text_day}
    AND a.patent_status = {granted} AND (a.granted_on IS NULL OR a.granted_on <= {day})
  GROUP BY a.studio_id
), recognised AS (
  SELECT a.studio_id, count(*) AS awards
  FROM studios_recognition r JOIN studios_achievement a ON a.id = r.achievement_id
  JOIN holders USING (studio_id)
  WHERE a.removed_at IS NULL AND a.completed_on COLLATE "C" <= {text_day}
    AND r.rank <= {prefecture} AND r.granted_on COLLATE "C" <= {text_day}
  GROUP BY a.studio_id
), planned AS (
  SELECT p.studio_id, count(*) AS projects FROM studios_project p JOIN holders USING (studio_id)
  WHERE p.year <= {year} GROUP BY p.studio_id
), funded AS (
  SELECT f.studio_id, sum(f.amount) AS amount FROM studios_fund f JOIN holders USING (studio_id)
  WHERE f.year = {year} GROUP BY f.studio_id
)
SELECT {columns}
FROM titles t
JOIN studios_studio s ON s.id = t.studio_id
JOIN studios_union own ON own.id = s.union_id
JOIN studios_naminglevel level ON level.id = t.level_id
JOIN studios_union granting ON granting.id = t.granted_by_id
JOIN studios_union sheet ON sheet.id = COALESCE(t.sheet_id, {union})
LEFT JOIN studios_union county ON county.id = t.county_then
LEFT JOIN studios_union city ON city.id = t.city_then
LEFT JOIN studios_unit unit ON unit.union_id = s.union_id
LEFT JOIN called ON called.studio_id = t.studio_id
LEFT JOIN units_called ON units_called.unit_id = unit.id
LEFT JOIN studios_ownershipkind ownership ON ownership.id = unit.ownership_id
LEFT JOIN studios_industry industry ON industry.id = unit.industry_id
LEFT JOIN studios_officialdocument document ON document.id = t.document_id
LEFT JOIN led ON led.studio_id = t.studio_id
LEFT JOIN honoured ON honoured.person_id = led.id
LEFT JOIN teams ON teams.studio_id = t.studio_id
LEFT JOIN results ON results.studio_id = t.studio_id
LEFT JOIN patented ON patented.studio_id = t.studio_id
LEFT JOIN recognised ON recognised.studio_id = t.studio_id
LEFT JOIN planned ON planned.studio_id = t.studio_id
LEFT JOIN funded ON funded.studio_id = t.studio_id
ORDER BY {order}
"""

WITHIN_SHEET = 'county.code COLLATE "C" NULLS LAST, t.since, t.id'
# rows directly below the union, which belong to no sheet of their own, come last
ORDER = f'(t.sheet_id IS NULL), sheet.code COLLATE "C", {WITHIN_SHEET}'
SHEET = "sheet.id || '|' || sheet.short_name"


PLAIN = {  # key of a column: its SQL; dates in ISO form, coarser ones as exact as they are known
    "serial": f'row_number() OVER (PARTITION BY (t.sheet_id IS NULL), sheet.code COLLATE "C" '
    f"ORDER BY {WITHIN_SHEET})",
    "union_code": "COALESCE(county.short_name, city.short_name, own.short_name)",
    "studio_name": "COALESCE(called.short_name, s.short_name)",
    "official_name": "COALESCE(called.official_name, s.official_name)",
    "level": "level.name",
    "unit_name": "COALESCE(units_called.name, unit.name)",
    "credit_code": "unit.credit_code",
    "ownership": "ownership.name",
    "industry": "industry.name",
    "specialty": "s.specialty",
    "founded_on": "s.founded_on",
    "named_on": "COALESCE(NULLIF(t.stated_since, ''), t.since::text)",
    "document_number": "document.prefix || '〔' || document.year || '〕' || document.number || '号'",
    "granted_by": "granting.name",
    "leader": "led.name",
    "leader_post": "led.post",
    "honours": "honoured.honours",
    "leader_birth_month": "left(led.birth_month, 7)",
    "leader_ethnicity": "led.ethnicity",
    "leader_political": "led.political_status",
    "leader_phone": "led.phone",
    "member_count": "CASE WHEN teams.members > 0 THEN teams.members + (led.id IS NOT NULL)::int "
    "ELSE COALESCE(NULLIF(s.stated_members, 0), (led.id IS NOT NULL)::int) END",
    "area_sqm": "trim_scale(s.area_sqm)",
    "address": "s.address",
    "achievement_count": "COALESCE(results.found, 0)",
    "patent_count": "COALESCE(patented.patents, 0)",
    "award_count": "COALESCE(recognised.awards, 0)",
    "project_count": "COALESCE(planned.projects, 0)",
    "benefit_amount": "trim_scale(NULLIF(results.benefit, 0))",
    "fund_amount": "trim_scale(NULLIF(funded.amount, 0))",
    "patents": "patented.numbers",
    "contact_name": "s.contact_name",
    "contact_phone": "s.contact_phone",
}
WORDED = {  # key of a column of codes: its SQL and the choices
    "kind": ("s.kind", StudioKind),
    "leader_prof_title": ("led.prof_title", ProfTitle),
    "leader_skill_level": ("led.skill_level", SkillLevel),
    "leader_sex": ("led.sex", Sex),
    "leader_education": ("led.education", Education),
}


def words(column, choices):
    """SQL for the Chinese words of a column of codes."""
    with translation.override("zh-hans"):
        cases = [
            sql.SQL("WHEN {} THEN {}").format(sql.Literal(member.value), sql.Literal(str(member.label)))
            for member in choices
        ]
    return sql.SQL("CASE {} {} ELSE '' END").format(sql.SQL(column), sql.SQL(" ").join(cases))


def expressions():
    """{key of a column: its SQL}, one for each declared column that goes out."""
    found = {key: sql.SQL(text) for key, text in PLAIN.items()}
    return found | {key: words(column, choices) for key, (column, choices) in WORDED.items()}


def roster_columns(personal=False):
    """The declared columns that go out, those about persons only when asked for."""
    return [column for column in ROSTER if column.goes_out and (personal or not column.personal)]


def roster_copy(union, *, level, as_of, personal=False):
    """The COPY statement of a roster: titles of ``level`` (None: of every level) in force on ``as_of``.

    Before the declared columns each line has its sheet as ``id|name`` and what the summary counts: the code
    of the studio's kind, or of the level where there are several. Lines of a sheet stand together.
    """
    found = expressions()
    counted = "level.code" if level is None else "s.kind"
    columns = [sql.SQL(SHEET), sql.SQL(counted)]
    columns += [found[column.key] for column in roster_columns(personal)]
    scope = SCOPE_COLUMN.get(union.tier)
    statement = sql.SQL(GATHERED).format(
        sheet=sql.Identifier(f"{SHEET_OF.get(union.tier, 'county')}_id"),
        day=sql.SQL("{}::date").format(sql.Literal(as_of.isoformat())),
        text_day=sql.Literal(as_of.isoformat()),
        year=sql.Literal(as_of.year),
        union=sql.Literal(union.pk),
        scope=sql.SQL("{} = {}").format(sql.Identifier("n", scope), sql.Literal(union.pk))
        if scope
        else sql.SQL("true"),
        level=sql.SQL("n.level_id = {}").format(sql.Literal(level.pk)) if level else sql.SQL("true"),
        granted=sql.Literal(PatentStatus.GRANTED.value),
        prefecture=sql.Literal(Rank.PREFECTURE.value),
        columns=sql.SQL(", ").join(columns),
        order=sql.SQL(ORDER),
    )
    return sql.SQL("COPY ({}) TO STDOUT (NULL '')").format(statement)


# One process a roster: parallel workers triple PostgreSQL's work without being done sooner on a busy machine.
# A nation's aggregates sort in memory, and may take longer than a page.
SETTINGS = """
SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off; SET LOCAL datestyle = 'ISO';
SET LOCAL work_mem = '64MB'; SET LOCAL statement_timeout = '10min';
"""


def copy_roster(cursor, statement, write):
    """Run ``roster_copy``'s statement in the open transaction; ``write`` takes the blocks. Dates are ISO."""
    cursor.execute(SETTINGS)
    with cursor.copy(statement) as copy:
        for block in copy:
            write(block)
