"""The quick look: accepted kinds pass, everything else gets its own helpful sentence."""

import io
import re
import time

import pytest
from django.utils import translation

from portal.files import kinds, refusals, sniff
from portal.files.refusals import Refused
from tests.files import makers

HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(400)
PLAIN_PDF = makers.pdf()


def refused(data, name):
    with pytest.raises(Refused) as caught:
        sniff.check(io.BytesIO(data), name)
    return caught.value


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (makers.jpeg(), "photo.jpg", "jpeg"),
        (makers.jpeg(), "照片 1.JPEG", "jpeg"),
        (makers.png(), "photo.PNG", "png"),
        (makers.webp(), "photo.webp", "webp"),
        (PLAIN_PDF, "证书.pdf", "pdf"),
        (PLAIN_PDF + b"\r\n\x00\x00", "proof.pdf", "pdf"),
    ],
)
def test_accepted_kinds_are_recognised_by_content_and_name(data, name, code):
    file = io.BytesIO(data)
    assert sniff.check(file, name).code == code
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "photo.jpg", "empty"),
        (b"\xff\xd8\xff" + bytes(kinds.MAX_BYTES - 2), "photo.jpg", "too_large"),
        (makers.png(), "photo.jpg", "extension"),
        (makers.jpeg(), "photo.pdf", "extension"),
        (makers.jpeg(), "photo", "no_extension"),
        (makers.jpeg(), "photo.jpg.exe", "extension"),
        (makers.encoded(makers.photo(), "TIFF"), "photo.jpg", "picture"),
        (makers.encoded(makers.photo(), "GIF"), "photo.jpg", "picture"),
        (makers.encoded(makers.photo(), "BMP"), "photo.bmp", "picture"),
        (HEIC, "IMG_0001.HEIC", "heic"),
        (HEIC, "IMG_0001.jpg", "heic"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "logo.svg", "svg"),
        (b'<?xml version="1.0"?>\n<!-- x -->\n<svg:svg xmlns:svg="u"/>', "logo.png", "svg"),
        ('<?xml version="1.0"?><svg/>'.encode("utf-16"), "logo.png", "svg"),
        (b"<!DOCTYPE html><html></html>", "page.jpg", "web_page"),
        (b"  <script>alert(1)</script>", "photo.jpg", "web_page"),
        (makers.zip_file("[Content_Types].xml", "word/document.xml"), "申报表.docx", "office"),
        (makers.zip_file("[Content_Types].xml", "xl/workbook.xml"), "a.xlsx", "office"),
        (makers.zip_file("OFD.xml", "Doc_0/Document.xml"), "通知.ofd", "office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "申报表.doc", "office"),
        (makers.zip_file("photo.jpg"), "photos.zip", "archive"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(60), "photos.rar", "archive"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(60), "film.mp4", "film"),
        (b"MZ" + bytes(60), "photo.jpg", "program"),
        ("工作室简介".encode(), "intro.txt", "text"),
        (bytes(range(256)) * 4, "photo.jpg", "unknown"),
        (b"junk" + PLAIN_PDF, "proof.pdf", "pdf_start"),
        (PLAIN_PDF[:-40], "proof.pdf", "pdf_end"),
        (PLAIN_PDF + b"<script>alert(1)</script>", "proof.pdf", "pdf_end"),
        (PLAIN_PDF + makers.zip_file("evil.txt"), "proof.pdf", "pdf_archive"),
    ],
)
def test_everything_else_is_refused_with_its_own_reason(data, name, code):
    problem = refused(data, name)
    assert problem.code == code
    assert "%" not in str(problem) and len(str(problem)) > 20


def test_a_file_of_exactly_the_greatest_size_is_not_too_large():
    data = PLAIN_PDF[: PLAIN_PDF.rfind(b"%%EOF")]
    data += b" " * (kinds.MAX_BYTES - len(data) - 6) + b"%%EOF\n"
    assert sniff.check(io.BytesIO(data), "proof.pdf").code == "pdf"


def test_an_archive_comment_that_swallows_the_end_of_the_pdf_is_found():
    ending = b"\n%%EOF\n"
    record = b"PK\x05\x06" + bytes(16) + len(ending).to_bytes(2, "little")
    assert refused(PLAIN_PDF + record + ending, "proof.pdf").code == "pdf_archive"


@pytest.mark.parametrize("side", [7000, 13000])
def test_a_flood_of_pixels_is_refused_from_the_header(side):
    data = makers.blank_png(side, side)
    assert len(data) < 100_000
    started = time.perf_counter()
    problem = refused(data, "photo.png")
    assert time.perf_counter() - started < 0.1
    assert problem.code == "too_many_pixels"
    assert (problem.values["width"], problem.values["limit"]) == (side, 40)


def test_the_width_and_height_of_every_kind_is_read_from_the_header():
    from portal.files.headers import pixel_size

    size = (641, 479)
    files = {
        "jpeg": [makers.jpeg(size=size), makers.encoded(makers.photo(size), progressive=True)],
        "png": [makers.png(size=size)],
        "webp": [
            makers.webp(size=size),
            makers.encoded(makers.photo(size), "WEBP", lossless=True),
            makers.encoded(makers.photo(size), "WEBP", exif=b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x00"),
        ],
    }
    for code, contents in files.items():
        for data in contents:
            assert pixel_size(io.BytesIO(data), kinds.KINDS[code]) == size


def test_a_header_cut_short_is_left_to_the_thorough_check():
    for kind, data in (("jpeg", makers.jpeg()[:9]), ("png", makers.png()[:18]), ("webp", makers.webp()[:20])):
        from portal.files.headers import pixel_size

        assert pixel_size(io.BytesIO(data), kinds.KINDS[kind]) is None


def test_sentences_are_complete_in_both_languages():
    values = {"extension": ".exe", "found": "Word", "expected": ".jpg", "limit": 40, "pages": 101}
    values |= {"width": 9, "height": 9, "megapixels": 41}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            for code in refusals.SENTENCES:
                text = refusals.sentence(code, values if code != "too_large" else {"size": 1, "limit": 2})
                assert text and not re.search(r"%\(|%s", text), code


def test_a_code_of_an_older_version_still_gives_a_sentence():
    with translation.override("en"):
        assert refusals.sentence("no_longer_known") == "The file could not be accepted."
    with pytest.raises(ValueError, match="Unknown refusal"):
        Refused("no_longer_known")


def test_the_list_for_the_file_chooser_names_every_accepted_ending():
    assert set(kinds.ACCEPT.split(",")) == {e for kind in kinds.KINDS.values() for e in kind.extensions}
    assert ".pdf" not in kinds.ACCEPT_PICTURES and ".webp" in kinds.ACCEPT_PICTURES
