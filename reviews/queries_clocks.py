"""Where the clocks of some studios stand on a day, in one statement; and what is stored of them."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date

from django.db import connection

from reviews.models import DormancyFlag, WatchClock
from reviews.queries_watch import COUNTS, _values

# first_day: the earliest day that a partial date can mean
CLOCKS = """
WITH live AS (
  SELECT n.studio_id, n.level_id, l.tier, n.since AS begins, n.until,
    GREATEST(n.since, latest_day(n.stated_since)) AS since
  FROM studios_naming n JOIN studios_naminglevel l ON l.id = n.level_id
  WHERE n.studio_id = ANY(%(only)s) AND (n.until IS NULL OR n.until >= %(as_of)s)
), told AS (
  SELECT a.studio_id, t.day FROM studios_achievement a CROSS JOIN LATERAL (
    SELECT a.completed_on WHERE %(completed)s AND a.completed_on <> ''
    UNION ALL SELECT a.granted_on::text WHERE %(granted)s AND a.granted_on IS NOT NULL
    UNION ALL SELECT r.granted_on FROM studios_recognition r
      WHERE %(recognised)s AND r.achievement_id = a.id AND r.granted_on <> ''
  ) t(day)
  WHERE a.studio_id = ANY(%(only)s) AND {counts}
), seen AS (
  SELECT studio_id,
    max(latest_day(day)) FILTER (WHERE day <= %(as_of_text)s) AS last,
    min(CASE length(day) WHEN 4 THEN make_date(GREATEST(day::int, 1), 1, 1)
      WHEN 7 THEN make_date(GREATEST(left(day, 4)::int, 1), right(day, 2)::int, 1)
      ELSE latest_day(day) END) FILTER (WHERE day > %(as_of_text)s) AS coming
  FROM told GROUP BY studio_id
), running AS (
  SELECT l.*, s.last, GREATEST(l.since, s.last) AS start
  FROM live l LEFT JOIN seen s USING (studio_id) WHERE l.begins <= %(as_of)s
), marked AS (
  SELECT r.*, m.months, (
      CASE WHEN %(calendar)s THEN make_date(extract(year FROM start)::int, 12, 31) ELSE start END
      + make_interval(months => m.months))::date AS day
  FROM running r CROSS JOIN unnest(%(marks)s::int[]) m(months)
), titles AS (
  SELECT studio_id, level_id, tier, last, until,
    coalesce(max(months) FILTER (WHERE day < %(as_of)s), 0) AS stage,
    max(day) FILTER (WHERE months = %(full)s) AS due,
    min(day) FILTER (WHERE day >= %(as_of)s) + 1 AS next_mark
  FROM marked GROUP BY studio_id, level_id, tier, last, until
), next AS (
  SELECT studio_id, min(day) AS day FROM (
    SELECT studio_id, next_mark FROM titles
    UNION ALL SELECT studio_id, until + 1 FROM live WHERE until IS NOT NULL
    UNION ALL SELECT studio_id, begins FROM live WHERE begins > %(as_of)s
    UNION ALL SELECT studio_id, coming FROM seen WHERE coming > %(as_of)s
  ) days(studio_id, day) GROUP BY studio_id
)
SELECT DISTINCT ON (t.studio_id) t.studio_id, t.level_id, t.last, t.due, t.stage, n.day
FROM titles t JOIN next n USING (studio_id)
ORDER BY t.studio_id, t.stage DESC, t.tier DESC
"""

KEEP = """
INSERT INTO reviews_watchclock AS kept
  (studio_id, level_id, last_result_on, due_on, stage, next_on, rules, computed_on)
SELECT c.studio_id, c.level_id, c.last, c.due, c.stage, c.next_on, %s, %s
FROM unnest(%s::bigint[], %s::bigint[], %s::date[], %s::date[], %s::int[], %s::date[])
  AS c (studio_id, level_id, last, due, stage, next_on)
ON CONFLICT (studio_id) DO UPDATE SET level_id = EXCLUDED.level_id, last_result_on = EXCLUDED.last_result_on,
  due_on = EXCLUDED.due_on, stage = EXCLUDED.stage, next_on = EXCLUDED.next_on, rules = EXCLUDED.rules,
  computed_on = EXCLUDED.computed_on
WHERE (kept.level_id, kept.last_result_on, kept.due_on, kept.stage, kept.next_on, kept.rules) IS DISTINCT FROM
  (EXCLUDED.level_id, EXCLUDED.last_result_on, EXCLUDED.due_on, EXCLUDED.stage, EXCLUDED.next_on,
   EXCLUDED.rules)
"""


@dataclass(frozen=True)
class Reading:
    """A studio's clock on a day; ``level_id`` is its highest title among those that are furthest."""

    studio_id: int
    level_id: int
    last: date | None
    due: date
    stage: int
    next_on: date | None


def fingerprint(clock):
    """Says whether two clocks count alike."""
    return hashlib.sha256(json.dumps(asdict(clock), sort_keys=True).encode()).hexdigest()


def readings(clock, as_of, studio_ids):
    """The ``Reading`` of each of these studios that holds a title on the day, by studio."""
    full = 12 * clock.years
    values = {
        **_values(clock, as_of, studio_ids),
        "marks": sorted({*clock.warn_months, full}),
        "full": full,
    }
    with connection.cursor() as cursor:
        cursor.execute(CLOCKS.format(counts=COUNTS), values)
        return {row[0]: Reading(*row) for row in cursor.fetchall()}


def keep(found, rules, as_of):
    """Store readings; a row that says the same already is not written."""
    rows = [found[key] for key in sorted(found)]
    if not rows:
        return
    columns = zip(
        *((row.studio_id, row.level_id, row.last, row.due, row.stage, row.next_on) for row in rows),
        strict=True,
    )
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [rules, as_of, *map(list, columns)])


def due_for_a_look(as_of):
    """The ids of studios whose stored clock says that something can change by the day."""
    return WatchClock.objects.filter(next_on__lte=as_of).order_by("next_on").values_list("pk", flat=True)


def without_a_clock(as_of):
    """The ids of studios that hold a title on the day, or a flag, and have no stored clock: for the proof."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT n.studio_id FROM studios_naming n WHERE n.since <= %(day)s"
            " AND (n.until IS NULL OR n.until >= %(day)s)"
            " AND NOT EXISTS (SELECT FROM reviews_watchclock c WHERE c.studio_id = n.studio_id)",
            {"day": as_of},
        )
        missing = {pk for (pk,) in cursor.fetchall()}
    flagged = DormancyFlag.objects.filter(cleared_at=None, studio__clock=None)
    return missing | set(flagged.values_list("studio_id", flat=True))
