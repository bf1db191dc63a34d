"""What the watch reads: studios whose flag is not as it should be, and the facts of one studio's clock."""

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from reviews.models import DormancyFlag, RuleClause, RuleSet
from reviews.rules.clock import CLAUSE, Clock, Result
from reviews.rules.reading import moment
from studios.models import Achievement, AchievementKind, Recognition


@dataclass(frozen=True)
class Change:
    """A studio's flag as it is (``flag_id``, ``was``) and what it should say; no ``level_id``: no flag.

    ``was`` is the flag's (level, last result, due day).
    """

    studio_id: int
    flag_id: int | None
    was: tuple
    level_id: int | None
    last: date | None
    due: date | None


# What makes a result count, of achievement ``a``; the constants are folded before the plan is made.
COUNTS = """a.removed_at IS NULL
    AND (%(kinds)s::bigint[] IS NULL OR a.kind_id = ANY(%(kinds)s))
    AND (NOT %(granted_only)s OR a.patent_status NOT IN ('filed', 'published'))
    AND (NOT %(verified_only)s OR a.state IN ('verified'))
    AND (NOT %(unqueried)s OR a.state <> 'queried')
    AND (NOT %(recognised_only)s OR a.patent_status = 'granted'
         OR EXISTS (SELECT FROM studios_recognition q WHERE q.achievement_id = a.id))"""


# No result was finished lately: what most studios fall out by. A month or a year that may mean ``fresh`` or
# later compares as the text it is, so an index answers.
QUIET = f"""AND NOT EXISTS (
      SELECT FROM studios_achievement a
      WHERE a.studio_id = n.studio_id AND {COUNTS}
        AND a.completed_on >= %(fresh_year)s AND a.completed_on <= %(as_of_text)s
        AND (a.completed_on >= %(fresh_text)s OR a.completed_on IN (%(fresh_year)s, %(fresh_month)s)))"""

# One row for each studio that should be flagged: its highest title whose years are over. {quiet} only spares
# work: all dates of those left over are read after it.
WANTED = """
old AS MATERIALIZED (
  SELECT n.studio_id, n.level_id, GREATEST(n.since, latest_day(n.stated_since)) AS since
  FROM studios_naming n
  WHERE n.since < %(fresh)s AND (n.until IS NULL OR n.until >= %(as_of)s)
    AND (n.stated_since = '' OR latest_day(n.stated_since) < %(fresh)s)
    AND (%(only)s::bigint[] IS NULL OR n.studio_id = ANY(%(only)s))
    {quiet}
), highest AS (
  SELECT DISTINCT ON (o.studio_id) o.* FROM old o JOIN studios_naminglevel l ON l.id = o.level_id
  ORDER BY o.studio_id, l.tier DESC
), counted AS MATERIALIZED (
  SELECT h.studio_id, h.level_id, seen.last, GREATEST(h.since, seen.last) AS start
  FROM highest h CROSS JOIN LATERAL (
    SELECT GREATEST(
      max(latest_day(a.completed_on)) FILTER (WHERE %(completed)s AND a.completed_on <= %(as_of_text)s),
      max(a.granted_on) FILTER (WHERE %(granted)s AND a.granted_on <= %(as_of)s),
      max((SELECT max(latest_day(r.granted_on)) FROM studios_recognition r
        WHERE r.achievement_id = a.id AND r.granted_on <= %(as_of_text)s)) FILTER (WHERE %(recognised)s)
    ) AS last
    FROM studios_achievement a WHERE a.studio_id = h.studio_id AND {counts}
  ) seen
  WHERE seen.last IS NULL OR seen.last < %(fresh)s
), wanted AS (
  SELECT studio_id, level_id, last, (
      CASE WHEN %(calendar)s THEN make_date(extract(year FROM start)::int, 12, 31) ELSE start END
      + make_interval(years => %(years)s)
    )::date AS due
  FROM counted
)"""

# A run for an earlier day never overrules one for a later day.
CHANGES = """
WITH {wanted}, live AS (
  SELECT f.id, f.studio_id, f.level_id, f.last_result_on, f.due_on FROM reviews_dormancyflag f
  WHERE f.cleared_at IS NULL AND (%(only)s::bigint[] IS NULL OR f.studio_id = ANY(%(only)s))
)
SELECT studio_id, f.id, f.level_id, f.last_result_on, f.due_on, w.level_id, w.last, w.due
FROM wanted w FULL JOIN live f USING (studio_id)
WHERE (f.id IS NULL OR w.studio_id IS NULL
    OR (f.level_id, f.last_result_on, f.due_on) IS DISTINCT FROM (w.level_id, w.last, w.due))
  AND NOT EXISTS (
    SELECT FROM reviews_dormancyflag o
    WHERE o.studio_id = COALESCE(w.studio_id, f.studio_id) AND GREATEST(o.as_of, o.cleared_on) > %(as_of)s)
ORDER BY studio_id
"""


