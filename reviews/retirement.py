"""When somebody may reach the age of retirement: a table and a sum, for a hint and nothing else.

China raises the ages step by step since January 2025: men from 60 to 63 and women in cadre posts from 55
to 58 by a month for every four months of birth, women in workers' posts from 50 to 55 by one for every two.
Early and late retirement by choice and special trades are not known here.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Path:
    """One group: the age before the reform in years, the first birth month that is put off, by how much."""

    sex: str
    post: str  # "" any, "cadre", "worker"
    age: int
    first_born: tuple  # (year, month)
    each: int  # a month more for so many months of birth
    most: int  # months


PATHS = (
    Path("male", "", 60, (1965, 1), 4, 36),
    Path("female", "cadre", 55, (1970, 1), 4, 36),
    Path("female", "worker", 50, (1975, 1), 2, 60),
)


@dataclass(frozen=True)
class Due:
    """About when: the first day of the month, and the group by which it was counted."""

    on: date
    path: Path


def delay(path, born):
    """Months by which somebody born in ``(year, month)`` retires later."""
    first = path.first_born[0] * 12 + path.first_born[1]
    months = born[0] * 12 + born[1] - first
    return 0 if months < 0 else min(months // path.each + 1, path.most)


def reached_in(path, born):
    """The first day of the month in which the age is reached."""
    months = born[0] * 12 + born[1] - 1 + path.age * 12 + delay(path, born)
    return date(months // 12, months % 12 + 1, 1)


def due_of(sex, birth_month):
    """A ``Due`` for each group the person may belong to, earliest first; none without sex or month."""
    parts = (birth_month or "").split("-")
    if len(parts) < 2 or not all(part.isdigit() for part in parts[:2]):
        return []
    born = (int(parts[0]), int(parts[1]))
    found = [Due(reached_in(path, born), path) for path in PATHS if path.sex == sex]
    return sorted(found, key=lambda due: due.on)


def within_a_year(sex, birth_month, today):
    """The ``Due`` that lies within the coming year; of men also one that has passed. Else None."""
    limit = date(today.year + 1, today.month, 1)
    for due in due_of(sex, birth_month):
        over = due.on < date(today.year, today.month, 1)
        if due.on <= limit and (not over or due.path.post != "worker"):
            return due
    return None


def born_until(path, today):
    """The last birth month, as "YYYY-MM", of those who reach the age within the coming year."""
    limit = date(today.year + 1, today.month, 1)
    born = limit.year * 12 + limit.month - 1 - path.age * 12
    while reached_in(path, (born // 12, born % 12 + 1)) > limit:
        born -= 1
    return f"{born // 12}-{born % 12 + 1:02}"


def born_from(path, today):
    """The first birth month of those who have not reached the age before this month."""
    now = date(today.year, today.month, 1)
    born = today.year * 12 + today.month - 1 - (path.age + path.most // 12) * 12
    while reached_in(path, (born // 12, born % 12 + 1)) < now:
        born += 1
    return f"{born // 12}-{born % 12 + 1:02}"
