"""Pictures: decoded within limits, turned upright, stripped of everything but the pixels, encoded anew."""

import io
import os
import warnings

from limits import Refusal
from PIL import Image, ImageCms, ImageFile

# Loaded now: no file can be opened any more once the limits stand.
from PIL import JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401  # isort: skip

FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
SAVING = {
    "jpeg": {"format": "JPEG", "quality": 85, "optimize": True, "progressive": True},
    "png": {"format": "PNG", "compress_level": 6},
    "webp": {"format": "WEBP", "quality": 85, "method": 3},
}
THUMBNAIL = {"format": "JPEG", "quality": 80, "optimize": True, "progressive": True}
ORIENTATION = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SRGB = ImageCms.createProfile("sRGB")

Image.preinit()  # else on the first use
ImageFile.LOAD_TRUNCATED_IMAGES = False
warnings.simplefilter("error", Image.DecompressionBombWarning)


def remake(source, kind, outputs, rules):
    """Write the clean picture and its thumbnails to the descriptors in ``outputs`` (name to number)."""
    try:
        picture = _read(source, kind, rules)
        sizes = {"full": picture.size}
        _write(picture, outputs["full"], SAVING[kind])
        for name, side in rules["thumbnails"].items():  # largest first: each is made from the one before
            picture = _flat(picture)
            picture.thumbnail((side, side), Image.Resampling.LANCZOS)
            sizes[name] = picture.size
            _write(picture, outputs[name], THUMBNAIL)
        fingerprint = _fingerprint(picture)
    except (Refusal, MemoryError):
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refusal("too_much_memory") from None
    except Exception:  # whatever a decoder makes of hostile bytes
        raise Refusal("damaged_picture") from None
    return {"ok": True, "sizes": sizes, "fingerprint": fingerprint}


def _read(source, kind, rules):
    """The upright picture in mode L, RGB or RGBA, no larger than asked, with no metadata."""
    Image.MAX_IMAGE_PIXELS = None  # the size is looked at here, so that the refusal can name it
    picture = Image.open(source, formats=[FORMATS[kind]])
    width, height = picture.size
    if width * height > rules["pixels"]:
        raise Refusal("too_many_pixels", width=width, height=height)
    Image.MAX_IMAGE_PIXELS = rules["pixels"]
    if kind != "jpeg" and getattr(picture, "is_animated", False):
        raise Refusal("animated")
    profile = picture.info.get("icc_profile")
    turn = _turn(picture)
    if picture.mode not in ("L", "RGB", "RGBA", "CMYK") or "transparency" in picture.info:
        picture = _simple(picture)
    side = rules["long_side"]
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    picture.load()
    picture = _common_colours(picture, profile)
    if turn is not None:
        picture = picture.transpose(turn)
    if kind == "jpeg":
        picture = _flat(picture)
    picture.info = {}  # encoders copy profiles and comments from here
    return picture


def _turn(picture):
    try:
        return UPRIGHT.get(picture.getexif().get(ORIENTATION))
    except MemoryError:
        raise
    except Exception:  # broken EXIF does not spoil a good picture
        return None


def _simple(picture):
    if picture.mode.startswith("I") or picture.mode == "F":  # 16 bits of grey
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if "transparency" in picture.info or picture.mode in ("LA", "La", "PA", "RGBa"):
        return picture.convert("RGBA")
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _common_colours(picture, profile):
    """Convert a wide colour space to sRGB, for the profile itself is not kept."""
    if profile and picture.mode in ("RGB", "CMYK"):
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            picture = ImageCms.profileToProfile(picture, own, SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # an unusable profile: the plain numbers are the best guess
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


def _flat(picture):
    """Without transparency, on white."""
    if picture.mode != "RGBA":
        return picture
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _fingerprint(picture):
    """64 bits: in 8 rows of 9 grey dots, whether each is lighter than the next."""
    dots = _flat(picture).convert("L").resize((9, 8), Image.Resampling.LANCZOS).tobytes()
    bits = 0
    for row in range(8):
        for left, right in zip(dots[row * 9 : row * 9 + 8], dots[row * 9 + 1 : row * 9 + 9], strict=True):
            bits = bits << 1 | (left > right)
    return bits


def _write(picture, descriptor, how):
    encoded = io.BytesIO()
    picture.save(encoded, **how)
    with os.fdopen(descriptor, "wb") as file:
        file.write(encoded.getbuffer())
