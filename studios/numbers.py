"""Check digits and shapes of the numbers that people copy from certificates; none is silently mended."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from .partial_dates import PartialDate

CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
PATENT_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)

# Digit after the year of a patent number; 8 and 9 came in through the PCT.
PATENT_KINDS = {"1": "invention", "2": "utility", "3": "design", "8": "invention", "9": "utility"}
# Kinds of achievement that declare a kind of patent.
DECLARED_AS = {"invention_patent": "invention", "utility_model": "utility", "design_patent": "design"}
KIND_NAMES = {"invention": _("invention"), "utility": _("utility model"), "design": _("design")}


@dataclass(frozen=True)
class Problem:
    """What is wrong with a number: a stable code, and a lazy sentence for the person who typed it."""

    code: str
    sentence: object

    def __str__(self):
        return str(self.sentence)


def _say(text, **values):
    """``text % values``, put together only when it is shown, in the language of the reader."""
    return lazy(lambda: str(text) % values, str)()


def _plain(text):
    """Full-width forms folded, all blanks gone, capitals."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text))).upper()


def normalise_uscc(text):
    """As stored: capitals, no blanks, no full-width characters. Nothing else is changed."""
    return _plain(text)


def uscc_check(body):
    """Check character for the first 17 characters of a credit code."""
    total = sum(
        CREDIT_CODE_ALPHABET.index(char) * weight
        for char, weight in zip(body, CREDIT_CODE_WEIGHTS, strict=True)
    )
    return CREDIT_CODE_ALPHABET[(31 - total % 31) % 31]


def uscc_problem(text):
    """A lazy sentence saying what is wrong with a credit code, or None. Any first character is accepted."""
    code = _plain(text)
    for position, char in enumerate(code, start=1):
        if char in "IOSVZ":
            return _say(
                _("Character %(position)d is “%(char)s”; a credit code never has I, O, S, V or Z."),
                position=position,
                char=char,
            )
        if char not in CREDIT_CODE_ALPHABET:
            return _say(
                _("Character %(position)d is “%(char)s”; a credit code has only digits and letters."),
                position=position,
                char=char,
            )
    if len(code) != 18:
        return _uscc_length_problem(len(code))
    expected = uscc_check(code[:17])
    if code[17] != expected:
        return _say(
            _(
                "The check character (18) is “%(found)s”, but the 17 before it ask for “%(expected)s”. "
                "Please compare each character with the certificate."
            ),
            found=code[17],
            expected=expected,
        )
    return None


def _uscc_length_problem(length):
    if length == 9:
        return _("This has 9 characters, like an old organisation code. A credit code has 18.")
    if length == 15:
        return _("This has 15 characters, like an old registration number. A credit code has 18.")
    return _say(_("A credit code has 18 characters; this has %(length)d."), length=length)


def is_union_code(text):
    """Whether a credit code is that of a trade union (81…) rather than of the unit beside it."""
    return _plain(text).startswith("81")


def organisation_check(body):
    """Check character for the first 8 characters of an organisation code."""
    total = sum(int(char, 36) * weight for char, weight in zip(body, ORGANISATION_WEIGHTS, strict=True))
    rest = 11 - total % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def organisation_code_problem(text):
    """A lazy sentence saying what is wrong with a 9-character organisation code, or None."""
    code = _plain(text).replace("-", "")
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code):
        return _("An organisation code has 8 digits or capital letters and a check character: D2143569-X.")
    expected = organisation_check(code[:8])
    if code[8] != expected:
        return _say(
            _("The check character (9) is “%(found)s”, but it should be “%(expected)s”."),
            found=code[8],
            expected=expected,
        )
    return None


@dataclass(frozen=True)
class PatentNumber:
    """An application or patent number; ``digits`` (8 or 12, no check) finds the same patent again."""

    digits: str
    check: str  # as written; "" when it was left out
    year: int
    type: str  # the digit after the year
    granted_form: bool  # written with ZL, which only a granted patent may carry

    @property
    def kind(self):
        """``invention``, ``utility`` or ``design``; "" when the digit is unknown."""
        return PATENT_KINDS.get(self.type, "")

    @property
    def normalised(self):
        """``ZL201710601862.3``; without ZL when it was written without."""
        check = f".{self.check}" if self.check else ""
        return f"{'ZL' if self.granted_form else ''}{self.digits}{check}"


