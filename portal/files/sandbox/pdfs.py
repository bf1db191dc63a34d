"""PDFs: opened by qpdf, every object looked at for programs, attachments and actions; nothing is changed."""

import pikepdf
from limits import Refusal

FORBIDDEN_KEYS = {
    "/JavaScript": "pdf_script",
    "/JS": "pdf_script",
    "/AA": "pdf_action",
    "/EmbeddedFile": "pdf_attachment",
    "/EmbeddedFiles": "pdf_attachment",
    "/EF": "pdf_attachment",
    "/Collection": "pdf_attachment",
    "/XFA": "pdf_form",
    "/RichMediaContent": "pdf_media",
}
FORBIDDEN_NAMES = {
    # values of /S (actions), /Subtype (annotations) and /Type
    "/JavaScript": "pdf_script",
    "/Launch": "pdf_action",
    "/ImportData": "pdf_action",
    "/SubmitForm": "pdf_action",
    "/GoToE": "pdf_attachment",
    "/EmbeddedFile": "pdf_attachment",
    "/FileAttachment": "pdf_attachment",
    "/RichMedia": "pdf_media",
    "/Rendition": "pdf_media",
    "/Movie": "pdf_media",
    "/Sound": "pdf_media",
    "/Screen": "pdf_media",
    "/3D": "pdf_media",
}
NAMED_BY = ("/S", "/Subtype", "/Type")
CONTAINERS = (pikepdf.Array, pikepdf.Dictionary, pikepdf.Stream)


def check(source, rules):
    try:
        with pikepdf.open(source) as pdf:
            return _check_opened(pdf, rules)
    except (Refusal, MemoryError):
        raise
    except pikepdf.PasswordError:
        raise Refusal("pdf_encrypted") from None
    except Exception as problem:  # whatever the parser makes of hostile bytes
        raise Refusal(_reason(problem, source)) from None


def _reason(problem, source):
    if "bad_alloc" in str(problem):
        return "too_much_memory"
    source.seek(0)
    # Deciphering wants random numbers, which are not to be had here; /Encrypt is always in plain sight.
    return "pdf_encrypted" if b"/Encrypt" in source.read() else "damaged_pdf"


def _check_opened(pdf, rules):
    if pdf.is_encrypted:
        raise Refusal("pdf_encrypted")
    pages = len(pdf.pages)
    if pages == 0:
        raise Refusal("pdf_no_pages")
    if pages > rules["pages"]:
        raise Refusal("pdf_pages", pages=pages, limit=rules["pages"])
    _check_opening(pdf.Root.get("/OpenAction"))
    left = _walk(pdf.trailer, rules["steps"])
    for thing in pdf.objects:
        left = _walk(thing, left)
    return {"ok": True, "pages": pages}


def _check_opening(action):
    """Opening at a certain page or zoom is harmless; anything else is not."""
    if action is None or isinstance(action, pikepdf.Array):
        return
    if not isinstance(action, pikepdf.Dictionary) or action.get("/S") != "/GoTo":
        raise Refusal("pdf_action")


def _walk(thing, left):
    """Look at one object and all that lies directly in it; indirect ones have their own turn.

    ``left`` is how many may still be looked at; returned less those that were.
    """
    waiting = [thing]
    while waiting:
        left -= 1
        if left < 0:
            raise Refusal("pdf_complex")
        thing = waiting.pop()
        if isinstance(thing, pikepdf.Array):
            waiting.extend(_direct(thing.as_list()))
        elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            waiting.extend(_direct(_values(thing)))
    return left


def _values(thing):
    """The values of a dictionary or a stream's dictionary, once none of its keys and types is forbidden."""
    values = dict(thing.items())
    for key in FORBIDDEN_KEYS.keys() & values.keys():
        raise Refusal(FORBIDDEN_KEYS[key])
    for key in NAMED_BY:
        value = values.get(key)
        if isinstance(value, pikepdf.Name):
            code = FORBIDDEN_NAMES.get(str(value))
            if code:
                raise Refusal(code)
    return values.values()


def _direct(things):
    return [thing for thing in things if isinstance(thing, CONTAINERS) and not thing.is_indirect]
