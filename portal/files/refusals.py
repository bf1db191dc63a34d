"""Why a file is not taken: codes with the sentence that the uploader reads, in their own language."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "empty": _("The file is empty (0 bytes). Please choose it again, after it has been copied completely."),
    "too_large": _(
        "The file is %(size)s; at most %(limit)s are accepted. "
        "Send a smaller photo, or scan with fewer dots per inch."
    ),
    "extension": _(
        "The name ends in “%(extension)s”, but the content is %(found)s. "
        "Choose the right file, or rename it so that it ends in “%(expected)s”."
    ),
    "no_extension": _(
        "The name has no ending, but the content is %(found)s. Rename it so that it ends in “%(expected)s”."
    ),
    "unknown": _(
        "The content of this file was not recognised. Pictures (JPEG, PNG, WebP) and PDF are accepted."
    ),
    "office": _(
        "This is a %(found)s document. Please save it as PDF (File, Save as, PDF) and upload the PDF."
    ),
    "text": _("This is a plain text file. Please save or print it as PDF and upload the PDF."),
    "web_page": _("This is a web page, not a picture or a PDF. Please print it as PDF and upload the PDF."),
    "svg": _("This is an SVG drawing, which can contain programs. Please export it as PNG or PDF."),
    "heic": _(
        "This is a HEIC picture, which many computers cannot show. "
        "On the iPhone choose Settings, Camera, Formats, Most Compatible, or share the photo as JPEG."
    ),
    "picture": _("This is a %(found)s picture. Please save it as JPEG or PNG and upload that."),
    "animated": _("This is a moving picture. Please upload a single photo as JPEG or PNG."),
    "archive": _(
        "This is a %(found)s archive. Please unpack it and upload the pictures and PDFs in it one by one."
    ),
    "film": _("This is a video or sound recording. Pictures (JPEG, PNG, WebP) and PDF are accepted."),
    "program": _("This is a program. Pictures (JPEG, PNG, WebP) and PDF are accepted."),
    "too_many_pixels": _(
        "The picture is %(width)s × %(height)s pixels (%(megapixels)s megapixels); "
        "at most %(limit)s megapixels are accepted. Please make it smaller."
    ),
    "damaged_picture": _(
        "The picture is damaged or incomplete and cannot be opened. "
        "Please save it again, or take the photo again."
    ),
    "damaged_pdf": _("The PDF is damaged or incomplete and cannot be opened. Please make it again."),
    "pdf_start": _(
        "Other data stands before the beginning of the PDF. Please print the document to a new PDF."
    ),
    "pdf_end": _(
        "The PDF is cut off, or other data stands after its end. Please print the document to a new PDF."
    ),
    "pdf_archive": _("An archive is hidden in this PDF. Please print the document to a new PDF."),
    "pdf_encrypted": _(
        "The PDF is protected by a password or by restrictions. "
        "Please remove the protection, or print it to a new PDF."
    ),
    "pdf_pages": _("The PDF has %(pages)s pages; at most %(limit)s are accepted. Please split it."),
    "pdf_no_pages": _("The PDF has no pages."),
    "pdf_script": _("The PDF contains a program (JavaScript). Please print the document to a new PDF."),
    "pdf_action": _(
        "The PDF does something by itself when it is opened or clicked. "
        "Please print the document to a new PDF."
    ),
    "pdf_attachment": _("Another file is attached inside the PDF. Please print the document to a new PDF."),
    "pdf_form": _("The PDF is an interactive XFA form. Please print the filled-in form to a new PDF."),
    "pdf_media": _("The PDF contains film, sound or 3D. Please print the document to a new PDF."),
    "pdf_complex": _("The PDF is too complicated to be checked. Please print it to a new PDF."),
    "too_slow": _(
        "Checking the file took too long and was stopped. Please make the file simpler or smaller."
    ),
    "too_much_memory": _(
        "Checking the file needed too much memory and was stopped. Please make the file smaller."
    ),
    "crashed": _(
        "The file could not be checked: reading it failed. Please save it again in a program you trust."
    ),
    "no_space": _(
        "There is no room to store the file at the moment. Please try again later and tell the administrator."
    ),
}

FOUND = {
    # What stands in ``found``: names of kinds that are words and not abbreviations.
    "old Office": _("Word, Excel or WPS"),
    "Word": _("Word"),
    "Excel": _("Excel"),
    "PowerPoint": _("PowerPoint"),
}


class Refusal(Exception):
    """Why a file is not taken. ``code`` and ``values`` (plain JSON) may be kept and shown later.

    ``sentences`` are the codes that there are; ``str()`` is the sentence in the reader's language.
    """

    sentences = {}

    def __init__(self, code, **values):
        if code not in self.sentences:
            raise ValueError(f"Unknown refusal: {code}")
        super().__init__(code)
        self.code = code
        self.values = values


class Refused(Refusal):
    """A picture or PDF that is not taken."""

    sentences = SENTENCES

    def __str__(self):
        return sentence(self.code, self.values)


def sentence(code, values=None):
    """The refusal as one sentence in the active language; the sizes of too_large are in bytes."""
    if code not in SENTENCES:  # written by an older version
        return gettext("The file could not be accepted.")
    values = dict(values or {})
    if code == "too_large":
        values = {name: filesizeformat(number) for name, number in values.items()}
    if "found" in values:
        values["found"] = FOUND.get(values["found"], values["found"])
    return SENTENCES[code] % values
