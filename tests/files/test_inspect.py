"""The thorough look in the child process: good files come out clean, hostile ones end as one sentence."""

import json
import os
import subprocess
import sys
import time

import pikepdf
import pytest
from PIL import Image

from portal.files import inspect as inspecting
from portal.files.inspect import CheckerBroken, Limits, inspect
from portal.files.kinds import KINDS, MEGABYTE
from portal.files.refusals import Refused
from tests.files import makers


@pytest.fixture
def examine(tmp_path):
    """Put bytes into a file and inspect it."""

    def run(data, kind, **limits):
        path = tmp_path / f"original{KINDS[kind].suffix}"
        path.write_bytes(data)
        folder = tmp_path / "made"
        folder.mkdir(exist_ok=True)
        return inspect(path, kind, folder, limits=Limits(**limits))

    return run


def code_of(examine, data, kind, **limits):
    with pytest.raises(Refused) as caught:
        examine(data, kind, **limits)
    return caught.value.code


def opened(output):
    picture = Image.open(output.path)
    picture.load()
    return picture


@pytest.mark.parametrize(
    ("data", "kind", "made"),
    [(makers.jpeg(), "jpeg", "JPEG"), (makers.png(), "png", "PNG"), (makers.webp(), "webp", "WEBP")],
)
def test_a_good_picture_is_encoded_anew_in_its_own_kind_with_two_thumbnails(examine, data, kind, made):
    found = examine(data, kind)
    assert (found.width, found.height, found.pages) == (640, 480, None)
    assert set(found.outputs) == {"full", "thumb_1200", "thumb_320"}
    assert opened(found.outputs["full"]).format == made
    small = opened(found.outputs["thumb_320"])
    assert (small.format, small.size) == ("JPEG", (320, 240))
    assert json.loads(json.dumps(found.as_json()))["outputs"]["thumb_320"]["width"] == 320


def test_the_hash_is_that_of_what_was_uploaded(examine):
    import hashlib

    data = makers.jpeg()
    assert examine(data, "jpeg").sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "webp")])
def test_place_and_notes_are_stripped_and_the_picture_stands_upright(examine, kind, name):
    data = makers.located_photo(kind)
    assert makers.MARK in data
    found = examine(data, name)
    assert (found.width, found.height) == (480, 640)
    for output in found.outputs.values():
        assert makers.MARK not in output.path.read_bytes()
        assert not opened(output).getexif()
    upright = opened(found.outputs["full"]).convert("RGB")
    assert upright.getpixel((470, 10))[0] > 200  # the white corner has come to the top right
    assert upright.getpixel((10, 10))[0] < 60


def test_comments_and_colour_profiles_do_not_survive(examine):
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = makers.encoded(makers.photo(), comment=makers.MARK, icc_profile=profile)
    info = opened(examine(data, "jpeg").outputs["full"]).info
    assert not {"icc_profile", "comment", "exif"} & info.keys()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_way_of_storing_colours_is_understood(examine, mode):
    if mode == "CMYK":
        data, kind = makers.encoded(makers.photo().convert("CMYK")), "jpeg"
    else:
        grey = makers.photo().convert("L")
        data, kind = makers.encoded(grey.convert(mode), "PNG"), "png"
    found = examine(data, kind)
    assert opened(found.outputs["full"]).size == (640, 480)
    assert opened(found.outputs["thumb_320"]).mode in ("L", "RGB")


def test_what_was_transparent_becomes_white_in_the_thumbnails(examine):
    clear = Image.new("RGBA", (400, 400), (255, 0, 0, 0))
    found = examine(makers.encoded(clear, "PNG"), "png")
    assert opened(found.outputs["full"]).mode == "RGBA"
    assert min(opened(found.outputs["thumb_320"]).convert("RGB").getpixel((100, 100))) > 250


def test_a_large_photo_is_made_smaller(examine):
    found = examine(makers.jpeg(size=(4000, 3000)), "jpeg")
    assert (found.width, found.height) == (2560, 1920)
    assert opened(found.outputs["thumb_1200"]).size == (1200, 900)


@pytest.mark.parametrize("tail", [b"<html><script>alert(1)</script>", makers.zip_file("evil.txt")])
def test_whatever_hangs_on_a_picture_is_gone_afterwards(examine, tail):
    found = examine(makers.png() + tail, "png")
    assert tail not in found.outputs["full"].path.read_bytes()
    assert b"IEND" in found.outputs["full"].path.read_bytes()[-12:]


