"""Chinese words in drawn pictures, from a sheet of letters: no font need be installed."""

from functools import cache
from pathlib import Path

from PIL import Image

SHEET = Path(__file__).with_name("lettering.png")
LETTERS = (
    "演示职工创新作室劳模匠女组织机构成员责目标任务果展技术资料器材具电脑网络实验仪团队学习活动开计划发布奖励激内部管理制度"
    "荣誉证书获专利命文件名单经费凭效益明台账年月日编号通辽市总会现场照片大师手艺联合"
)
SIDE, COLUMNS = 44, 20  # pixels of a letter on the sheet; letters in a row


@cache
def _sheet():
    return Image.open(SHEET).convert("L")


@cache
def stamp(text, size):
    """The word as a mask, ``size`` pixels high. Raises ValueError for a letter that is not on the sheet."""
    mask = Image.new("L", (size * len(text), size))
    for place, letter in enumerate(text):
        row, column = divmod(LETTERS.index(letter), COLUMNS)
        box = (column * SIDE, row * SIDE, (column + 1) * SIDE, (row + 1) * SIDE)
        mask.paste(_sheet().crop(box).resize((size, size), Image.Resampling.BILINEAR), (place * size, 0))
    return mask


def write(picture, centre, text, size, colour):
    """Write ``text`` around the point ``centre``."""
    mask = stamp(text, size)
    corner = (round(centre[0] - mask.width / 2), round(centre[1] - mask.height / 2))
    picture.paste(colour, (*corner, corner[0] + mask.width, corner[1] + mask.height), mask)


def watermark(picture):
    """Across the picture, faintly: this is a demonstration."""
    mask = stamp("演示", 150).rotate(24, expand=True)
    faint = mask.point(lambda value: value * 44 // 255)
    for x in (picture.width // 4, picture.width * 3 // 4):
        corner = (x - mask.width // 2, picture.height // 2 - mask.height // 2)
        picture.paste("white", (*corner, corner[0] + mask.width, corner[1] + mask.height), faint)
    write(picture, (picture.width - 60, picture.height - 30), "演示", 36, "#c8102e")
