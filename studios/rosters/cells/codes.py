"""Credit codes, telephone numbers and postcodes: digits that a spreadsheet likes to damage."""

import re

from studios.numbers import CREDIT_CODE_ALPHABET, is_union_code, normalise_uscc, uscc_check
from studios.phone_numbers import LANDLINE, normalise_phone
from studios.rosters.cells.folding import HAN, bare, fold
from studios.rosters.cells.understood import NOTHING, Remark, Understood, ask, is_blank, wrong

_SHORTENED = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+", re.I)
_LABEL = re.compile("^(?:统一)?(?:社会)?信用代码[:]?")
_LOOK_ALIKES = str.maketrans("OISZ", "0152")  # letters that a credit code never has, and what was meant

_EXTENSION = re.compile("[(]?(?:转|分机号?|ext\\.?)[:]?([0-9]{1,6})[)]?", re.I)
_PHONES = re.compile(
    r"(?<![0-9])(?:(?:\+|00)86[ -]?)?(?:1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}"
    r"|(?:\(0[0-9]{2,3}\)|0[0-9]{2,3})[ -]?[2-9][0-9]{2,3}[ -]?[0-9]{4}(?:-[0-9]{1,6})?"
    r"|[2-9][0-9]{6,7})(?![0-9])"
)
_LOCAL = re.compile("[2-9][0-9]{6,7}")
_DIGITS = re.compile("[0-9]{2}")  # /46 behind a number means a second one; a single digit only counts


def read_credit_code(raw, *, of_union=False):
    """The 18 characters; a wrong check character is a remark and the code is kept as it was written."""
    if is_blank(raw):
        return NOTHING
    if isinstance(raw, (bool, float)) or (isinstance(raw, int) and raw >= 10**15):
        return wrong("credit_code.damaged")
    code = normalise_uscc(_LABEL.sub("", bare(raw)))
    if _SHORTENED.fullmatch(code):
        return wrong("credit_code.damaged")
    code = code.replace("-", "")
    if len(code) != 18:
        return wrong("credit_code.length", length=len(code))
    strange = [sign for sign in code if sign not in CREDIT_CODE_ALPHABET]
    if strange:
        likely = code.translate(_LOOK_ALIKES)
        if all(sign in CREDIT_CODE_ALPHABET for sign in likely) and uscc_check(likely[:17]) == likely[17]:
            return ask(f"credit_code:{code}", "credit_code.look_alike", [(likely, likely)], found=code)
        return wrong("credit_code.letters", letters="、".join(dict.fromkeys(strange)))
    notes = []
    expected = uscc_check(code[:17])
    if code[17] != expected:
        notes.append(Remark("credit_code.check", {"found": code[17], "expected": expected}))
    if is_union_code(code) != of_union:
        notes.append(Remark("credit_code.of_unit" if of_union else "credit_code.of_union"))
    return Understood(code, tuple(notes))


def read_phones(raw):
    """The numbers joined with 、, each normalised; ``extra["numbers"]`` is the list."""
    if is_blank(raw):
        return NOTHING
    if isinstance(raw, bool):
        return wrong("phone.shape")
    if isinstance(raw, float):
        raw = repr(raw)
    text = _EXTENSION.sub(r"-\1", re.sub(r"(?<=[0-9])\.0+(?![0-9])", "", fold(raw)))
    if _SHORTENED.search(bare(text)):
        return wrong("phone.shortened")
    if lost := _without_nought(bare(text)):
        return ask(f"phone:{lost}", "phone.nought", [(lost, lost)], found=bare(text))
    numbers = [match[0] for match in _PHONES.finditer(text)]
    rest = _PHONES.sub("", text)
    if not numbers or _DIGITS.search(rest):
        if not _DIGITS.search(text):
            return wrong("phone.shape")
        written = " ".join(text.split())  # an extension, a number of old: the office knows
        return Understood(written, (Remark("phone.odd"),), extra={"numbers": [written]})
    numbers = list(dict.fromkeys(_phone(number) for number in numbers))
    notes = []
    if any(_LOCAL.fullmatch(number) for number in numbers):
        notes.append(Remark("phone.local"))
    if words := "".join(re.findall(f"(?:{HAN}|[A-Za-z])+", re.sub("[或和及]", "", rest))):
        notes.append(Remark("phone.words", {"words": words[:40]}))
    return Understood("、".join(numbers), tuple(notes), extra={"numbers": numbers})


def _phone(written):
    """As the register writes it, so that what was taken out comes in unchanged."""
    number = normalise_phone(written.replace("(", "").replace(")", "-"))
    area = re.match("0(?:10|2[0-9]|[3-9][0-9]{2})-?", number)
    if area and not LANDLINE.fullmatch(number):  # 0475-821-2345 has a dash inside the local number
        return area[0] + number[area.end() :].replace("-", "", 1)
    return number


def _without_nought(text):
    """A landline whose leading 0 a spreadsheet dropped: ten digits that no mobile number has."""
    match = re.fullmatch("[2-9][0-9]{2}[2-9][0-9]{6}", text)
    return f"0{text}" if match else ""


def read_postcode(raw):
    """Six digits; the leading 0 that a spreadsheet dropped is put back."""
    if is_blank(raw):
        return NOTHING
    text = re.sub(r"\.0+$", "", bare(raw)) if not isinstance(raw, bool) else ""
    if re.fullmatch("[0-9]{6}", text):
        return Understood(text)
    if re.fullmatch("[1-9][0-9]{4}", text):
        return Understood(f"0{text}", (Remark("postcode.nought", {"found": text, "value": f"0{text}"}),))
    return wrong("postcode.shape")
