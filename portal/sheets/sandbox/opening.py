"""What is this file, judged by its content alone? Hands it to the reader of its kind."""

import os
import re
import time

import compound
import packages
import tables
import texts
import webpages
import workbooks
from limits import Refusal

HEAD = 8192
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")  # Excel 2 to 4
WEB = re.compile(rb"<(!doctype\s+html|html|head|body|meta|table|style|div|tr|script)\b", re.IGNORECASE)
XML_KINDS = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", "xml_2003", ""),
    (b"urn:oasis:names:tc:opendocument", "open_document", ""),
    (b"<svg", "not_a_sheet", "SVG"),
)


def run(source, output, request):
    """Write the cells of ``source`` to ``output``; the answer says what it was and what each step took."""
    rules = request["rules"]
    seconds = {}
    started = time.process_time()
    kind = recognise(source)
    answer = {"kind": kind, "encoding": "", "date1904": False, "seconds": seconds}
    writer = tables.Writer(output, rules)
    if kind == "xlsx":
        book = packages.scan(source, rules)
    elif kind == "xls":
        book = compound.scan(source, rules)
    else:
        reader = webpages if kind == "html" else texts
        answer["encoding"] = reader.read(source, rules, writer, request["title"])
        book = None
    seconds["scan"] = time.process_time() - started
    if book:
        answer["date1904"] = book.date1904
        workbooks.read(source, book, writer)
        seconds["values"] = time.process_time() - started - seconds["scan"]
    writer.close()
    seconds["whole"] = time.process_time()  # with the start of the process
    return answer


def recognise(source):
    """``xlsx``, ``xls``, ``html`` or ``csv``; Refusal naming what it is instead."""
    head = source.read(HEAD)
    source.seek(0, os.SEEK_SET)
    if not head:
        raise Refusal("empty")
    if head.startswith(ZIP_STARTS):
        return "xlsx"
    if head.startswith(OLE):
        return "xls"
    if head.startswith(OLD_BIFF):
        raise Refusal("very_old")
    return _textual(head)


def _textual(head):
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", errors="ignore").encode()
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<?xml") or start[:5].lower() == b"<svg ":
        for mark, code, found in XML_KINDS:
            if mark in head:
                raise Refusal(code, found=found) if found else Refusal(code)
        if not WEB.search(head):
            raise Refusal("not_a_sheet", found="XML")
    if start.startswith((b"MIME-Version:", b"From:")) and b"multipart/related" in head:
        raise Refusal("web_archive")
    if start.startswith(b"<") and WEB.search(head):
        return "html"
    if any(byte < 9 or 13 < byte < 26 or 26 < byte < 32 for byte in head):
        raise Refusal("unknown")
    return "csv"
