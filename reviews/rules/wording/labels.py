"""Words for the codes that stand among a finding's values."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from studios.choices import Education, Item, ProfTitle, ProjectStatus, Rank, RecognitionKind, SkillLevel
from studios.partial_dates import PartialDate, describe

GROUPS = {
    "model_worker": gettext_lazy("model worker"),
    "craftsman": gettext_lazy("craftsman"),
    "may_day": gettext_lazy("May Day medal"),
}
LEVELS = {
    "base": gettext_lazy("base-level title"),
    "county": gettext_lazy("county-level title"),
    "city": gettext_lazy("city-level title"),
    "province": gettext_lazy("region-level title"),
}
AGES = {
    "under_30": gettext_lazy("under 30"),
    "30_39": gettext_lazy("30 to 39"),
    "40_49": gettext_lazy("40 to 49"),
    "50_up": gettext_lazy("50 and over"),
}
ITEMS, RANKS = dict(Item.choices), dict(Rank.choices)
STATUSES, KINDS = dict(ProjectStatus.choices), dict(RecognitionKind.choices)
STRUCTURE = {
    "prof_title": (gettext_lazy("Professional titles"), dict(ProfTitle.choices)),
    "skill_level": (gettext_lazy("Skill levels"), dict(SkillLevel.choices)),
    "education": (gettext_lazy("Education"), dict(Education.choices)),
    "age": (gettext_lazy("Ages"), AGES),
}


def label(labels):
    """A formatter: the word for a code, or the code itself where rule sets know more than we do."""
    return lambda code: str(labels.get(code, code))


def when(text):
    """A partial date or day in the reader's language; a blank stays blank."""
    return describe(PartialDate.parse(text)) if text else ""


def enumerate_words(words):
    """A, B, C in English; A、B、C in Chinese."""
    return _join(words, _("%(first)s, %(rest)s"))


def enumerate_parts(parts):
    """Parts that have commas inside."""
    return _join(parts, _("%(first)s; %(rest)s"))


def _join(words, pattern):
    words = [str(word) for word in words]
    joined = words[-1] if words else ""
    for word in reversed(words[:-1]):
        joined = pattern % {"first": word, "rest": joined}
    return joined


def labels_of(labels):
    """A formatter for a list of codes."""
    return lambda codes: enumerate_words(label(labels)(code) for code in codes)


def tally(labels):
    """A formatter for ``{code: how many}`` in the order of ``labels``; a blank code was not stated."""

    def in_words(counts):
        order = [*labels, *(code for code in counts if code not in labels and code), ""]
        rows = [(code, counts[code]) for code in order if code in counts]
        return enumerate_words(
            _("%(count)s × %(label)s")
            % {"label": label(labels)(code) if code else _("not stated"), "count": count}
            for code, count in rows
        )

    return in_words


def honour(row):
    """An honour with what is known of it: name (level, granted by whom, when)."""
    known = [label(RANKS)(row["rank"]), row["granted_by"], when(row["granted_on"])]
    return _("“%(name)s” (%(details)s)") % {
        "name": row["name"],
        "details": enumerate_words(part for part in known if part),
    }


def years(numbers):
    """One year, or the two that a rolling year touches."""
    return _("%(year)d") % {"year": numbers[0]} if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"


def money(amount):
    """An amount in wan yuan without idle zeros: 10.00 is 10, 10.50 is 10.5."""
    text = str(amount)
    return text.rstrip("0").rstrip(".") if "." in text else text


def title(row):
    """A title as the roster tells it: by whom, from when, until when, by which document."""
    span = when(row["valid_from"])
    if row["valid_until"]:
        span = _("%(start)s to %(end)s") % {"start": span, "end": when(row["valid_until"])}
    else:
        span = _("since %(start)s") % {"start": span}
    return enumerate_words(part for part in (row["union_name"], span, row["document"]) if part)
