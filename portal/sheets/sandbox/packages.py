"""Workbooks as ZIP packages: every part allowed by its name, inflated within limits, and walked through.

What is tolerated here and not looked at further is never read by the portal; what could act by itself when
the file is opened, or fetch something from elsewhere, is refused by a code of its own.
"""

import re

import archives
import workbookparts
import worksheetparts
import xmlparts
from limits import Refusal
from tables import Book

ROLES = (
    (r"\[content_types\]\.xml", "types"),
    (r"xl/_rels/workbook\.xml\.rels", "links"),
    (r"(.+/)?_rels/[^/]*\.rels", "rels"),
    (r"xl/workbook\.xml", "workbook"),
    (r"xl/sharedstrings\.xml", "strings"),
    (r"xl/worksheets/[^/]+\.xml", "worksheet"),
    (r"xl/chartsheets/[^/]+\.xml", "chartsheet"),
    (r"xl/styles\.xml", "styles"),
    (r"xl/((calcchain|metadata|cellimages|xmlmaps|volatiledependencies)|comments[^/]*)\.xml", "other"),
    (
        r"xl/(theme|drawings|diagrams|charts|tables|threadedcomments|persons|comments)/[^/]+\.(xml|vml)",
        "other",
    ),
    (r"xl/(pivottables|pivotcache|slicers|slicercaches|timelines|timelinecaches)/[^/]+\.xml", "other"),
    (r"xl/(revisions|ctrlprops|richdata|namedsheetviews|featurepropertybag|woinfos)/[^/]+\.xml", "other"),
    (r"(docprops|docmetadata|customxml)/[^/]+\.xml", "other"),
    (r"xl/(media|printersettings|theme/media|worksheets/media)/[^/]+", "bytes"),
    (r"xl/metadata|_xmlsignatures/[^/]+", "bytes"),
    (r"docprops/thumbnail\.\w+|(xl/)?customproperty/?[^/]*\.bin", "bytes"),
)
ROLES = tuple((re.compile(pattern), role) for pattern, role in ROLES)
FORBIDDEN = (
    (r"vba(project|projectsignature|data)|jsaproject|jsproject|xl/(intl)?macrosheets/", "macros"),
    (r"xl/dialogsheets/", "macros"),
    (r"xl/externallinks/", "external_link"),
    (r"xl/(connections\.xml|model/)|customdata/", "connection"),
    (r"xl/querytables/", "connection"),
    (r"xl/embeddings/|oleobject", "embedded"),
    (r"xl/activex/|customui|xl/webextensions/|userinterface", "active"),
)
FORBIDDEN = tuple((re.compile(pattern), code) for pattern, code in FORBIDDEN)
EXPECTED = {
    "types": {"Types"},
    "links": {"Relationships"},
    "rels": {"Relationships"},
    "workbook": {"workbook"},
    "strings": {"sst"},
    "worksheet": {"worksheet"},
    "chartsheet": {"chartsheet"},
    "styles": {"styleSheet"},
}
NESTED = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b\x08")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def scan(source, rules):
    """The sheets of a workbook and what calamine does not tell of them; Refusal of anything unsafe."""
    archive = archives.Archive(source, rules)
    parts = archive.parts
    _check_kind(parts)
    roles = {name: _role(name, part.name) for name, part in parts.items()}
    book = Book()
    visitor = _Visitor(archive, rules)
    for name in ("[content_types].xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml"):
        visitor.visit(parts[name], roles.pop(name))
    strings = worksheetparts.Strings(rules)
    if "xl/sharedstrings.xml" in parts:
        visitor.visit(parts["xl/sharedstrings.xml"], roles.pop("xl/sharedstrings.xml"), strings)
    styles = workbookparts.Styles()
    if "xl/styles.xml" in parts:
        visitor.visit(parts["xl/styles.xml"], roles.pop("xl/styles.xml"), styles)
    tally = worksheetparts.Tally(rules)
    sheets = visitor.workbook.sheets(visitor.links, roles, rules)
    for name in [name for name, role in roles.items() if role == "worksheet"]:
        sheet = sheets.get(name) or workbookparts.unlisted(name)
        walker = worksheetparts.Worksheet(sheet, strings, styles.notable, tally, rules)
        visitor.visit(parts[name], roles.pop(name), walker)
    for name, role in roles.items():
        visitor.visit(parts[name], role)
    book.sheets = list(sheets.values())
    book.date1904 = visitor.workbook.date1904
    return book


def _check_kind(parts):
    """Is it an xlsx workbook at all? Refusal naming what this ZIP file is instead."""
    names = parts.keys()
    if {"[content_types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return
    if "xl/workbook.bin" in names:
        raise Refusal("binary_workbook")
    if "content.xml" in names or "mimetype" in names:
        raise Refusal("open_document")
    for start, found in (("word/", "Word"), ("ppt/", "PowerPoint"), ("ofd.xml", "OFD")):
        if any(name.startswith(start) for name in names):
            raise Refusal("not_a_sheet", found=found)
    if any(name.startswith("xl/") for name in names):
        raise Refusal("damaged")
    raise Refusal("not_a_sheet", found="ZIP")


def _role(name, shown):
    for pattern, code in FORBIDDEN:
        if pattern.search(name):
            raise Refusal(code)
    if name.endswith("/"):
        return "folder"
    for pattern, role in ROLES:
        if pattern.fullmatch(name):
            return role
    raise Refusal("part_unknown", part=shown[:100])


class _Visitor:
    """Walks each part once in the way of its role; keeps what the workbook and its links say."""

    def __init__(self, archive, rules):
        self._archive = archive
        self._rules = rules
        self.workbook = workbookparts.Workbook()
        self.links = workbookparts.Links()

    def visit(self, part, role, walker=None):
        if role == "folder":
            return
        chunks = self._archive.inflated(part)
        if role == "bytes":
            return self._bytes(chunks)
        if walker is None:
            walker = self._walker(role)
        xmlparts.walk(chunks, walker, EXPECTED.get(role), self._rules)

    def _walker(self, role):
        if role == "types":
            return workbookparts.Types()
        if role == "workbook":
            return self.workbook
        if role == "links":
            return self.links
        return workbookparts.Links() if role == "rels" else xmlparts.Walker()

    def _bytes(self, chunks):
        start = b""
        for chunk in chunks:  # all of it, for the sizes and sums that the directory promises
            start = start or chunk[:8]
        if start.startswith(NESTED):
            raise Refusal("nested")
        if start.startswith(OLE):
            raise Refusal("embedded")
