"""Pictures and PDFs made in the test, good and hostile; no binary fixtures."""

import io
import struct
import zlib

import pikepdf
from PIL import Image, ImageDraw

ORIENTATION, GPS = 0x0112, 0x8825
MARK = b"NoteOfThePhotographer"


def photo(size=(640, 480), colour="teal"):
    """A picture with a white corner at the top left, to see which way up it is."""
    picture = Image.new("RGB", size, colour)
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 4, size[1] // 4), fill="white")
    return picture


def encoded(picture, kind="JPEG", **how):
    file = io.BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()


def jpeg(**kwargs):
    return encoded(photo(**kwargs))


def png(**kwargs):
    return encoded(photo(**kwargs), "PNG")


def webp(**kwargs):
    return encoded(photo(**kwargs), "WEBP")


def located_photo(kind="JPEG", orientation=6):
    """A photo lying on its side, with the place where it was taken and a comment."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010E] = MARK.decode()  # description
    exif[GPS] = {1: "N", 2: (43.0, 36.0, 55.0), 3: "E", 4: (122.0, 15.0, 0.0)}
    return encoded(photo(), kind, exif=exif)


def blank_png(width, height):
    """A valid one-bit PNG of any size, a few kilobytes long."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    squeeze = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    data = b"".join(squeeze.compress(row) for _ in range(height)) + squeeze.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def moving_webp():
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green", "blue")]
    return encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])


def pdf(pages=1, change=None, **saving):
    """A PDF of empty pages; ``change(pdf)`` may put something bad into it."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    if change:
        change(document)
    file = io.BytesIO()
    document.save(file, **saving)
    return file.getvalue()


def encrypted_pdf(user="secret"):
    return pdf(encryption=pikepdf.Encryption(owner="owner", user=user))


def pdf_with_root(**entries):
    """A PDF whose catalogue has more entries, given as Python values of pikepdf."""

    def change(document):
        for name, value in entries.items():
            document.Root[f"/{name}"] = document.make_indirect(value) if name != "OpenAction" else value

    return pdf(change=change)


def action(kind, **entries):
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), **entries)


def pdf_with_script():
    return pdf_with_root(Names=pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array())))


def pdf_with_attachment():
    def change(document):
        document.attachments["table.xlsx"] = b"PK\x03\x04 something"

    return pdf(change=change)


def pdf_with_annotation(**entries):
    def change(document):
        entry = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[0, 0, 9, 9], **entries)
        document.pages[0].Annots = pikepdf.Array([entry])

    return pdf(change=change)


def pdf_bomb(size):
    """A PDF whose first page lies in a stream that inflates to ``size`` bytes."""
    objects = b"2 0 3 48 " + b"<</Type/Pages/Count 1/Kids[3 0 R]>>".ljust(48) + b"<</Type/Page/Parent 2 0 R>>"
    squeeze = zlib.compressobj(1)
    bomb = squeeze.compress(objects)
    bomb += b"".join(squeeze.compress(b" " * (1 << 20)) for _ in range(size >> 20)) + squeeze.flush()
    body = b"%PDF-1.5\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    holder = len(body)
    body += b"4 0 obj\n<</Type/ObjStm/N 2/First 9/Filter/FlateDecode/Length %d>>\nstream\n" % len(bomb)
    body += bomb + b"\nendstream\nendobj\n"
    start = len(body)
    rows = [(0, 0, 0), (1, 9, 0), (2, 4, 0), (2, 4, 1), (1, holder, 0), (1, start, 0)]
    table = b"".join(struct.pack(">BIB", *row) for row in rows)
    body += b"5 0 obj\n<</Type/XRef/Size 6/W[1 4 1]/Root 1 0 R/Length %d>>\nstream\n" % len(table)
    return body + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start


def zip_file(*members):
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for member in members:
            archive.writestr(member, "content")
    return file.getvalue()
