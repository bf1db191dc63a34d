"""Dates in all the spellings of old rosters: to the year, month or day, no more exact than written."""

import re
from datetime import date, datetime, timedelta
from math import isfinite
from typing import NamedTuple

from studios.partial_dates import PartialDate
from studios.rosters.cells import date_texts
from studios.rosters.cells.folding import fold
from studios.rosters.cells.understood import NOTHING, Remark, Understood, ask, is_blank, wrong

SERIALS = range(20_000, 60_001)  # Excel's count of days, 1954 to 2064: what a date column can mean
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_RELATIVE = re.compile(
    "至今|今年|去年|前年|现在|目前|近[一二两三四五六七八九十几0-9]+年|最近|每年|历年|多年|常年"
)


class Span(NamedTuple):
    """What a date may be: from the year ``first`` to ``today``, later too where plans are written."""

    today: date
    first: int = 1949
    future: bool = False

    def problem(self, moment):
        """The error that a PartialDate outside the span is, or None."""
        if moment.year < self.first:
            return wrong("date.too_early", first=self.first, year=moment.year)
        if not self.future and moment.earliest() > self.today:
            return wrong("date.future", date=str(moment), today=self.today.isoformat())
        return None

    def plausible(self, readings):
        """The PartialDates of those (year, month, day) that exist and lie within."""
        found = []
        for parts in readings:
            try:
                moment = PartialDate(*parts)
            except ValueError:
                continue
            if not self.problem(moment) and moment not in found:
                found.append(moment)
        return found


def read_date(raw, *, today, first_year=1949, future=False, date1904=False):
    """The cell as ``2019``, ``2019-06`` or ``2019-06-01``.

    ``today`` is a date; before ``first_year`` or after today (unless ``future``) nothing is believed.
    ``date1904`` says how the workbook counts days.
    """
    if is_blank(raw):
        return NOTHING
    span = Span(today, first_year, future)
    if isinstance(raw, bool):
        return wrong("date.shape")
    if isinstance(raw, date):  # a datetime, too
        day = raw.date() if isinstance(raw, datetime) else raw
        return _settle((day.year, day.month, day.day), span)
    if isinstance(raw, float):
        return _of_float(raw, span, date1904)
    compact = str(raw) if isinstance(raw, int) else date_texts.compacted(fold(raw))
    if compact.isascii() and compact.isdigit():
        return _of_digits(compact, span, date1904)
    return _of_text(compact, span)


def _settle(parts, span, *notes):
    """(year, month or None, day or None) as a value, or what is wrong with it."""
    year, month, day = (*parts, None, None)[:3]
    if month is not None and not 1 <= month <= 12:
        return wrong("date.no_month", month=month)
    try:
        moment = PartialDate(year, month, day)
    except ValueError:
        if day is None or not 1800 <= year <= 2099:
            return wrong("date.shape")
        return wrong("date.no_day", year=year, month=month, day=day)
    return span.problem(moment) or Understood(str(moment), notes)


def _confirm(text, code, readings, span):
    """A question with those readings that can be, or an error when none can."""
    found = span.plausible(readings)
    if not found:
        return wrong("date.shape")
    return ask(f"date:{text}", code, [(str(moment), str(moment)) for moment in found], found=text)


def _of_float(number, span, date1904):
    if not isfinite(number):
        return wrong("date.shape")
    if number == int(number):
        return _of_digits(str(int(number)), span, date1904)
    text = repr(number)
    if int(number) in SERIALS:  # a day with a time of day
        return _of_digits(str(int(number)), span, date1904)
    whole, _, behind = text.partition(".")
    if re.fullmatch("(?:19|20)[0-9]{2}", whole) and behind == "1":
        year = int(whole)
        return _confirm(text, "date.january_or_october", [(year, 1), (year, 10)], span)
    if len(behind) == 3:  # 2019.061 was 2019.0610, or it lost something else
        return wrong("date.shape")
    return _of_text(text, span)


def _serial(number, date1904):
    day = (_EPOCH_1904 if date1904 else _EPOCH) + timedelta(days=number)
    return (day.year, day.month, day.day)


