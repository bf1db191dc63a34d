"""Schemes in the reader's language: rules in words, what is wrong with an input, what keeps a scheme back."""

from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from reviews.choices import ScoreRule
from reviews.scoring.facts import BY_RANK, NUMBERS, RANKS
from reviews.scoring.terms import Refused, number
from studios.choices import Rank

MODES = {
    "papers": lazy("check of the papers"),
    "site": lazy("visit to the site"),
    "experts": lazy("opinion of experts"),
    "ledger": lazy("count of the ledger"),
}
HOWS = {
    "once": lazy("once, when ticked"),
    "each": lazy("for each one counted"),
    "free": lazy("up to so many, as judged"),
    "all": lazy("all points of the item"),
}
FACT_WORDS = {
    "projects": lazy("projects of the period"),
    "results": lazy("results of the period"),
    "results_two_years": lazy("results recognised at city level or above within two years"),
    "activities": lazy("activities"),
    "sessions": lazy("sessions of activities"),
    "people_trained": lazy("people trained"),
    "mentorships": lazy("pairs of master and apprentice"),
    "apprentices_graduated": lazy("apprentices who graduated"),
    "funds_unit": lazy("money of the unit (10,000 yuan)"),
    "funds": lazy("money of every source (10,000 yuan)"),
    "members": lazy("members of the team"),
    "skilled": lazy("members with a skill level or professional title"),
    "area": lazy("area of the venue (m²)"),
    "signs": lazy("signs on the wall"),
    "equipment": lazy("kinds of equipment"),
    "systems": lazy("rules and regulations"),
    "benefit_amount": lazy("economic benefit (10,000 yuan)"),
    "conversions": lazy("results put to use"),
    "non_public": lazy("the unit is a non-public enterprise"),
    "results_by_rank": lazy("results recognised"),
    "honours_by_rank": lazy("honours of the leader"),
    "media_by_rank": lazy("reports in the media"),
}
RANK_WORDS = {rank.name.lower(): rank.label for rank in Rank}


def label(thing):
    """The title of a scheme, an item or a row in the reader's language."""
    return thing.title_en if (get_language() or "").startswith("en") and thing.title_en else thing.title


def group_of(item):
    """The group of an item in the reader's language."""
    return item.group_en if (get_language() or "").startswith("en") and item.group_en else item.group


def trim(value):
    """A number as people write it: 10, not 10.00."""
    try:
        return f"{number(value).normalize():f}"
    except Refused:
        return str(value)


def fact(name):
    """A fact that a scheme names, in words."""
    head, _dot, rank = name.partition(".")
    words = str(FACT_WORDS.get(head, head))
    if not rank:
        return words
    return _("%(fact)s (%(rank)s)") % {"fact": words, "rank": RANK_WORDS.get(rank, rank)}


def fact_choices():
    """(name, words) of every fact, for forms."""
    names = [*NUMBERS, "non_public", *(f"{head}.{rank}" for head in BY_RANK for rank in RANKS)]
    return [(name, fact(name)) for name in names]


def sentence(problem):
    """Why an input gives no points."""
    shown = {
        name: trim(value) if name in ("low", "high") else value for name, value in problem.values.items()
    }
    return str(PROBLEMS[problem.code]) % shown


PROBLEMS = {
    "not_a_number": lazy("“%(value)s” is not a number; give a number such as 3 or 2.5."),
    "not_yes_or_no": lazy("Answer with yes or no."),
    "unknown_choice": lazy("“%(value)s” is none of the choices of this item; choose one from the list."),
    "wrong_shape": lazy("The entry does not belong to this kind of item; please fill it in again."),
    "too_many": lazy("%(count)s lines were given; at most %(most)s can be counted."),
    "below_zero": lazy("“%(value)s” is below zero; give 0 or more."),
    "outside": lazy("%(value)s is outside the range; give a number from %(low)s to %(high)s."),
    "not_a_place": lazy("“%(value)s” is no place among the authors; give 1 for the first, 2 for the second."),
    "shares_above_whole": lazy(
        "The shares of “%(subject)s” come to %(share)s %%; together they cannot exceed 100 %%."
    ),
}


