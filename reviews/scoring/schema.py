"""What the params of each kind of rule hold, and what keeps a scheme from being published.

``params`` of every rule may hold ``mode`` (how the item is looked at), ``note`` and ``note_en`` (the rule in
the office's own words), and ``gate_from`` (a scored item that is a gate is met from so many points). ``rows``
is a list of dicts, each with ``code``, ``title``, ``title_en`` and the fields below; ``fact`` names a fact of
the year and ``least`` what it must reach.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from reviews.choices import ScoreRule
from reviews.scoring.facts import FACTS
from reviews.scoring.terms import HUNDRED, ZERO, Fault, Refused, Scheme, number

MODES = ("papers", "site", "experts", "ledger")  # 材料审核, 实地考察, 专家意见, 台账
HOWS = ("once", "each", "free", "all")
ROW_TEXTS = {"code", "title", "title_en"}
COMMON = {"mode": "mode", "note": "text", "note_en": "text", "gate_from": "number"}


@dataclass(frozen=True)
class Spec:
    """The params of one kind of rule: name -> kind of value; ``must`` are the fields no row can lack."""

    params: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)
    must: tuple = ()
    inside: tuple = ()  # fields of a row that may not exceed the item's points


CONDITION = {"fact": "fact", "least": "number"}
COUNTED = {"points": "number", "cap": "number", "fact": "fact"}
GRADED = {"points": "number", **CONDITION}

SPECS = {
    ScoreRule.DEDUCT: Spec(rows={"how": "how", **GRADED}, inside=("points",)),
    ScoreRule.ALL_OR_NOTHING: Spec(params=CONDITION),
    ScoreRule.GATE: Spec(params={**CONDITION, "condition": "text", "condition_en": "text"}),
    ScoreRule.CHOICE: Spec(rows=GRADED, must=("points",), inside=("points",)),
    ScoreRule.BAND: Spec(
        rows={"low": "number", "high": "number", **CONDITION}, must=("low", "high"), inside=("low", "high")
    ),
    ScoreRule.PER_UNIT: Spec(rows=COUNTED, must=("points",), inside=("cap",)),
    ScoreRule.BONUS: Spec(params={"together": "number"}, rows=COUNTED, must=("points",), inside=("cap",)),
    ScoreRule.PERCENT: Spec(
        params={"fact": "fact", "of": "fact"},
        rows={"least": "number", "points": "number"},
        must=("least", "points"),
        inside=("points",),
    ),
    ScoreRule.HIGHEST: Spec(
        params={"best": "count"},
        rows={"points": "number", "fact": "fact"},
        must=("points",),
        inside=("points",),
    ),
    ScoreRule.SHARED: Spec(params={"ladder": "ladder"}, rows={"points": "number"}, must=("points",)),
    ScoreRule.JUDGEMENT: Spec(),
}


def is_publishable(found):
    """Whether what ``faults`` found leaves the scheme fit to publish: warnings do."""
    return all(fault.is_warning for fault in found)


def faults(scheme):
    """Everything to mend in a scheme given as its plain dict, warnings among it."""
    items = scheme["items"]
    if not items:
        return [Fault("no_items")]
    codes = [item["code"] for item in items]
    found = [Fault("code_twice", code) for code in sorted(set(codes)) if codes.count(code) > 1]
    for item in items:
        own = [Fault(code, item["code"], values) for code, values in _item_faults(item)]
        found += own or _never_full(item)
    if is_publishable(found):
        found += _whole_faults(Scheme.of(scheme))
    return found


def _whole_faults(scheme):
    """What only shows when all items are read together."""
    if scheme.whole != HUNDRED:
        yield Fault("sum_not_100", values={"sum": _text(scheme.whole)}, is_warning=True)
    if scheme.excellent_mark <= scheme.pass_mark or scheme.excellent_mark > scheme.whole + scheme.bonus_cap:
        values = {"pass": _text(scheme.pass_mark), "excellent": _text(scheme.excellent_mark)}
        yield Fault("marks_out_of_reach", values=values)
    caps = {
        _text(number(i.params["together"]))
        for i in scheme.items
        if i.params.get("together") not in (None, "")
    }
    if len(caps) > 1:
        yield Fault("bonus_caps_differ", values={"caps": ", ".join(sorted(caps))})


def _item_faults(item):
    rule, params = item["rule"], item.get("params") or {}
    if rule not in SPECS:
        yield "unknown_rule", {"rule": rule}
        return
    spec = SPECS[rule]
    points = _read(item["points"])
    if points is None or points < ZERO:
        yield "bad_param", {"name": "points", "value": str(item["points"])}
        return
    if points == 0 and rule != ScoreRule.GATE:
        yield ("bonus_without_cap" if rule == ScoreRule.BONUS else "no_points"), {}
    allowed = {**COMMON, **spec.params, **({"rows": "rows"} if spec.rows else {})}
    yield from _value_faults(params, allowed, "")
    yield from _gate_faults(item, params, points)
    rows = params.get("rows") or []
    if spec.rows and FITS["rows"](rows):
        yield from _rows_faults(rows, spec, points)


def _value_faults(values, allowed, where):
    """Names that are unknown and values of the wrong kind; ``where`` is the row's code."""
    for name, value in values.items():
        if name not in allowed:
            yield "unknown_param", {"name": name, "row": where}
        elif value not in (None, "") and not FITS[allowed[name]](value):
            code = "unknown_fact" if allowed[name] == "fact" else "bad_param"
            yield code, {"name": name, "value": str(value)[:60], "row": where}


