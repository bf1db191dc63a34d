"""Amounts of money in yuan: written as an office writes them, and read as people type them."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

CENT = Decimal("0.01")
LARGEST = Decimal("999999999999.99")
TEN_THOUSAND = 10_000
LITTLE = 100  # yuan: whoever types less for a budget or a scheme has probably typed 万元
IN_TEN_THOUSANDS = re.compile(r"([\d.]+)\s*(?:万|w)(?:元|圆|块)?", re.I)
MARKS = re.compile(r"^(?:¥|￥|rmb|cny|人民币)|(?:元|圆)(?:整|正)?$", re.I)


class NotAnAmount(ValueError):
    """What was typed is no amount in yuan; the message is a sentence for whoever typed it."""


def yuan(amount):
    """1,234.50"""
    return f"{amount or 0:,.2f}"


def read_yuan(text):
    """The Decimal in typed text such as ``1,234.50``, ``１２３４.5`` or ``¥1 234 元``. Raises NotAnAmount."""
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = re.sub(r"[,，、\s]", "", plain)
    plain = MARKS.sub("", MARKS.sub("", plain))
    if found := IN_TEN_THOUSANDS.fullmatch(plain):
        raise NotAnAmount(_in_ten_thousands(text, found[1]))
    if not re.fullmatch(r"-?\d+(\.\d*)?|-?\.\d+", plain):
        raise NotAnAmount(
            _("“%(found)s” is no amount. Give it in yuan, such as 12,345.60.") % {"found": text.strip()[:40]}
        )
    amount = Decimal(plain)
    _demand_plausible(amount, text.strip()[:40])
    return amount.quantize(CENT)


def _in_ten_thousands(text, number):
    """The sentence for an amount written with 万, with the same in yuan where it can be read."""
    try:
        meant = yuan(Decimal(number) * TEN_THOUSAND)
    except InvalidOperation:
        meant = yuan(0)
    return _("“%(found)s” is written in units of 10,000 yuan. Amounts here are in yuan: write %(meant)s.") % {
        "found": text.strip()[:40],
        "meant": meant,
    }


def _demand_plausible(amount, found):
    if amount <= 0:
        raise NotAnAmount(_("“%(found)s” is not above zero. Give an amount above zero.") % {"found": found})
    if amount > LARGEST:
        raise NotAnAmount(_("“%(found)s” is too large for an amount in yuan.") % {"found": found})
    if amount != amount.quantize(CENT):
        raise NotAnAmount(
            _("“%(found)s” has more than two decimals. Give yuan and cents, such as %(meant)s.")
            % {"found": found, "meant": yuan(amount.quantize(CENT))}
        )


def doubts_of_yuan(amount):
    """Sentences when an amount in yuan looks like one in units of 10,000 yuan."""
    if amount is None or amount >= LITTLE:
        return []
    return [
        _("%(amount)s yuan is very little. If %(amount)s × 10,000 yuan is meant, write %(meant)s.")
        % {"amount": f"{amount.normalize():f}", "meant": yuan(amount * TEN_THOUSAND)}
    ]
