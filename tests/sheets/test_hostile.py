"""Whatever is made to hurt ends as one sentence, with a code of its own, before a library sees it."""

import io
import zipfile

import openpyxl
import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.files.inspect import CheckerBroken
from portal.sheets import child
from portal.sheets.reading import Book, read, read_measured
from portal.sheets.refusals import SENTENCES, Refused, sentence
from portal.sheets.rules import READING, REMARKING, RULES, Limits
from tests.sheets import makers
from tests.sheets.hostile import HOSTILE


@pytest.fixture
def refusal(tmp_path):
    """Put bytes into a file, have it read, and return the refusal."""

    def run(data, name="名册.xlsx", **kwargs):
        path = tmp_path / "upload"
        path.write_bytes(data)
        with pytest.raises(Refused) as caught:
            read(path, name, **kwargs)
        return caught.value

    return run


@pytest.mark.parametrize(
    ("make", "code"), HOSTILE.items(), ids=lambda value: getattr(value, "__name__", value)
)
def test_each_hostile_file_is_refused_by_its_own_code(refusal, make, code):
    refused = refusal(make())
    assert refused.code == code
    for language in ("en", "zh-hans"):
        with override(language):
            assert "%(" not in str(refused)


def test_the_sentence_says_what_was_found_and_what_is_allowed_in_the_readers_language(refusal):
    data = makers.workbook(makers.worksheet('<row r="60001"><c r="A60001"><v>1</v></c></row>'))
    refused = refusal(data)
    assert refused.values == {"sheet": "One", "found": 60_001, "limit": 60_000}
    with override("en"):
        assert str(refused).startswith("Sheet “One”: The table reaches to row 60001; at most 60000 rows")
    with override("zh-hans"):
        assert "60001" in str(refused)
        assert "One" in str(refused)
        assert "The table" not in str(refused)


@pytest.mark.parametrize(
    ("start", "found"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"GIF89a", "picture"),
        (b"Rar!\x1a\x07", "archive"),
        (b"{\\rtf1", "RTF"),
        (b"<?xml version='1.0'?><feed/>", "XML"),
        (b"<?xml version='1.0'?><svg/>", "SVG"),
        (makers.packed({"notes.txt": "x"}), "ZIP"),
        (makers.packed({"[Content_Types].xml": "x", "word/document.xml": "x"}), "Word"),
    ],
)
def test_other_kinds_are_called_by_their_name(refusal, start, found):
    refused = refusal(start)
    assert (refused.code, refused.values) == ("not_a_sheet", {"found": found})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (makers.packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "open_document"),
        (makers.packed({"xl/workbook.bin": "x"}), "binary_workbook"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "xml_2003"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "web_archive"),
        (b"\x09\x02\x06\x00\x00\x00\x10\x00", "very_old"),
        (b"<html><body>Not found</body></html>", "no_table"),
        (b"\xff\xfe\xff\x00" * 3 + b"\x00", "encoding"),
        ("工作室,北海道".encode("big5") * 50, "encoding"),
        (b"na\xefve,caf\xe9\n", "encoding"),
    ],
)
def test_what_could_be_saved_otherwise_is_told_how(refusal, data, code):
    assert refusal(data).code == code


def test_a_file_that_is_too_large_is_not_even_handed_to_the_child(tmp_path, monkeypatch):
    monkeypatch.setattr("portal.sheets.reading.ask", None)
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.truncate(RULES["bytes"] + 1)
    with pytest.raises(Refused) as caught:
        read(path, "x.xlsx")
    assert caught.value.code == "file_size"


def test_a_child_that_does_not_end_is_ended(refusal):
    assert refusal(makers.workbook(), limits=Limits(wall=0.01)).code == "too_slow"


