"""What the statistics are asked for, and the table of targets."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal.ui.forms import Styled
from studios.queries.statistics import Period

FIRST_YEAR = 2000
FREE = "free"


def periods(today):
    """{key: (label, Period)} of the presets: this year and the last, of the calendar and of the unions."""
    year = today.year
    union_year = year + (today.month >= 10)
    rows = [(f"c{y}", _("Calendar year %(year)d"), y, Period.calendar(y)) for y in (year, year - 1)]
    rows += [
        (f"u{y}", _("Statistics year %(year)d (1 October to 30 September)"), y, Period.union_year(y))
        for y in (union_year, union_year - 1, union_year - 2)
    ]
    return {key: (label % {"year": y}, period) for key, label, y, period in rows}


class DayField(forms.DateField):
    """A day, chosen or typed as 2026-11-22."""

    def __init__(self, **kwargs):
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        words = {"invalid": _("Give a day as year-month-day, such as 2024-06-01.")}
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], error_messages=words, **kwargs)


class StatisticsFilter(Styled, forms.Form):
    """Which union, which period; without a period it is this calendar year."""

    union = forms.TypedChoiceField(label=_("Union"), coerce=int, required=False)
    period = forms.ChoiceField(label=_("Period"), required=False)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)

    def __init__(self, data, *, unions):
        self.unions = {union.pk: union for union in unions}
        self.today = timezone.localdate()
        self.presets = periods(self.today)
        filled = {"union": next(iter(self.unions), ""), "period": next(iter(self.presets))}
        super().__init__({**filled, **{name: value for name, value in data.items() if value}})
        self.fields["union"].choices = [(pk, union.name) for pk, union in self.unions.items()]
        self.fields["period"].choices = [
            *((key, label) for key, (label, _period) in self.presets.items()),
            (FREE, _("From and to, as given")),
        ]

    def clean(self):
        """A free period needs both days, in order, and not a century."""
        clean = super().clean()
        if clean.get("period") == FREE and not self.errors:
            since, until = clean.get("since"), clean.get("until")
            if not since or not until:
                self.add_error("since", _("A free period needs its first and its last day."))
            elif since > until:
                self.add_error(
                    "until", _("The last day lies before the first one, %(since)s.") % {"since": since}
                )
            elif since > self.today:
                self.add_error(
                    "since", _("The period begins on %(since)s, which has not come yet.") % {"since": since}
                )
            elif since < date(FIRST_YEAR, 1, 1):
                self.add_error("since", _("The period begins before %(year)d.") % {"year": FIRST_YEAR})
        return clean

    def asked(self):
        """(union, Period); of what cannot be read, the first choice. A period that still runs ends today."""
        clean = self.cleaned_data if self.is_valid() else {}
        union = self.unions.get(clean.get("union")) or next(iter(self.unions.values()))
        if clean.get("period") == FREE:
            period = Period(clean["since"], clean["until"])
        else:
            period = self.presets[clean.get("period") or next(iter(self.presets))][1]
        return union, Period(period.first, min(period.last, self.today))


@dataclass
class Cell:
    """One number of the table of targets."""

    name: str
    label: str
    typed: str
    seen: str
    problem: str = ""


class TargetTable:
    """The numbers of a year, a row a union and a column a level; keeps what was typed."""

    def __init__(self, rows, data=None):
        self.rows, self.wanted, self.problems = [], {}, 0
        for label, completions in rows:
            cells = [self._cell(cell, label, data) for cell in completions if cell.place is not None]
            if cells:
                self.rows.append((label, cells))

    def _cell(self, completion, label, data):
        name = f"t-{completion.place}-{completion.tier}"
        held = "" if completion.target is None else str(completion.target)
        if data is None:
            return Cell(name, label, held, held)
        typed, seen = data.get(name, "").strip(), data.get(f"{name}-seen", "").strip()
        cell = Cell(name, label, typed, seen)
        if typed and not (typed.isascii() and typed.isdigit() and len(typed) < 7):
            cell.problem = _(
                "“%(typed)s” is not a number of studios; write digits such as 12, or nothing."
            ) % {"typed": typed[:20]}
            self.problems += 1
        elif typed != seen:
            seen_number = int(seen) if seen.isascii() and seen.isdigit() else None
            self.wanted[completion.place, completion.tier] = (seen_number, int(typed) if typed else None)
        return cell


CHANGED = ngettext_lazy("%(count)d target has been set.", "%(count)d targets have been set.", "count")