@pytest.mark.parametrize(
    ("data", "kind", "code"),
    [
        (makers.jpeg()[:-3000], "jpeg", "damaged_picture"),
        (makers.png()[:-600], "png", "damaged_picture"),
        (makers.webp()[:-400], "webp", "damaged_picture"),
        (b"\xff\xd8\xff\xe0" + os.urandom(5000), "jpeg", "damaged_picture"),
        (makers.encoded(makers.photo(), "TIFF"), "jpeg", "damaged_picture"),
        (makers.png(), "jpeg", "damaged_picture"),
        (makers.moving_webp(), "webp", "animated"),
        (makers.blank_png(13000, 13000), "png", "too_many_pixels"),
    ],
)
def test_bad_pictures_are_refused(examine, data, kind, code):
    assert code_of(examine, data, kind) == code


def test_the_child_itself_refuses_a_flood_of_pixels_before_decoding(examine, monkeypatch):
    monkeypatch.setattr(inspecting, "pixel_size", lambda file, kind: None)
    started = time.perf_counter()
    # 169 megapixels could not be decoded in so little memory
    assert code_of(examine, makers.blank_png(13000, 13000), "png", memory=128 * MEGABYTE) == "too_many_pixels"
    assert time.perf_counter() - started < 5


def test_the_largest_accepted_picture_fits_into_the_memory(examine):
    found = examine(makers.blank_png(8000, 5000), "png")
    assert (found.width, found.height) == (2560, 1600)


def test_a_child_that_needs_too_much_memory_ends_as_a_sentence(examine):
    assert code_of(examine, makers.blank_png(8000, 5000), "png", memory=64 * MEGABYTE) == "too_much_memory"


def test_a_child_that_needs_too_much_time_ends_as_a_sentence(examine):
    assert code_of(examine, makers.jpeg(), "jpeg", wall=0.01) == "too_slow"


@pytest.fixture
def other_child(monkeypatch, tmp_path):
    """Replace the checking program with a few lines of another one."""

    def replace(lines):
        folder = tmp_path / "child"
        folder.mkdir()
        (folder / "__main__.py").write_text("import os, sys, signal, time, resource\n" + lines)
        monkeypatch.setattr(inspecting, "SANDBOX", folder)

    return replace


READY = "print('ready', flush=True)\n"


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", "crashed"),
        ("os.kill(os.getpid(), signal.SIGKILL)", "too_slow"),
        ("resource.setrlimit(resource.RLIMIT_CPU, (1, 2))\nwhile True: pass", "too_slow"),
        ("raise MemoryError", "too_much_memory"),
        ("print('not json')", "crashed"),
        ('print(\'{"ok": false, "code": "<b>made up</b>", "values": {}}\')', "crashed"),
    ],
)
def test_a_child_that_dies_ends_as_a_sentence(examine, other_child, lines, code):
    other_child(READY + lines)
    problem = code_of(examine, makers.jpeg(), "jpeg")
    assert problem == code


def test_a_child_that_cannot_start_is_not_the_fault_of_the_file(examine, other_child):
    other_child("import no_such_module_anywhere")
    with pytest.raises(CheckerBroken, match="no_such_module_anywhere"):
        examine(makers.jpeg(), "jpeg")


def test_the_child_can_open_nothing_and_write_little(examine, other_child):
    limits = inspecting.SANDBOX / "limits.py"
    other_child(
        f"import json\nsys.path.insert(0, {str(limits.parent)!r})\nimport limits\n"
        "request = json.loads(sys.stdin.readline())\nlimits.apply(request['limits'])\n"
        + READY
        + "tried = []\n"
        "for act in (lambda: open('/etc/passwd'), lambda: os.pipe(), lambda: os.listdir('/'),\n"
        "            lambda: os.write(request['outputs']['full'], bytes(2_000_000)) < 2_000_000 and 1 / 0):\n"
        "    try: act(); tried.append('allowed')\n"
        "    except (OSError, ZeroDivisionError): tried.append('refused')\n"
        "code = 'animated' if set(tried) == {'refused'} else 'crashed'\n"
        "print(json.dumps({'ok': False, 'code': code, 'values': {}}))"
    )
    assert code_of(examine, makers.jpeg(), "jpeg", output=MEGABYTE) == "animated"


