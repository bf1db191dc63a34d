"""One form for every spelling of a number or a title, so that the same result is found again."""

import re
import unicodedata

from studios.numbers import Problem, normalise_software_copyright, parse_patent

PATENT_KINDS = frozenset(["invention_patent", "utility_model", "design_patent"])
# The number names an issue of a journal, and many papers stand in one.
WITHOUT_OWN_NUMBER = frozenset(["paper"])
# Numbers that each unit gives out by itself: alike in two units they say nothing.
OWN_SERIES = frozenset(["rational_proposal", "tech_renovation", "tech_breakthrough"])
LONGEST_NUMBER, LONGEST_TITLE = 60, 120
SHORTEST = 4  # signs of a plain number; “1” or “02” on two certificates says nothing

_PUBLISHED = re.compile(r"(?:CN)?([0-9]{7,9})(?:[ABCUYS][0-9]?)?")
_INTERNATIONAL = re.compile(r"PCT/?CN/?([0-9]{4})/?([0-9]{5,6})")
_WORLD = re.compile(r"WO/?((?:19|20)[0-9]{2})/?([0-9]{6})(?:A[0-9])?")
_SOFTWARE = re.compile(r"((?:19|20)[0-9]{2})SR0*([0-9]{1,7})")
_SOFTWARE_CERTIFICATE = re.compile(r"软著登字第?0*([0-9]+)号?")
_STANDARD = re.compile(r"(DB[0-9]{2,6}|[A-Z]{1,6})/?([TZ]?)([0-9]+(?:\.[0-9]+)*)-((?:19|20)?[0-9]{2})")
_WORDS_AROUND = re.compile(r"^(?:证书编号|证书号|登记号|批准号|备案号|编号|证号|NO\.?|第)+[:]?|号$")
_DASHES = re.compile(r"[-‐-―−_]+")


def plain(text):
    """Full-width forms folded, blanks gone, dashes alike, capitals."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text))).upper()
    return _DASHES.sub("-", folded)


def number_key(kind_code, number):
    """The key of a result's number, the same for every way of writing it; "" when it tells nothing apart.

    A patent keeps its key when it is declared as another kind of patent.
    """
    if not number or kind_code in WITHOUT_OWN_NUMBER:
        return ""
    text = plain(number)
    if kind_code in PATENT_KINDS:
        return _patent_key(number, text)
    own = KEYS.get(kind_code, _no_rule)(text)
    return (own or _plain_key(kind_code, text))[:LONGEST_NUMBER]


def title_key(title):
    """Letters and digits of a title in one form, lower case."""
    folded = unicodedata.normalize("NFKC", title or "").casefold()
    return "".join(sign for sign in folded if sign.isalnum())[:LONGEST_TITLE]


def _patent_key(number, text):
    read = parse_patent(number)
    if not isinstance(read, Problem):
        return f"patent:{read.digits}"
    found = _PUBLISHED.fullmatch(text.replace(".", "")) if read.code == "publication" else None
    return f"publication:{found[1]}" if found else _plain_key("patent", text)[:LONGEST_NUMBER]


def _international_key(text):
    if found := _INTERNATIONAL.fullmatch(text):
        return f"pct:{found[1]}:{int(found[2])}"
    found = _WORLD.fullmatch(text)
    return f"wo:{found[1]}:{int(found[2])}" if found else ""


def _software_key(text):
    if found := _SOFTWARE.fullmatch(normalise_software_copyright(text)):
        return f"software:{found[1]}:{found[2]}"
    found = _SOFTWARE_CERTIFICATE.search(text)
    return f"software-certificate:{found[1]}" if found else ""


def _standard_key(text):
    found = _STANDARD.fullmatch(text)
    return f"standard:{found[1]}{found[2]}:{found[3]}:{found[4][-2:]}" if found else ""


def _book_key(text):
    digits = re.sub(r"[^0-9X]", "", text.removeprefix("ISBN"))
    if len(digits) == 13:
        return f"isbn:{digits[3:12]}"  # without head and check digit it is the old number
    return f"isbn:{digits[:9]}" if len(digits) == 10 else ""


def _no_rule(_text):
    return ""


def _plain_key(kind_code, text):
    signs = re.sub(r"[\W_]", "", _WORDS_AROUND.sub("", text))
    return f"{kind_code}:{signs}" if len(signs) >= SHORTEST else ""


KEYS = {
    "patent_pct": _international_key,
    "software_copyright": _software_key,
    "standard": _standard_key,
    "book": _book_key,
}