def _of_digits(text, span, date1904):
    """Digits without a sign between them: a year, 201906, 20190601, 43617, or something shortened."""
    number, year = int(text[:12]), int(text[:4])
    if len(text) == 4:
        return _settle((year,), span)
    if len(text) == 8:
        return _settle((year, int(text[4:6]), int(text[6:])), span)
    if len(text) == 5:
        return _of_five(text, number, span, date1904)
    if len(text) == 6:
        if span.first <= year <= 2099:
            return _settle((year, int(text[4:])), span)
        return _confirm(
            text, "date.two_digit_year", date_texts.centuries(text[:2], text[2:4], text[4:]), span
        )
    if len(text) == 7:
        readings = [(year, int(text[4]), int(text[5:])), (year, int(text[4:6]), int(text[6]))]
        return _confirm(text, "date.digits", readings, span)
    if len(text) < 5 and (lost := date_texts.month_lost(text)):
        return wrong("date.month_lost", readings=lost)
    return wrong("date.shape")


def _of_five(text, number, span, date1904):
    short = span.plausible([(int(text[:4]), int(text[4]))])
    if number not in SERIALS:
        return _confirm(text, "date.digits", [(int(text[:4]), int(text[4]))], span)
    parts = _serial(number, date1904)
    if short:  # 20196: June 2019 without its 0, or a day of 1955
        return _confirm(text, "date.digits", [(short[0].year, short[0].month), parts], span)
    return _settle(parts, span, Remark("date.serial", {"found": text, "date": date(*parts).isoformat()}))


def _of_text(compact, span):
    text, notes = date_texts.without_words(compact)
    one = date_texts.one_date(text)
    if one:
        return _settle(one, span, *(Remark("date.about", {"words": words}) for words in notes))
    if text.isascii() and text.isdigit() and len(text) == 4:
        return _settle((int(text),), span, *(Remark("date.about", {"words": words}) for words in notes))
    return (
        _of_short_year(text, span)
        or _of_end_year(text, span)
        or _of_several(compact, text, span)
        or _of_nothing(compact, text)
    )


def _of_short_year(text, span):
    """19年6月, 19.6.1, '19: the century is asked; 6.1.19 may be turned round as well."""
    parts = date_texts.short_year(text)
    if parts is None:
        return None
    readings = date_texts.centuries(*parts)
    if "年" not in text and len(parts) == 3:
        first, second, third = parts
        readings += date_texts.centuries(third, second, first) + date_texts.centuries(third, first, second)
    return _confirm(text, "date.two_digit_year", readings, span)


def _of_end_year(text, span):
    """06/07/2019: day and month may stand either way round; 25/06/2019 can be only one."""
    parts = date_texts.end_year(text)
    if parts is None:
        return None
    *front, year = parts
    if len(front) == 1:
        return _settle((year, front[0]), span)
    day, month = front
    found = span.plausible([(year, month, day), (year, day, month)])
    if len(found) > 1:
        return _confirm(text, "date.day_or_month", [(m.year, m.month, m.day) for m in found], span)
    if not found:
        return _settle((year, day, month) if month > 12 else (year, month, day), span)
    return Understood(str(found[0]), (Remark("date.turned", {"found": text, "date": str(found[0])}),))


def _of_several(compact, text, span):
    """A range, several dates, or one date among other words: which one is asked."""
    readings = date_texts.ends_of_range(text)
    if readings:
        return _confirm(compact, "date.range", readings, span)
    found = date_texts.all_dates(compact)
    if not found:
        return None
    known = [parts for parts in found if span.plausible([parts])]
    if not known:
        return _settle(found[0], span)
    if len(known) == 1:
        return _confirm(compact, "date.one_among_words", known, span)
    code = "date.range" if date_texts.is_range(compact) else "date.several"
    return _confirm(compact, code, known[:8], span)


def _of_nothing(compact, text):
    """No date can be made of it: the error says as much as is known."""
    if _RELATIVE.search(compact):
        return wrong("date.relative")
    if lost := date_texts.month_lost(text):
        return wrong("date.month_lost", readings=lost)
    if date_texts.without_year(text):
        return wrong("date.no_year")
    return wrong("date.shape")