def clock_on(day):
    """The ``Clock`` of the rule set in force on a day; None when there is none or it watches for nothing."""
    ruleset = RuleSet.objects.in_force(day)
    clause = RuleClause.objects.filter(ruleset=ruleset, clause=CLAUSE).first() if ruleset else None
    return Clock.of(clause.params) if clause else None


def changes(clock, as_of, *, only=None):
    """Every ``Change`` that brings the flags to how they should stand on a day, by studio.

    ``only``: ids of studios to look at, all by default. One statement; nothing is written.
    """
    with connection.cursor() as cursor:
        cursor.execute(_statement(clock), _values(clock, as_of, only))
        return [Change(row[0], row[1], row[2:5], *row[5:]) for row in cursor.fetchall()]


def quiet_titles(clock, as_of):
    """(SQL, values) of a count over the join that the scan starts with: the least that it can cost."""
    counted = "SELECT count(*) FROM studios_naming n WHERE n.since < %(fresh)s"
    return f"{counted} AND (n.until IS NULL OR n.until >= %(as_of)s) {QUIET}", _values(clock, as_of, None)


def _statement(clock):
    wanted = WANTED.format(counts=COUNTS, quiet=QUIET if "completed" in clock.dates else "")
    return CHANGES.format(wanted=wanted)


def _values(clock, as_of, only):
    fresh = clock.fresh(as_of)
    kinds = None
    if clock.kinds:
        kinds = list(AchievementKind.objects.filter(code__in=clock.kinds).values_list("pk", flat=True))
    return {
        "as_of": as_of,
        "as_of_text": as_of.isoformat(),
        "fresh": fresh,
        "fresh_text": fresh.isoformat(),
        "fresh_month": fresh.isoformat()[:7],
        "fresh_year": fresh.isoformat()[:4],
        "years": clock.years,
        "calendar": clock.window == "calendar",
        "kinds": kinds,
        "granted_only": clock.patents == "granted",
        "verified_only": clock.states == "verified",
        "unqueried": clock.states == "unqueried",
        "recognised_only": clock.recognised_only,
        "only": None if only is None else list(only),
        **{name: name in clock.dates for name in ("completed", "granted", "recognised")},
    }


@dataclass(frozen=True)
class Facts:
    """A studio on a day: the ``Clock`` or None, live titles as (name, English name, since), lowest first,
    its results, and when a live flag was raised."""

    clock: Clock | None
    titles: tuple
    results: tuple
    flagged_at: object


def clock_columns(studio_id, on):
    """Annotations for the live titles of one studio: what ``facts_of`` reads beside them.

    None of them depends on the title, so PostgreSQL computes each once however many titles there are.
    """
    rules = RuleSet.objects.holding(on).values("pk")[:1]
    results = Achievement.objects.filter(studio=studio_id, removed_at=None).order_by("pk")
    recognised = Recognition.objects.filter(achievement=OuterRef("pk")).order_by("pk")
    columns = JSONObject(
        title="title",
        kind="kind__code",
        patent="patent_status",
        state="state",
        completed="completed_on",
        granted="granted_on",
        recognised=ArraySubquery(recognised.values("granted_on")),
    )
    return {
        "clock_params": Subquery(
            RuleClause.objects.filter(clause=CLAUSE, ruleset=Subquery(rules)).values("params")[:1]
        ),
        "clock_results": ArraySubquery(results.annotate(row=columns).values("row")),
        "clock_flagged_at": Subquery(
            DormancyFlag.objects.filter(studio=studio_id, cleared_at=None).values("raised_at")[:1]
        ),
    }


def facts_of(titles):
    """The ``Facts`` of a studio from its live titles, read with ``clock_columns``; None without a title."""
    titles = sorted(titles, key=lambda title: title.level.tier)
    if not titles:
        return None
    first = titles[0]
    return Facts(
        clock=None if first.clock_params is None else Clock.of(first.clock_params),
        titles=tuple((title.level.name, title.level.name_en, _since(title)) for title in titles),
        results=tuple(
            Result(**{**row, "granted": row["granted"] or "", "recognised": tuple(row["recognised"])})
            for row in first.clock_results
        ),
        flagged_at=first.clock_flagged_at,
    )


def _since(title):
    """A title's first day; of an older roster the last that it can mean."""
    return max(title.since, moment(title.stated_since).latest()) if title.stated_since else title.since