def _gate_faults(item, params, points):
    rule = item["rule"]
    if rule == ScoreRule.GATE:
        if not (params.get("condition") or params.get("fact")):
            yield "gate_without_condition", {}
        return
    if not item.get("is_gate"):
        return
    if rule == ScoreRule.BONUS:
        yield "bonus_is_gate", {}
        return
    least = _read(params.get("gate_from"))
    if least is None or not ZERO < least <= points:
        yield "gate_without_condition", {}


def _rows_faults(rows, spec, points):
    if not rows:
        yield "no_rows", {}
    codes = [str(row.get("code", "")) for row in rows]
    yield from (("row_twice", {"row": code}) for code in sorted(set(codes)) if codes.count(code) > 1)
    allowed = {**dict.fromkeys(ROW_TEXTS, "text"), **spec.rows}
    for row in rows:
        where = row.get("title") or str(row.get("code", ""))
        yield from _value_faults(row, allowed, where)
        if not row.get("code") or not (row.get("title") or "least" in spec.must):
            yield "row_without_title", {"row": where}
        yield from (
            ("missing_param", {"name": name, "row": where})
            for name in _musts(row, spec)
            if row.get(name) in (None, "")
        )
        for name in spec.inside:
            value = _read(row.get(name))
            if value is not None and value > points and row.get("how") != "each":
                yield "above_maximum", {"row": where, "value": _text(value), "most": _text(points)}
        low, high = _read(row.get("low")), _read(row.get("high"))
        if low is not None and high is not None and low > high:
            yield "band_reversed", {"row": where, "low": _text(low), "high": _text(high)}


def _musts(row, spec):
    """What a row cannot lack: a deduction needs its points unless it takes everything."""
    if "how" in spec.rows:
        return () if row.get("how") == "all" else ("points",)
    return spec.must


def _never_full(item):
    """A warning where no grade, band, tier or rank gives the item's full points."""
    spec = SPECS[item["rule"]]
    if not spec.inside or item["rule"] in (*COUNTING, ScoreRule.DEDUCT):
        return []
    reached = [
        _read(row.get(name)) for row in (item.get("params") or {}).get("rows") or [] for name in spec.inside
    ]
    best, points = max((value for value in reached if value is not None), default=None), _read(item["points"])
    if best is None or points is None or best * _best_of(item) >= points:
        return []
    return [Fault("never_full", item["code"], {"best": _text(best), "most": _text(points)}, is_warning=True)]


COUNTING = (ScoreRule.PER_UNIT, ScoreRule.BONUS)


def _best_of(item):
    return _read((item.get("params") or {}).get("best")) or Decimal(1)


def _read(value):
    """A number, or None for everything that is none."""
    try:
        return number(value)
    except Refused:
        return None


def _text(value):
    """A number as people write it: 10, not 10.00."""
    return f"{value.normalize():f}"


def _is_number(value):
    found = _read(value)
    return found is not None and found >= 0


def _is_count(value):
    return _is_number(value) and number(value) >= 1 and number(value) == number(value).to_integral_value()


def _is_ladder(value):
    """Percentages by place among the authors, that together never exceed the whole."""
    if not isinstance(value, list) or not all(_is_number(share) for share in value):
        return False
    return sum((number(share) for share in value), ZERO) <= HUNDRED


FITS = {
    "number": _is_number,
    "count": _is_count,
    "ladder": _is_ladder,
    "text": lambda value: isinstance(value, str),
    "rows": lambda value: isinstance(value, list) and all(isinstance(row, dict) for row in value),
    "fact": lambda value: value in FACTS,
    "how": lambda value: value in HOWS,
    "mode": lambda value: value in MODES,
}
