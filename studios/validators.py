"""Rules shared by forms and imports: errors name both values, doubts are sentences and forbid nothing."""

import unicodedata
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from studios.numbers import (
    Problem,
    is_union_code,
    normalise_uscc,
    parse_patent,
    patent_warnings,
    pct_problem,
    software_copyright_problem,
    standard_problem,
    uscc_problem,
)
from studios.partial_dates import PartialDate

RETIRED_AT = 63  # the age to which the law moves retirement; below it nobody is asked
MUCH_MONEY = 10_000  # in 10,000 yuan: whoever types more has probably typed yuan
NUMBER_RULES = {
    "patent_pct": pct_problem,
    "software_copyright": software_copyright_problem,
    "standard": standard_problem,
}
PATENTS = {"invention_patent": "invention", "utility_model": "utility", "design_patent": "design"}


def folded(text):
    """Full-width forms and runs of blanks made plain, as names are compared and searched."""
    return " ".join(unicodedata.normalize("NFKC", text or "").split())


def whole(text, otherwise=None):
    """A number that a form carries along (an id, a version), or ``otherwise`` when it was tampered with."""
    text = str(text)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else otherwise


def partial(value):
    """A PartialDate from text, a date or nothing."""
    return PartialDate.parse(str(value)) if value else None


def check_order(earlier, later, sentence):
    """Raise when ``later`` is certainly before ``earlier``; ``sentence`` names %(earlier)s and %(later)s."""
    first, second = partial(earlier), partial(later)
    if first and second and second.latest() < first.earliest():
        raise ValidationError(sentence, code="order", params={"earlier": str(first), "later": str(second)})


def check_not_in_future(value):
    """Raise when a date certainly lies after today."""
    today = timezone.localdate()
    moment = None if isinstance(value, date) and value > today else partial(value)
    if isinstance(value, date) and value > today or moment and moment.earliest() > today:
        raise ValidationError(
            _("%(date)s lies in the future; today is %(today)s."),
            code="future",
            params={"date": str(moment or value), "today": today.isoformat()},
        )


def check_year(year):
    """Raise unless a year can be that of a fund or project: 1990 to next year."""
    last = timezone.localdate().year + 1
    if year is not None and not 1990 <= year <= last:
        raise ValidationError(
            _("The year must lie between 1990 and %(last)d; this says %(year)d."),
            code="year",
            params={"last": last, "year": year},
        )


def age_of(birth_month):
    """Full years since a month of birth, or None; the year alone counts from its end."""
    born = partial(birth_month)
    if born is None:
        return None
    today, day = timezone.localdate(), born.latest()
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))


def doubts_of_credit_code(code, *, of_union=False):
    """Sentences about a credit code that deserves a second look."""
    if not code:
        return []
    problem = uscc_problem(code)
    doubts = [str(problem)] if problem else []
    if is_union_code(code) and not of_union:
        doubts.append(_("This is the credit code of a trade union (81…); the unit has one of its own."))
    if of_union and not is_union_code(code):
        doubts.append(_("The credit code of a trade union starts with 81."))
    return doubts


def doubts_of_number(kind_code, number, granted_on="", *, filed_on="", status=""):
    """Sentences about the number of an achievement: those of some kinds have rules of their own."""
    if not number:
        return []
    if kind_code in PATENTS:
        read = parse_patent(number)
        if isinstance(read, Problem):
            return [str(read)]
        dates = {"granted_on": str(granted_on or ""), "filed_on": str(filed_on or "")}
        warnings = patent_warnings(read, kind=PATENTS[kind_code], status=str(status or ""), **dates)
        return [str(doubt) for doubt in warnings]
    problem = NUMBER_RULES[kind_code](number) if kind_code in NUMBER_RULES else None
    return [str(problem)] if problem else []


def doubts_of_money(amount):
    """A sentence when an amount in 10,000 yuan looks like yuan."""
    if amount is None or amount < MUCH_MONEY:
        return []
    return [
        _("%(amount)s × 10,000 yuan is %(yuan)s yuan. Was the amount typed in yuan?")
        % {"amount": f"{amount.normalize():f}", "yuan": f"{amount * 10_000:,.0f}"}
    ]


def doubts_of_leader(birth_month):
    """A sentence when the leader is old enough to have retired."""
    age = age_of(birth_month)
    if age is None or age < RETIRED_AT:
        return []
    return [
        _("The leader is %(age)d years old. Once a leader has retired, the studio needs a successor.")
        % {"age": age}
    ]


__all__ = [
    "age_of",
    "check_not_in_future",
    "check_order",
    "check_year",
    "doubts_of_credit_code",
    "doubts_of_leader",
    "doubts_of_money",
    "doubts_of_number",
    "folded",
    "normalise_uscc",
    "partial",
    "whole",
]
