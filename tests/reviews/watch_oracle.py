"""The three-year watch told slowly: by walking the calendar a day at a time, without any date arithmetic."""

from datetime import date, timedelta

DAY = timedelta(days=1)


def latest(text):
    """The last day whose ISO form begins with ``text``; a day that there is not becomes the month's last."""
    found, day = None, date(int(text[:4]), 1, 1)
    while day.year == int(text[:4]):
        if day.isoformat().startswith(text) or (day.isoformat()[:7] == text[:7] and day.isoformat() <= text):
            found = day
        day += DAY
    return found


def earliest(text):
    """The first day whose ISO form begins with ``text``."""
    day = date(int(text[:4]), 1, 1)
    while not day.isoformat().startswith(text):
        day += DAY
    return day


def later(start, years, months):
    """Walk on until the month is right, then to the same day of the month or the month's end."""
    day, passed = start, 0
    while passed < 12 * years + months:
        before = day
        day += DAY
        passed += day.month != before.month
    while day.day != start.day and (day + DAY).month == day.month:
        day += DAY
    return day


def due(start, *, years=3, calendar=False):
    """The last day of the years after ``start``."""
    if calendar:
        while (start + DAY).year == start.year:
            start += DAY
    return later(start, years, 0)


def days_counted(result, clock, on):
    """The days of one result (a ``Result``) that count on a day."""
    if clock.kinds and result.kind not in clock.kinds:
        return []
    if clock.patents == "granted" and result.patent in ("filed", "published"):
        return []
    counted = {"any": ["entered", "verified", "queried"], "unqueried": ["entered", "verified"]}
    if result.state not in counted.get(clock.states, ["verified"]):
        return []
    if clock.recognised_only and not result.recognised and result.patent != "granted":
        return []
    texts = []
    if "completed" in clock.dates:
        texts.append(result.completed)
    if "granted" in clock.dates:
        texts.append(result.granted)
    if "recognised" in clock.dates:
        texts.extend(result.recognised)
    return [latest(text) for text in texts if text and earliest(text) <= on]


def wanted(titles, results, clock, on):
    """(level, last result, due day) of the highest title that is over on a day, or None.

    ``titles``: (level, since, until or None), lowest first.
    """
    days = [day for result in results for day in days_counted(result, clock, on)]
    last = max(days) if days else None
    answer = None
    for level, since, until in titles:
        if since > on or (until and until < on):
            continue
        start = max(since, last) if last else since
        end = due(start, years=clock.years, calendar=clock.window == "calendar")
        if end < on:
            answer = (level, last, end)
    return answer
