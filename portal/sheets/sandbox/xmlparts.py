"""XML walked with expat: no document type, no endless text, no endless depth; nothing is kept."""

from xml.parsers import expat

from limits import Refusal

ELEMENTS = 3_000_000  # of a part that is neither a sheet nor its texts
SILENCE = 512 * 1024  # bytes in which at least one element has to begin


class Walker:
    """Base of what is done at each element.

    ``starts`` and ``ends``: name to function, called with the attributes or with nothing; quicker than
    ``start``, which is called for all other elements. ``text`` is called with every piece of text.
    """

    elements = 0
    text = None

    def __init__(self):
        self.starts = {}
        self.ends = {}

    def start(self, _name, _attributes):
        self.elements += 1
        if self.elements > ELEMENTS:
            raise Refusal("complex")


def local(name):
    """An element's name without its prefix."""
    return name.rpartition(":")[2]


def walk(chunks, walker, expected, rules):
    """Feed an XML part to ``walker``; its root must be one of ``expected``, if that is not None."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _doctype
    guard = _Guard(walker, expected, rules["depth"])
    parser.StartElementHandler = guard.start
    parser.EndElementHandler = guard.end
    if walker.text:
        parser.CharacterDataHandler = walker.text
    try:
        silent = 0
        for chunk in chunks:
            guard.seen = False
            parser.Parse(chunk, False)
            silent = 0 if guard.seen else silent + len(chunk)
            if silent > SILENCE:
                raise Refusal("cell_text", found=silent, limit=rules["cell_text"])
        parser.Parse(b"", True)
    except (expat.ExpatError, UnicodeError, LookupError, ValueError):
        raise Refusal("damaged") from None


def _doctype(*_declared):
    raise Refusal("doctype")


class _Guard:
    """Stands between expat and a walker: counts the depth, checks the root, names elements without prefix."""

    def __init__(self, walker, expected, depth):
        self._start = walker.start
        self._starts = walker.starts
        self._ends = walker.ends
        self._expected = expected
        self._depth = 0
        self._limit = depth
        self.seen = False  # an element, since this was last set

    def start(self, name, attributes):
        self.seen = True
        self._depth = depth = self._depth + 1
        if depth == 1:
            self._check_root(local(name))
        elif depth > self._limit:
            raise Refusal("complex")
        starting = self._starts.get(name) or self._starts.get(local(name))
        if starting:
            starting(attributes)
        else:
            self._start(local(name), attributes)

    def end(self, name):
        self._depth -= 1
        ending = self._ends.get(name)
        if ending:
            ending()
        elif ":" in name and local(name) in self._ends:
            self._ends[local(name)]()

    def _check_root(self, name):
        if self._expected is not None and name not in self._expected:
            raise Refusal("damaged")
