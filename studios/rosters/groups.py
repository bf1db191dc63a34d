"""Groups of rows that their headings open, and the numbers that headings and totals state."""

from dataclasses import dataclass


@dataclass(slots=True)
class Open:
    """An open group: ``kind`` county, level or other; ``outcome`` what its heading means for the rows."""

    kind: str
    outcome: object
    total: dict | None  # its entry among the control totals


class Groups:
    """The groups of one sheet. A new heading closes the groups of its kind and all that stand inside."""

    def __init__(self, sheet, totals):
        self._sheet, self._totals = sheet, totals
        self._stack = []
        self._all = self._since_total = self._since_group = 0

    def open(self, kinds, row, label, stated):
        """Open a group; ``kinds``: {"county": outcome} and the like, ``row`` as numbered in the sheet."""
        at = next((at for at, group in enumerate(self._stack) if group.kind in kinds), len(self._stack))
        del self._stack[at:]
        total = None
        if stated is not None:
            total = {"sheet": self._sheet, "row": row, "label": label, "stated": stated, "found": 0}
            self._totals.append(total)
        for number, (kind, outcome) in enumerate(kinds.items()):
            self._stack.append(Open(kind, outcome, total if number == 0 else None))
        self._since_group = 0

    def close(self):
        """A title that names another place ends all groups."""
        self._stack.clear()
        self._since_group = 0

    def of(self, kind):
        """The outcome of the innermost open group of that kind, or None."""
        return next((group.outcome for group in reversed(self._stack) if group.kind == kind), None)

    def count(self, change=1):
        """A row of data stands in all open groups; -1 takes the last one back."""
        self._all += change
        self._since_total += change
        self._since_group += change
        for group in self._stack:
            if group.total:
                group.total["found"] += change

    def total(self, row, label, stated):
        """A row of totals: 小计 since the last heading or total, others of the group or of all rows."""
        if stated is not None:
            readings = [self._all, self._since_group, self._since_total]
            if "小计" in label:
                readings = [self._since_group if self._stack else self._since_total]
            found = stated if stated in readings else readings[0]
            self._totals.append(
                {"sheet": self._sheet, "row": row, "label": label, "stated": stated, "found": found}
            )
        self._since_total = 0
        if "小计" in label:
            self._since_group = 0
