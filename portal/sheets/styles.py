"""The looks of our workbooks: a fixed table of cell styles and its part of the file (ECMA-376, 18.8)."""

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PROLOG = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FONT = "宋体"

GENERAL, WHOLE, TWO_PLACES, AS_TEXT, DAY = 0, 1, 4, 49, 164  # 0–163 are built in
DAY_FORMAT = "yyyy\\-mm\\-dd"

FONTS = {"body": (10, False), "bold": (10, True), "title": (16, True), "small": (9, False)}  # points, bold
FILLS = {"none": "", "head": "FFD9E2EC", "total": "FFF2F2F2"}
NO_BORDER = "<border><left/><right/><top/><bottom/><diagonal/></border>"
RESERVED_FILLS = ("none", "gray125")  # the first two are the same in every workbook


@dataclass(frozen=True, slots=True)
class Style:
    """One look. ``align`` is left, center or right; empty lets the program choose by the cell's type."""

    format: int = GENERAL
    font: str = "body"
    fill: str = "none"
    border: bool = True
    align: str = ""
    wrap: bool = False
    indent: int = 0


_HEAD = {"font": "bold", "fill": "head", "align": "center", "wrap": True}
_TOTAL = {"font": "bold", "fill": "total"}
STYLES = {
    "plain": Style(border=False),
    "title": Style(font="title", border=False, align="center", wrap=True),
    "line_left": Style(border=False, align="left"),
    "line_center": Style(border=False, align="center"),
    "line_right": Style(border=False, align="right"),
    "head": Style(**_HEAD),
    "text": Style(AS_TEXT, align="left", wrap=True),
    "centred": Style(AS_TEXT, align="center", wrap=True),
    "integer": Style(WHOLE, align="center"),
    "decimal": Style(TWO_PLACES, align="right", indent=1),
    "date": Style(DAY, align="center"),
    "total_text": Style(AS_TEXT, align="center", **_TOTAL),
    "total_integer": Style(WHOLE, align="center", **_TOTAL),
    "total_decimal": Style(TWO_PLACES, align="right", indent=1, **_TOTAL),
    "note": Style(AS_TEXT, font="small", border=False, align="left", wrap=True),
}
NUMBERS = {name: number for number, name in enumerate(STYLES)}  # what a cell's ``s`` attribute says


def styles_part():
    """The text of ``xl/styles.xml``."""
    return (
        f'{PROLOG}<styleSheet xmlns="{MAIN}">'
        f'<numFmts count="1"><numFmt numFmtId="{DAY}" formatCode={quoteattr(DAY_FORMAT)}/></numFmts>'
        f"{_listed('fonts', [_font(*look) for look in FONTS.values()])}"
        f"{_listed('fills', _fills())}{_listed('borders', [NO_BORDER, _thin_border()])}"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f"{_listed('cellXfs', [_xf(style) for style in STYLES.values()])}"
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _listed(tag, items):
    return f'<{tag} count="{len(items)}">{"".join(items)}</{tag}>'


def _font(points, bold):
    weight = "<b/>" if bold else ""
    return (
        f'<font>{weight}<sz val="{points}"/><name val="{FONT}"/><family val="3"/><charset val="134"/></font>'
    )


def _fills():
    reserved = [f'<fill><patternFill patternType="{name}"/></fill>' for name in RESERVED_FILLS]
    colours = [colour for colour in FILLS.values() if colour]
    return reserved + [
        f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/></patternFill></fill>'
        for colour in colours
    ]


def _thin_border():
    sides = "".join(
        f'<{side} style="thin"><color rgb="FF808080"/></{side}>'
        for side in ("left", "right", "top", "bottom")
    )
    return f"<border>{sides}<diagonal/></border>"


def _xf(style):
    font = list(FONTS).index(style.font)
    fill = list(FILLS).index(style.fill)
    fill += len(RESERVED_FILLS) - 1 if fill else 0
    across = f' horizontal="{style.align}"' if style.align else ""
    wrap = ' wrapText="1"' if style.wrap else ""
    wrap += f' indent="{style.indent}"' if style.indent else ""
    return (
        f'<xf numFmtId="{style.format}" fontId="{font}" fillId="{fill}" borderId="{int(style.border)}"'
        ' xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
        f'<alignment{across} vertical="center"{wrap}/></xf>'
    )
