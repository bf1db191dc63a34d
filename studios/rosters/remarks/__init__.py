"""What is said about cells and rows of a roster: codes with their sentence, worded when it is shown."""

from importlib import import_module

from django.utils.translation import gettext as _

AREAS = ("applying", "cells", "layout", "matching")  # each a module with its SENTENCES: {code: lazy msgid}
HEADING = "导入意见"  # of the column that offices get back, in the language of their rosters
_known = {}


def sentences():
    """Every code with its sentence. Raises ValueError when two areas use one code."""
    if not _known:
        for area in AREAS:
            mine = import_module(f"{__name__}.{area}").SENTENCES
            if twice := _known.keys() & mine.keys():
                raise ValueError(f"Codes used twice: {sorted(twice)}")
            _known.update(mine)
    return _known


def sentence(code, values=None):
    """The remark in the active language; a code of an older version is a plain sentence, too."""
    known = sentences().get(code)
    return known % (values or {}) if known else _("See the cell.")
