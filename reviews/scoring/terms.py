"""The words of scoring: scheme, item and row, what a total holds, and how something is refused."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from reviews.choices import ScoreRule

ZERO = Decimal("0.00")
HUNDRED = Decimal(100)
CENT = Decimal("0.01")
LARGEST = Decimal(1_000_000)  # of any number typed in; far above every real count


class Refused(Exception):
    """An input that gives no points: a code and values; ``wording.sentence`` says it."""

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Fault:
    """Something about a scheme to mend before it is published; a warning does not keep it back."""

    code: str
    item: str = ""
    values: dict = field(default_factory=dict)
    is_warning: bool = False


@dataclass(frozen=True)
class Row:
    """One line of an item's params: a deduction, a grade, a band, a unit, a tier or a rank."""

    code: str
    title: str
    title_en: str
    values: dict

    @classmethod
    def of(cls, data):
        """The row from its place in ``params["rows"]``."""
        return cls(str(data.get("code", "")), data.get("title", ""), data.get("title_en", ""), data)

    def number(self, name, default=None):
        """A value of the row as a number; ``default`` where the row has none."""
        value = self.values.get(name)
        return default if value in (None, "") else number(value)


@dataclass(frozen=True)
class Item:
    """One line of a scheme."""

    code: str
    rule: str
    points: Decimal
    title: str = ""
    title_en: str = ""
    group: str = ""
    group_en: str = ""
    params: dict = field(default_factory=dict)
    evidence: str = ""
    is_gate: bool = False
    order: int = 0

    @classmethod
    def of(cls, data):
        """The item from a dict with the columns of ``SchemeItem``."""
        known = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        known["points"] = number(data["points"])
        known["params"] = data.get("params") or {}
        known["is_gate"] = bool(data.get("is_gate")) or data["rule"] == ScoreRule.GATE
        return cls(**known)

    @property
    def rows(self):
        """The lines of its params."""
        return tuple(Row.of(data) for data in self.params.get("rows", ()))

    def row(self, code):
        """The row of a code, or None."""
        return next((row for row in self.rows if row.code == code), None)

    @property
    def is_bonus(self):
        """Whether its points come on top of the hundred."""
        return self.rule == ScoreRule.BONUS


@dataclass(frozen=True)
class Scheme:
    """A version of a scheme with its items in order."""

    code: str
    version: int
    pass_mark: Decimal
    excellent_mark: Decimal
    items: tuple
    title: str = ""
    title_en: str = ""

    @classmethod
    def of(cls, data):
        """The scheme from its plain dict."""
        items = sorted((Item.of(item) for item in data["items"]), key=lambda item: item.order)
        return cls(
            code=data["code"],
            version=data.get("version", 1),
            pass_mark=number(data.get("pass_mark", 60)),
            excellent_mark=number(data.get("excellent_mark", 85)),
            items=tuple(items),
            title=data.get("title", ""),
            title_en=data.get("title_en", ""),
        )

    def item(self, code):
        """The item of a code, or None."""
        return next((item for item in self.items if item.code == code), None)

    @property
    def whole(self):
        """The sum of what the normal items can give, 100 as a rule."""
        return sum((item.points for item in self.items if not item.is_bonus), ZERO)

    @property
    def bonus_cap(self):
        """How much all bonus items give together at most."""
        bonuses = [item for item in self.items if item.is_bonus]
        each = sum((item.points for item in bonuses), ZERO)
        together = [
            number(i.params["together"]) for i in bonuses if i.params.get("together") not in (None, "")
        ]
        return min([each, *together])


@dataclass(frozen=True)
class Total:
    """What a set of inputs comes to. ``points`` counts the bonus in; ``base`` does not.

    ``by_item`` holds the points of every item (None: not scored), ``refused`` why an input gives none.
    """

    points: Decimal
    base: Decimal
    bonus: Decimal
    by_item: dict
    gates_failed: tuple
    missing: tuple
    refused: dict

    @property
    def is_complete(self):
        """Whether every item but the bonus has its points."""
        return not self.missing and not self.refused


def number(value):
    """Any spelling of a finite number as a Decimal; refuses everything else."""
    if isinstance(value, bool) or value is None:
        raise Refused("not_a_number", value=str(value))
    try:
        found = Decimal(str(value).strip())
    except InvalidOperation:
        raise Refused("not_a_number", value=str(value)[:40]) from None
    if not found.is_finite() or abs(found) > LARGEST:
        raise Refused("not_a_number", value=str(value)[:40])
    return found


def cents(value):
    """Points as they are stored: two decimals, halves upwards."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def within(value, most):
    """Points between nothing and the most, as they are stored."""
    return cents(min(max(value, ZERO), most))
