"""The fast way from PostgreSQL into a sheet: text of ``COPY (…) TO STDOUT (NULL '')`` into rows of cells.

A row is cut at its tabs and put into the gaps of a row made ready, all in bytes. Only what needs care is
looked at closer: one look at each block finds out whether anything in it does.
"""

from itertools import repeat
from operator import itemgetter

from portal.sheets.encoding import MOST_CHARACTERS, DayCells, has_edges, text_body
from portal.sheets.plans import height_of, letters
from portal.sheets.styles import NUMBERS

# Characters that mean something to XML or to COPY, and those that XML cannot carry; \t and \n cut the data.
DELICATE = bytes(set(range(0x20)) - {0x09, 0x0A} | set(b"&<>\\"))
EDGES = (b"\t ", b" \t", b"\n ", b" \n")
PROTECT = b"\x00"  # stands before a text whose edges are spaces; PostgreSQL has no such character
NOTHING = (  # what an empty text or number makes of the ready row, and what it should be
    (b' t="inlineStr"><is><t></t></is></c>', b"/>"),
    (b"><v></v></c>", b"/>"),
)
ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}  # others stand for themselves
NO_NUMBERS = (b"NaN", b"Infinity")


class Feed:
    """Rows of a sheet, which has ``plan``, from blocks of COPY text."""

    def __init__(self, plan):
        kinds = [column.kind for column in plan.columns]
        self._width = len(kinds)
        self._texts, self._rooms = plan.texts, plan.rooms
        self._pick = itemgetter(*self._texts, -1, -1)  # a tuple also where there is one text, or none
        self._numbers = [i for i, kind in enumerate(kinds) if kind in ("integer", "decimal")]
        self._days = [i for i, kind in enumerate(kinds) if kind == "date"]
        self._day_cells = DayCells()
        self._ready = self._row(kinds)

    @staticmethod
    def _row(kinds):
        """The pieces of a row: fixed, row number, fixed, row number or value, … in turns.

        Gap 1 is the row's own number; from gap 3 on row number and value alternate.
        """
        pieces, closing = [b'<row r="', b"", b'">'], b""
        for position, kind in enumerate(kinds):
            opening, ending = {
                "text": (b' t="inlineStr"><is><t>', b"</t></is></c>"),
                "integer": (b"><v>", b"</v></c>"),
                "date": (b"", b""),
            }[{"centred": "text", "decimal": "integer"}.get(kind, kind)]
            pieces[-1] += closing + f'<c r="{letters(position)}'.encode()
            pieces += [b"", f'" s="{NUMBERS[kind]}"'.encode() + opening, b"", b""]
            closing = ending
        pieces[-1] += closing + b"</row>"
        return pieces

    def rows(self, block, first):
        """(XML of the rows, their number) of a block of whole lines; ``first`` is the first row's number.

        Raises ValueError for a line with another number of columns, and for what no cell can hold.
        """
        delicate = self._is_delicate(b"\t" + block + b"\t")
        lines = block.split(b"\n")
        if not lines[-1]:
            lines.pop()
        pieces, width, rooms = self._ready[:], self._width, self._rooms
        days, day_cells = self._days, self._day_cells
        out = []
        for number, line in enumerate(lines, start=first):
            values = line.split(b"\t")
            if len(values) != width:
                raise ValueError(f"A row has {len(values)} values for {width} columns.")
            careful = delicate and self._is_delicate(b"\t" + line + b"\t")
            if careful or len(line) > MOST_CHARACTERS:
                self._mend(values)
            texts = self._pick(values)[:-2]
            high = height_of(texts, rooms, broken=careful)
            if careful:
                self._protect(values)
            for i in days:
                values[i] = day_cells[values[i]]
            at = b"%d" % number
            pieces[1] = b'%d" ht="%d' % (number, high) if high else at
            pieces[3::4] = repeat(at, width)
            pieces[5::4] = values
            row = b"".join(pieces)
            out.append(row.replace(b"<t>" + PROTECT, b'<t xml:space="preserve">') if careful else row)
        xml = b"".join(out)
        for empty, cell in NOTHING:
            xml = xml.replace(empty, cell)
        return xml, len(lines)

    @staticmethod
    def _is_delicate(block):
        return (
            len(block.translate(None, DELICATE)) != len(block)
            or b"_x" in block
            or b"\xef\xbf" in block  # U+FFFE and U+FFFF, and some harmless ones
            or any(text in block for text in NO_NUMBERS)
            or (b" " in block and any(edge in block for edge in EDGES))
        )

    def _mend(self, values):
        """Unescape what COPY escaped and escape for XML, in place."""
        for i in self._texts:
            values[i] = text_body(unescaped(values[i].decode())).encode()
        for i in self._numbers:
            if values[i].strip(b"-") in NO_NUMBERS:
                raise ValueError(f"{values[i].decode()} is no number for a cell.")

    def _protect(self, values):
        """Mark the texts whose edges are spaces, in place."""
        for i in self._texts:
            if has_edges(values[i].decode()):
                values[i] = PROTECT + values[i]


def unescaped(text):
    """The value that COPY wrote with backslashes; PostgreSQL never writes octal or hexadecimal ones."""
    if "\\" not in text:
        return text
    head, *rest = text.split("\\")
    out, literal = [head], False
    for piece in rest:
        if literal:  # the backslash before this piece was itself escaped
            out.append(piece)
            literal = False
        elif piece:
            out.append(ESCAPED.get(piece[0], piece[0]) + piece[1:])
        else:
            out.append("\\")
            literal = True
    return "".join(out)