def patent_check(digits):
    """Check character for the 8 digits (1985-2003) or 12 digits (since October 2003) of a patent number."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, PATENT_WEIGHTS, strict=False))
    return "0123456789X"[total % 11]


_WORDS = re.compile(r"^(?:中国)?(?:专利申请号|专利号|申请号|NO\.?|第)*[:]?|号$")
_PUBLICATION = re.compile(r"(?:CN)?[0-9]{7,9}\.?([ABCUYS])[0-9]?")
# The letter behind a publication number says what was announced; A is an application, the others a grant.
_ANNOUNCED = {"B": "invention", "C": "invention", "U": "utility", "Y": "utility", "S": "design"}
_SHORTENED = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+")
_APPLICATION = re.compile(r"(ZL|CN)?((?:[0-9]{12}|[0-9]{8}))(?:\.?([0-9X]))?")


def parse_patent(text):
    """Read a Chinese patent number as people write it: a PatentNumber, or a Problem.

    A wrong check digit is no Problem here: it is in ``patent_warnings``.
    """
    plain = _WORDS.sub("", _plain(text).translate(str.maketrans("。·", "..")))
    head, point, check = re.sub(r"[-‐-―_]", "", plain).rstrip(".").rpartition(".")
    plain = head.replace(".", "") + point + check
    if _SHORTENED.fullmatch(plain):
        return Problem(
            "shortened",
            _("A spreadsheet has shortened this number. Format the cell as text and copy the whole number."),
        )
    if published := _PUBLICATION.fullmatch(plain):
        return Problem("publication", _published(published[1]))
    if re.fullmatch(r"(?:CN)?(?:[123][0-9]{6}|[123][0-9]{8})", plain):
        return Problem(
            "publication",
            _("This is a publication number; give the application number: 201710601862.3."),
        )
    match = _APPLICATION.fullmatch(_without_spreadsheet_zero(plain))
    if not match:
        return Problem(
            "shape",
            _(
                "A Chinese patent number has 12 digits (before October 2003: 8) and a check digit: "
                "ZL201710601862.3."
            ),
        )
    prefix, digits, check = match.groups()
    start = digits[:4] if len(digits) == 12 else digits[:2]
    year = _filing_year(start)
    if year is None:
        return Problem("year", _say(_("“%(start)s” at the start should be the year of filing."), start=start))
    return PatentNumber(digits, check or "", year, digits[len(start)], prefix == "ZL")


def _published(letter):
    """What a publication number with this letter is, and which number is asked for."""
    if letter == "A":
        return _(
            "“A” at the end: this is the number under which an application was published, which is no grant. "
            "Give the application number: 201710601862.3."
        )
    return _say(
        _(
            "“%(letter)s” at the end: this is the number under which a granted patent (%(kind)s) was "
            "announced. Give the patent number of the certificate: ZL201710601862.3."
        ),
        letter=letter,
        kind=KIND_NAMES[_ANNOUNCED[letter]],
    )


def _without_spreadsheet_zero(plain):
    """Drop the ``.0`` that a spreadsheet adds to a whole number; a check digit 0 behind a point stays."""
    match = re.fullmatch(r"((?:ZL|CN)?(?:[0-9]{13}|[0-9]{9}))\.0", plain)
    return match[1] if match else plain


def _filing_year(start):
    """The year behind four digits (from 2003) or two digits (1985 to 2003); None when it is neither."""
    year = int(start)
    if len(start) == 4:
        return year if year >= 2003 else None
    if year >= 85:
        return 1900 + year
    return 2000 + year if year <= 3 else None


def patent_warnings(number, *, kind="", granted_on="", filed_on="", status=""):
    """Problems worth a second look at the certificate; none of them forbids anything.

    ``kind`` is the declared one, as a kind of patent or of achievement (any other is not compared);
    ``granted_on`` and ``filed_on`` are partial dates as text; ``status`` is a PatentStatus.
    """
    kind = DECLARED_AS.get(kind, kind)
    warnings = []
    expected = patent_check(number.digits)
    if number.check != expected:
        warnings.append(_wrong_check(number, expected))
    if kind in KIND_NAMES and number.kind != kind:
        warnings.append(_wrong_kind(number, kind))
    if granted_on and PartialDate.parse(granted_on).year < number.year:
        warnings.append(
            Problem(
                "year",
                _say(
                    _("The number says it was filed in %(filed)d, after the grant in %(granted)d."),
                    filed=number.year,
                    granted=PartialDate.parse(granted_on).year,
                ),
            )
        )
    if filed_on and PartialDate.parse(filed_on).year != number.year:
        warnings.append(_other_year(number, PartialDate.parse(filed_on).year))
    if number.granted_form and status in ("filed", "published"):
        sentence = _(
            "“ZL” stands only before the number of a granted patent; this one is not said to be granted."
        )
        warnings.append(Problem("granted_form", sentence))
    return warnings


def _other_year(number, filed):
    return Problem(
        "filed",
        _say(
            _("The number says it was filed in %(number)d, but the date of filing lies in %(filed)d."),
            number=number.year,
            filed=filed,
        ),
    )


def _wrong_check(number, expected):
    if not number.check:
        missing = _("The check digit after the point is missing; it should be “%(expected)s”.")
        return Problem("check_missing", _say(missing, expected=expected))
    return Problem(
        "check",
        _say(
            _(
                "The check digit is “%(found)s”, but for %(digits)s it should be “%(expected)s”. "
                "Please compare the number with the certificate."
            ),
            found=number.check,
            digits=number.digits,
            expected=expected,
        ),
    )


def _wrong_kind(number, declared):
    if not number.kind:
        return Problem(
            "type",
            _say(_("Digit “%(type)s” after the year is no known kind of patent."), type=number.type),
        )
    return Problem(
        "type",
        _say(
            _("Digit “%(type)s” after the year means %(found)s, but %(declared)s is declared."),
            type=number.type,
            found=KIND_NAMES[number.kind],
            declared=KIND_NAMES[declared],
        ),
    )


def normalise_software_copyright(text):
    """As stored: ``2019SR0123456``."""
    return re.sub(r"^(?:登记号)[:]?", "", _plain(text))


def software_copyright_problem(text):
    """A lazy sentence saying what is wrong with a registration number, or None."""
    code = normalise_software_copyright(text)
    if "登字" in code:
        return _("This is the certificate number. Give the registration number, such as 2019SR0123456.")
    if not re.fullmatch(r"(?:19|20)[0-9]{2}SR[0-9]{4,7}", code):
        return _("A registration number of software is the year, SR and 4 to 7 digits: 2019SR0123456.")
    return None


def pct_problem(text):
    """A lazy sentence saying what is wrong with the number of an international application, or None."""
    if re.fullmatch(r"PCT/?[A-Z]{2}/?[0-9]{4}/?[0-9]{5,6}", _plain(text)):
        return None
    if re.fullmatch(r"WO/?[0-9]{4}/?[0-9]{6}(A[0-9])?", _plain(text)):
        return _("This is the number of the international publication. Give that of the application: PCT/CN…")
    return _("The number of an international application is written as PCT/CN2019/123456.")


def standard_problem(text):
    """A lazy sentence saying what is wrong with the number of a standard, or None."""
    if re.fullmatch(
        r"[A-Z]{1,3}[0-9]{0,6}(/[A-Z0-9]+)*[0-9]+(\.[0-9]+)*[-‐-―−](19|20)?[0-9]{2}", _plain(text)
    ):
        return None
    return _("The number of a standard ends with a number and a year: GB/T 1234-2020, DB15/T 1234-2020.")
