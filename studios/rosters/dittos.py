"""Cells that say 同上: what stands above them is meant."""

DITTO = frozenset("同上 〃 ″ 〞 ” ＂ \" '' 同上行 同前".split())


def dittos(row, above, but):
    """The columns in which a row says 同上 and the row of data above says something, ``but`` for some."""
    if DITTO.isdisjoint(row):
        return []
    return [
        at
        for at, value in enumerate(row)
        if value in DITTO and at < len(above) and above[at] not in (None, "") and at not in but
    ]


def as_meant(row, above, columns):
    """The row with the cells above in the place of those columns."""
    return [above[at] if at in columns else value for at, value in enumerate(row)]