def test_a_child_that_cannot_start_says_nothing_about_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(child, "SANDBOX", tmp_path / "nowhere")
    path = tmp_path / "good.xlsx"
    path.write_bytes(makers.workbook())
    with pytest.raises(CheckerBroken):
        read(path, path.name)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "nonsense",
        "[]",
        '{"ok": 1}',
        '{"ok": false, "code": "made_up", "values": {}}',
        '{"ok": false, "code": "rows", "values": {}}',
        '{"ok": true}',
        '{"ok": true, "kind": "exe", "encoding": ""}',
        "[" * 100_000,
    ],
)
def test_a_child_taken_over_by_the_file_is_not_believed(refusal, tmp_path, monkeypatch, said):
    folder = tmp_path / "taken"
    folder.mkdir()
    (folder / "__main__.py").write_text(f"print('ready')\nprint({said!r})")
    monkeypatch.setattr(child, "SANDBOX", folder)
    assert refusal(makers.workbook()).code == "crashed"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "null",
        '{"name": "x"}',
        '{"name": "x", "merges": [], "hidden": [], "formulas": [1], "visible": true}\nnull',
        '{"name": "x", "merges": [], "hidden": [[]], "formulas": [], "visible": true}\nnull',
        '{"name": "x", "merges": [], "hidden": [], "formulas": [], "visible": true}\n[[{"d": "x"}]]\nnull',
        '{"name": "x", "merges": [], "hidden": [], "formulas": [], "visible": true}\n[["x"]]',
    ],
)
def test_cells_that_do_not_fit_the_form_are_not_believed(refusal, tmp_path, monkeypatch, written):
    folder = tmp_path / "taken"
    folder.mkdir()
    answer = '{"ok": true, "kind": "xlsx", "encoding": "", "date1904": false}'
    (folder / "__main__.py").write_text(
        "import json, os\nrequest = json.loads(input())\n"
        f"os.write(request['output'], {written!r}.encode())\nprint('ready')\nprint({answer!r})"
    )
    monkeypatch.setattr(child, "SANDBOX", folder)
    if written:
        assert refusal(makers.workbook()).code == "crashed"
    else:
        path = tmp_path / "upload"
        path.write_bytes(makers.workbook())
        assert read(path, "x").sheets == []


def test_a_reading_can_be_measured_whether_it_was_refused_or_not(tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(makers.workbook())
    good = read_measured(path, "x.xlsx")
    assert isinstance(good.outcome, Book)
    assert set(good.steps) >= {"scan", "values", "parse"}
    path.write_bytes(makers.workbook("no xml"))
    bad = read_measured(path, "x.xlsx")
    assert bad.outcome.code == "damaged"
    for measured in (good, bad):
        assert 5_000_000 < measured.peak < READING.memory
        assert measured.wall > 0


def test_a_sentence_of_an_older_version_can_still_be_shown():
    assert sentence("no_longer_known", {"x": 1})
    with pytest.raises(ValueError, match="Unknown refusal"):
        Refused("no_longer_known")


def test_every_sentence_is_used():
    from pathlib import Path

    from portal.files import child as shared

    code = "".join(path.read_text() for path in Path(child.__file__).parent.rglob("*.py"))
    code += Path(shared.__file__).read_text()
    assert [name for name in SENTENCES if code.count(f'"{name}"') < 2] == []


def _valid():
    workbook = openpyxl.Workbook()
    for row in range(1, 40):
        workbook.active.append([row, f"工作室{row}", row / 7, None, "=1+1"])
    workbook.active.merge_cells("A1:B2")
    file = io.BytesIO()
    workbook.save(file)
    entries = zipfile.ZipFile(file)
    stored = makers.packed({name: entries.read(name) for name in entries.namelist()}, zipfile.ZIP_STORED)
    return file.getvalue(), stored


DEFLATED, STORED = _valid()
OLD = makers.old(b"".join(makers.label(row, 1, f"室{row}") + makers.number(row, 2, row) for row in range(50)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.sampled_from([DEFLATED, STORED, OLD]),
    changes=st.lists(
        st.tuples(st.integers(0, 20_000), st.binary(min_size=1, max_size=4)), min_size=1, max_size=6
    ),
    cut=st.integers(0, 60),
)
def test_a_spoilt_workbook_is_read_or_refused(tmp_path, data, changes, cut):
    spoilt = bytearray(data[: len(data) - cut])
    for place, new in changes:
        place %= len(spoilt)
        spoilt[place : place + len(new)] = new
    path = tmp_path / "spoilt"
    path.write_bytes(spoilt)
    outcome = read_measured(path, "x.xlsx", limits=REMARKING).outcome
    assert isinstance(outcome, (Book, Refused))
    if isinstance(outcome, Refused):
        assert outcome.code not in ("too_slow", "too_much_memory")
        assert str(outcome)