def fault_sentence(found):
    """What to mend in a scheme, after the item's own title."""
    values = {**found.values, "name": str(NAMES.get(found.values.get("name"), found.values.get("name", "")))}
    text = str(FAULTS[found.code]) % values
    row = found.values.get("row")
    return (
        _("line “%(row)s”: %(text)s") % {"row": row, "text": text} if row and found.code in IN_A_ROW else text
    )


IN_A_ROW = {"unknown_param", "unknown_fact", "bad_param", "missing_param", "above_maximum", "band_reversed"}
NAMES = {
    "points": pgettext_lazy("scheme", "points"),
    "low": lazy("lowest points"),
    "high": lazy("highest points"),
    "cap": lazy("at most"),
    "least": lazy("from"),
    "fact": lazy("counted from"),
    "of": lazy("as a share of"),
    "best": lazy("how many count"),
    "ladder": lazy("shares by place"),
    "together": lazy("all bonus items together at most"),
    "gate_from": lazy("met from so many points"),
    "how": lazy("how it is taken off"),
    "mode": lazy("looked at by"),
}
FAULTS = {
    "no_items": lazy("The scheme has no items yet; add at least one."),
    "code_twice": lazy("another item has the same number; give each item its own."),
    "unknown_rule": lazy("the kind of rule “%(rule)s” is unknown."),
    "no_points": lazy("it gives no points; give it points or remove it."),
    "unknown_param": lazy("“%(name)s” does not belong to this kind of rule."),
    "missing_param": lazy("“%(name)s” is missing."),
    "bad_param": lazy("“%(name)s” cannot be “%(value)s”."),
    "unknown_fact": lazy("“%(value)s” is nothing that the ledger counts."),
    "no_rows": lazy("it has no lines; add at least one."),
    "row_twice": lazy("two lines have the same key “%(row)s”."),
    "row_without_title": lazy("a line has no words; say what it stands for."),
    "above_maximum": lazy("%(value)s points are more than the item's %(most)s."),
    "band_reversed": lazy("the lowest points (%(low)s) are above the highest (%(high)s)."),
    "gate_without_condition": lazy(
        "it must be met, but nothing says when it is: give a condition or points."
    ),
    "bonus_without_cap": lazy("a bonus needs its highest points."),
    "bonus_is_gate": lazy("a bonus cannot be something that must be met."),
    "bonus_caps_differ": lazy("The bonus items name different limits for all together (%(caps)s); name one."),
    "marks_out_of_reach": lazy(
        "Excellent from %(excellent)s and qualified from %(pass)s do not fit what the scheme can give."
    ),
    "sum_not_100": lazy("The items come to %(sum)s points, not to 100."),
    "never_full": lazy("no line gives the full %(most)s points; the highest is %(best)s."),
}


def explain(item):
    """The rule of an item in words: a list of sentences."""
    lines = [IN_WORDS[item.rule](item, row) for row in item.rows] if item.rule in IN_WORDS else []
    lines += list(AFTER[item.rule](item)) if item.rule in AFTER else []
    if item.is_gate and item.rule != ScoreRule.GATE:
        lines.append(
            _("Must be met: at least %(points)s points.") % {"points": trim(item.params.get("gate_from", ""))}
        )
    note = item.params.get("note_en") if (get_language() or "").startswith("en") else ""
    note = note or item.params.get("note")
    return [*lines, note] if note else lines


def _deducted(item, row):
    texts = {
        "once": _("%(title)s: minus %(points)s"),
        "each": _("%(title)s: minus %(points)s for each"),
        "free": _("%(title)s: up to minus %(points)s, as judged"),
        "all": _("%(title)s: no points at all"),
    }
    return _line(texts[row.values.get("how") or "once"], row) + _below(row)


def _chosen(item, row):
    return _line(_("%(title)s: %(points)s points"), row) + _reaching(row.values)