def test_the_child_runs_without_the_settings_of_the_portal():
    """It is given no environment: no database address, no secret key."""
    done = subprocess.run(
        [sys.executable, "-I", str(inspecting.SANDBOX)],
        input=b"{}\n",
        capture_output=True,
        env={},
        check=False,
    )
    assert b"KeyError: 'limits'" in done.stderr  # so the imports succeeded


# -- PDF ---------------------------------------------------------------------------------------


def test_a_good_pdf_is_left_as_it_is_and_its_pages_are_counted(examine):
    found = examine(makers.pdf(pages=3), "pdf")
    assert (found.pages, found.outputs, found.width) == (3, {}, None)


GO_TO = makers.action("GoTo", D=pikepdf.Array([0, pikepdf.Name.Fit]))
LINK = {"Subtype": pikepdf.Name.Link, "A": makers.action("URI", URI=pikepdf.String("https://example.cn/"))}


@pytest.mark.parametrize(
    "data",
    [
        makers.pdf(pages=100),
        makers.pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate),
        makers.pdf(linearize=True),
        makers.pdf_with_root(OpenAction=GO_TO),
        makers.pdf_with_root(OpenAction=pikepdf.Array([0, pikepdf.Name.Fit])),
        makers.pdf_with_annotation(**LINK),
    ],
)
def test_harmless_pdfs_are_accepted(examine, data):
    assert examine(data, "pdf").pages >= 1


SCRIPT = makers.action("JavaScript", JS=pikepdf.String("app.alert(1)"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (makers.pdf(pages=101), "pdf_pages"),
        (makers.pdf(pages=0), "pdf_no_pages"),
        (makers.encrypted_pdf(), "pdf_encrypted"),
        (makers.encrypted_pdf(user=""), "pdf_encrypted"),
        (makers.pdf_with_script(), "pdf_script"),
        (makers.pdf_with_root(OpenAction=SCRIPT), "pdf_action"),
        (makers.pdf_with_root(OpenAction=makers.action("Launch", F=pikepdf.String("cmd.exe"))), "pdf_action"),
        (makers.pdf_with_root(AA=pikepdf.Dictionary(WC=GO_TO)), "pdf_action"),
        (makers.pdf_with_root(AcroForm=pikepdf.Dictionary(XFA=pikepdf.String("<xdp/>"))), "pdf_form"),
        (makers.pdf_with_attachment(), "pdf_attachment"),
        (makers.pdf_with_annotation(Subtype=pikepdf.Name.Link, A=SCRIPT), "pdf_script"),
        (makers.pdf_with_annotation(Subtype=pikepdf.Name.Link, A=makers.action("Launch")), "pdf_action"),
        (makers.pdf_with_annotation(Subtype=pikepdf.Name.FileAttachment), "pdf_attachment"),
        (makers.pdf_with_annotation(Subtype=pikepdf.Name.RichMedia), "pdf_media"),
        (b"%PDF-1.7\n" + os.urandom(3000) + b"\n%%EOF\n", "damaged_pdf"),
        (makers.pdf(pages=40)[:90] + b"\n%%EOF\n", "damaged_pdf"),
    ],
)
def test_bad_pdfs_are_refused(examine, data, code):
    assert code_of(examine, data, "pdf") == code


def test_a_script_hidden_in_a_compressed_object_is_found(examine):
    data = makers.pdf(
        change=lambda document: document.pages[0].__setitem__("/Hidden", document.make_indirect(SCRIPT)),
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    assert b"JavaScript" not in data
    assert code_of(examine, data, "pdf") == "pdf_script"


def test_a_pdf_that_inflates_without_end_is_stopped(examine):
    data = makers.pdf_bomb(200 * MEGABYTE)
    assert len(data) < MEGABYTE
    assert code_of(examine, data, "pdf", memory=128 * MEGABYTE) in ("too_much_memory", "damaged_pdf")


def test_a_pdf_of_too_many_parts_is_refused(examine, monkeypatch):
    monkeypatch.setitem(inspecting.RULES, "steps", 70)
    data = makers.pdf_with_root(Parts=pikepdf.Array([pikepdf.Dictionary() for _ in range(100)]))
    assert code_of(examine, data, "pdf") == "pdf_complex"
    assert examine(makers.pdf(), "pdf").pages == 1
