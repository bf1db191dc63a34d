"""Working days by the State Council's holiday notices; where none is out yet, Monday to Friday."""

from datetime import date, timedelta

import chinese_calendar


def is_workday(day: date) -> bool:
    """Whether offices work on ``day``. Years without a notice count Monday to Friday.

    Good enough for an office's own deadline, never for a public notice, whose last day must
    rest on a published calendar.
    """
    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError:
        return day.weekday() < 5


def add_workdays(start: date, days: int) -> date:
    """The ``days``-th working day after ``start``."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if is_workday(day):
            days -= 1
    return day


def workdays_until(day: date, today: date) -> int:
    """How many working days are left after ``today`` up to and with ``day``; negative when it has passed."""
    step = 1 if day >= today else -1
    first, last = (today, day) if step == 1 else (day, today)
    count = 0
    while first < last:
        first += timedelta(days=1)
        count += is_workday(first)
    return step * count
