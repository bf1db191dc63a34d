"""The small parts of a workbook: which sheets there are, where they lie, what points elsewhere, styles."""

import formats
from limits import Refusal
from tables import Sheet
from xmlparts import Walker, local

MACRO_TYPES = ("macroenabled", "vbaproject", "macrosheet", "dialogsheet")
TARGET_CODES = {
    # by the last word of a relationship's type, in small letters
    "vbaproject": "macros",
    "xlmacrosheet": "macros",
    "xlintlmacrosheet": "macros",
    "dialogsheet": "macros",
    "externallink": "external_link",
    "externallinkpath": "external_link",
    "connections": "connection",
    "querytable": "connection",
    "oleobject": "embedded",
    "package": "embedded",
    "activexcontrolbinary": "active",
    "control": "active",
    "extensibility": "active",
    "customui": "active",
}


class Types(Walker):
    """[Content_Types].xml: a macro workbook may hide its program under any name."""

    def start(self, name, attributes):
        super().start(name, attributes)
        kind = attributes.get("ContentType", "").lower()
        if any(word in kind for word in MACRO_TYPES):
            raise Refusal("macros")


class Links(Walker):
    """A relationships part; ``targets`` by their id. Outside the file only a hyperlink may lead."""

    def __init__(self):
        super().__init__()
        self.targets = {}

    def start(self, name, attributes):
        super().start(name, attributes)
        if name != "Relationship":
            return
        kind = attributes.get("Type", "").lower().rpartition("/")[2]
        if kind in TARGET_CODES:
            raise Refusal(TARGET_CODES[kind])
        if attributes.get("TargetMode", "").lower() == "external" and kind != "hyperlink":
            raise Refusal("external_link")
        self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


class Workbook(Walker):
    """xl/workbook.xml: names and states of the sheets in their order, and the date system."""

    def __init__(self):
        super().__init__()
        self.date1904 = False
        self._listed = []

    def start(self, name, attributes):
        super().start(name, attributes)
        if name == "workbookPr":
            self.date1904 = attributes.get("date1904", "0") in ("1", "true", "on")
        elif name == "sheet":
            link = next((value for key, value in attributes.items() if local(key) == "id"), "")
            self._listed.append((attributes.get("name", ""), link, attributes.get("state", "visible")))

    def sheets(self, links, roles, rules):
        """Part name to Sheet, for the sheets with cells; ``roles`` are those of all parts by name."""
        if len(self._listed) > rules["sheets"]:
            raise Refusal("sheets", found=len(self._listed), limit=rules["sheets"])
        found, names = {}, set()
        for place, (name, link, state) in enumerate(self._listed):
            part = _part_name(links.targets.get(link, ""))
            role = roles.get(part)
            if role not in ("worksheet", "chartsheet") or name in names or part in found:
                raise Refusal("damaged")
            names.add(name)
            if role == "worksheet":
                found[part] = Sheet(name, state == "visible", place)
        if not found:
            raise Refusal("no_sheet")
        return found


class Styles(Walker):
    """xl/styles.xml, of which only the number formats matter.

    ``notable``: {number of a style, as cells have it: a kind of ``formats.shown``}, of those that have one.
    """

    def __init__(self):
        super().__init__()
        self.notable = {}
        self._styles = formats.Styles()
        self._inside = ""
        self.ends = dict.fromkeys(("numFmts", "cellXfs", "cellStyleXfs", "dxfs"), self._leave)
        self.ends["styleSheet"] = self._resolve

    def start(self, name, attributes):
        super().start(name, attributes)
        if name in self.ends:
            self._inside = name
        elif name == "xf" and self._inside == "cellXfs":
            self._styles.use(_number(attributes.get("numFmtId")))
        elif name == "numFmt" and self._inside == "numFmts":
            self._styles.define(_number(attributes.get("numFmtId")), attributes.get("formatCode", ""))

    def _leave(self):
        self._inside = ""

    def _resolve(self):
        self.notable.update((str(style), kind) for style, kind in self._styles.notable().items())


def _number(text):
    """A number as an attribute has it; -1 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1


def _part_name(target):
    """The part that a target of the workbook means, in small letters."""
    target = target.lower()
    if target.startswith("/"):
        return target[1:]
    return target if target.startswith("xl/") else f"xl/{target}"


def unlisted(name):
    """A worksheet part that the workbook does not list: never shown, yet held to the same limits."""
    return Sheet(name, visible=False)