def _banded(item, row):
    is_fixed = row.number("low") == row.number("high")
    text = _("%(title)s: %(high)s points") if is_fixed else _("%(title)s: %(low)s to %(high)s points")
    return _line(text, row) + _reaching(row.values)


def _counted(item, row):
    cap = row.number("cap")
    if cap is None:
        text = _("%(title)s: %(points)s points each")
    elif cap == row.number("points"):
        text = _("%(title)s: %(points)s points")
    else:
        text = _("%(title)s: %(points)s points each, at most %(cap)s")
    return _line(text, row) + _from_ledger(row.values)


def _tiered(item, row):
    return _("from %(least)s %%: %(points)s points") % _values(row)


def _ranked(item, row):
    return _line(_("%(title)s: %(points)s points"), row) + _from_ledger(row.values)


def _shared(item, row):
    return _line(_("%(title)s: %(points)s points, times the share"), row)


IN_WORDS = {
    ScoreRule.DEDUCT: _deducted,
    ScoreRule.CHOICE: _chosen,
    ScoreRule.BAND: _banded,
    ScoreRule.PER_UNIT: _counted,
    ScoreRule.BONUS: _counted,
    ScoreRule.PERCENT: _tiered,
    ScoreRule.HIGHEST: _ranked,
    ScoreRule.SHARED: _shared,
}


def _after_all_or_nothing(item):
    yield _("%(points)s points when it is met, otherwise none") % {"points": trim(item.points)} + _reaching(
        item.params
    )


def _after_gate(item):
    english = (get_language() or "").startswith("en")
    condition = (english and item.params.get("condition_en")) or item.params.get("condition") or ""
    yield (condition or _("must be met")) + _reaching(item.params)


def _after_highest(item):
    count = int(number(item.params.get("best") or 1))
    yield _("The same thing counts at its highest only.") + ngettext(
        " Only the best one counts.", " The best %(count)d count.", count
    ) % {"count": count}


def _after_shared(item):
    if item.params.get("ladder"):
        shares = ", ".join(f"{trim(share)} %" for share in item.params["ladder"])
        yield _("Shares by place among the authors: %(shares)s") % {"shares": shares}


def _after_percent(item):
    if item.params.get("fact"):
        yield _("counted from: %(fact)s") % {"fact": fact(item.params["fact"])}


def _after_judgement(item):
    yield _("0 to %(points)s points, as judged") % {"points": trim(item.points)}


def _after_bonus(item):
    if item.params.get("together"):
        yield _("All bonus items together give at most %(points)s points.") % {
            "points": trim(item.params["together"])
        }


AFTER = {
    ScoreRule.ALL_OR_NOTHING: _after_all_or_nothing,
    ScoreRule.GATE: _after_gate,
    ScoreRule.HIGHEST: _after_highest,
    ScoreRule.SHARED: _after_shared,
    ScoreRule.PERCENT: _after_percent,
    ScoreRule.JUDGEMENT: _after_judgement,
    ScoreRule.BONUS: _after_bonus,
}


def _values(row):
    names = ("points", "low", "high", "cap", "least")
    return {"title": label(row), **{name: trim(row.values.get(name) or 0) for name in names}}


def _line(text, row):
    return text % _values(row)


def _from_ledger(values):
    return _(" (counted from: %(fact)s)") % {"fact": fact(values["fact"])} if values.get("fact") else ""


def _reaching(values):
    if not values.get("fact") or _least(values) == "0":  # whatever there is reaches nothing
        return ""
    return _(" (%(fact)s: %(least)s or more)") % {
        "fact": fact(values["fact"]),
        "least": _least(values),
    }


def _least(values):
    """What a fact must reach, 1 where nothing is said."""
    return trim(1 if values.get("least") in (None, "") else values["least"])


def _below(row):
    if not row.values.get("fact"):
        return ""
    return _(" (%(fact)s: below %(least)s)") % {
        "fact": fact(row.values["fact"]),
        "least": _least(row.values),
    }
