"""Why a spreadsheet is not taken: codes with the sentence that the uploader reads, in their own language."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.files.refusals import Refusal

SENTENCES = {
    "empty": _("The file is empty (0 bytes). Please choose it again, after it has been copied completely."),
    "file_size": _("The file is %(found)s; at most %(limit)s are accepted. Please split it."),
    "unknown": _(
        "The content of this file was not recognised. Excel workbooks (.xlsx, .xls) and CSV are accepted."
    ),
    "not_a_sheet": _("The content of this file is %(found)s. A workbook (.xlsx, .xls) or CSV is expected."),
    "open_document": _(
        "This is an OpenDocument file (.ods). Please save it as an Excel workbook (.xlsx) and upload that."
    ),
    "binary_workbook": _(
        "This is a binary workbook (.xlsb). Please save it as an Excel workbook (.xlsx) and upload that."
    ),
    "xml_2003": _(
        "This is an XML table of Excel 2003. Please save it as an Excel workbook (.xlsx) and upload that."
    ),
    "web_archive": _(
        "This is a web page in a single file. Please save it as an Excel workbook (.xlsx) and upload that."
    ),
    "very_old": _(
        "This workbook is from Excel 4 or older. Please save it as an Excel workbook (.xlsx) and upload that."
    ),
    "no_table": _("This is a web page without a table. Please save the table as .xlsx and upload that."),
    "no_sheet": _("The workbook has no sheet with cells."),
    "password": _("The workbook is protected by a password. Please remove it and save the file again."),
    "macros": _(
        "The workbook contains macros (programs). Please save it as an Excel workbook (.xlsx) without macros."
    ),
    "external_link": _(
        "The workbook takes values from another file. "
        "Please break these links (Data, Edit Links), or copy the values into a new workbook."
    ),
    "connection": _("The workbook fetches data from elsewhere. Please copy its values into a new workbook."),
    "embedded": _(
        "Another file is embedded in the workbook. Please delete it, or copy the table into a new workbook."
    ),
    "active": _(
        "The workbook contains controls that can run programs (ActiveX, add-ins). "
        "Please copy the table into a new workbook."
    ),
    "nested": _("An archive is hidden in the workbook. Please copy the table into a new workbook."),
    "doctype": _(
        "The workbook contains definitions (DOCTYPE) that no spreadsheet program writes. "
        "Please copy the table into a new workbook."
    ),
    "part_unknown": _(
        "The workbook contains a part “%(part)s” that does not belong in a workbook. "
        "Please copy the table into a new workbook."
    ),
    "part_twice": _(
        "The part “%(part)s” is in the workbook twice. Please open it in Excel or WPS and save it again."
    ),
    "part_name": _(
        "A part of the workbook has the name “%(part)s”, which is not allowed. "
        "Please copy the table into a new workbook."
    ),
    "truncated": _(
        "The file is cut off: its end is missing. Please copy it again completely, or send it again."
    ),
    "damaged": _("The file is damaged and cannot be read. Please open it in Excel or WPS and save it again."),
    "zip_directory": _(
        "The list of contents of this workbook contradicts itself. "
        "Please open it in Excel or WPS and save it again."
    ),
    "zip_lies": _(
        "The part “%(part)s” is not as large as the workbook says. "
        "Please open it in Excel or WPS and save it again."
    ),
    "parts": _("The workbook consists of %(found)s parts; at most %(limit)s are accepted. Please split it."),
    "inflated": _(
        "Unpacked, the workbook would be %(found)s; at most %(limit)s are accepted. "
        "Please copy the table itself into a new workbook."
    ),
    "sheets": _("The workbook has %(found)s sheets; at most %(limit)s are accepted. Please split it."),
    "rows": _(
        "The table reaches to row %(found)s; at most %(limit)s rows are accepted. "
        "Please delete what stands far below the table, or split the file."
    ),
    "columns": _(
        "The table reaches to column %(found)s; at most %(limit)s columns are accepted. "
        "Please delete what stands far to the right of the table."
    ),
    "cells": _(
        "The used area is %(found)s cells; at most %(limit)s are accepted. "
        "Please delete empty rows and columns around the table, or split the file."
    ),
    "cell_text": _(
        "A cell holds %(found)s characters; at most %(limit)s are accepted. Please shorten it, "
        "or look for a quotation mark that is missing."
    ),
    "text": _(
        "All cells together hold %(found)s characters; at most %(limit)s are accepted. Please split the file."
    ),
    "merges": _(
        "The sheet has %(found)s merged areas; at most %(limit)s are accepted. Please split the file."
    ),
    "merged_cells": _(
        "The merged areas cover %(found)s cells; at most %(limit)s are accepted. "
        "Please unmerge whole columns."
    ),
    "reference": _(
        "In the sheet “%(sheet)s” the cell reference “%(reference)s” is out of order or outside of a sheet. "
        "Please open the workbook in Excel or WPS and save it again."
    ),
    "complex": _("The workbook is too complicated to be checked. Please copy the table into a new workbook."),
    "encoding": _(
        "The encoding of this text file could not be told: it is neither UTF-8 nor GB 18030. "
        "Please save it as an Excel workbook (.xlsx), or as CSV in UTF-8."
    ),
    "too_slow": _("Reading the file took too long and was stopped. Please make it smaller, or split it."),
    "too_much_memory": _(
        "Reading the file needed too much memory and was stopped. Please make it smaller, or split it."
    ),
    "crashed": _(
        "The file could not be read: reading it failed. Please open it in Excel or WPS and save it again."
    ),
}
BYTES = {"file_size", "inflated"}  # found and limit are sizes
FOUND = {
    # What stands in ``found``: names that are words and not abbreviations.
    "picture": _("a picture"),
    "film": _("a video or sound recording"),
    "program": _("a program"),
    "archive": _("an archive"),
    "ZIP": _("a ZIP archive"),
    "Word": _("a Word document"),
    "PowerPoint": _("a PowerPoint presentation"),
    "Outlook": _("an Outlook message"),
    "Visio": _("a Visio drawing"),
    "SVG": _("an SVG drawing"),
    "PDF": _("a PDF document"),
    "OFD": _("an OFD document"),
    "RTF": _("an RTF document"),
    "XML": _("an XML file"),
}


class Refused(Refusal):
    """A spreadsheet that is not taken."""

    sentences = SENTENCES

    def __str__(self):
        return sentence(self.code, self.values)


def sentence(code, values=None):
    """The refusal as one sentence in the active language, with the sheet it is about, where one is."""
    if code not in SENTENCES:  # written by an older version
        return gettext("The file could not be accepted.")
    values = dict(values or {})
    if code in BYTES:
        values["found"], values["limit"] = filesizeformat(values["found"]), filesizeformat(values["limit"])
    elif code == "not_a_sheet":
        values["found"] = FOUND.get(values["found"], values["found"])
    said = SENTENCES[code] % values
    if values.get("sheet") and "%(sheet)s" not in str(SENTENCES[code]):
        return gettext("Sheet “%(sheet)s”: %(sentence)s") % {"sheet": values["sheet"], "sentence": said}
    return said
