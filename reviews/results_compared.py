"""Two results side by side, field by field: for a person to judge whether they are one and the same."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reviews.dossier_words import amount, when
from reviews.queries_results import counties_named, files_of, with_files
from studios.ledger.kinds import details_shown
from studios.models import Achievement
from studios.permissions import VIEW_STUDIO
from studios.queries.twins import twins_of
from studios.validators import whole


@dataclass(frozen=True)
class Line:
    """One field of both results as text; ``same``: both say the same thing."""

    label: str
    mine: str
    theirs: str

    @property
    def is_same(self):
        """Whether both state the same; two blanks state nothing."""
        return bool(self.mine) and self.mine == self.theirs


@dataclass(frozen=True)
class Comparison:
    """What the page says of possible duplicates.

    ``twins``: those the reader may open; ``hidden``: (county, how many) of the others; ``chosen``: the twin
    that stands beside the result, ``other`` its result, ``lines`` and the two lists of files.
    """

    twins: list
    hidden: list
    chosen: object = None
    other: object = None
    lines: list = ()
    files: tuple = ()

    @property
    def count(self):
        """How many results may be the same."""
        return len(self.twins) + sum(number for _name, number in self.hidden)


def compare(result, reader, wanted=""):
    """The ``Comparison`` of a result for a reader; ``wanted``: the id of the twin to put beside it."""
    found = twins_of(result)
    twins = [twin for twin in found if reader.has_perm(VIEW_STUDIO, twin.achievement)]
    counties = Counter(
        twin.achievement.county_id or twin.achievement.city_id for twin in found if twin not in twins
    )
    names = counties_named(list(counties))
    hidden = sorted((names[pk], number) for pk, number in counties.items())
    if not twins:
        return Comparison(twins, hidden)
    chosen = next((twin for twin in twins if twin.achievement.pk == whole(wanted)), twins[0])
    rows = Achievement.objects.visible_to(reader).select_related("kind", "studio", "union__unit", "county")
    other = with_files(rows).get(pk=chosen.achievement.pk)
    files = (files_of(result), files_of(other))
    return Comparison(twins, hidden, chosen, other, lines_of(result, other), files)


def lines_of(mine, theirs):
    """The fields of both, without those that neither fills."""
    left, right = column_of(mine), column_of(theirs)
    labels = list(dict.fromkeys([*left, *right]))
    lines = [Line(label, left.get(label, ""), right.get(label, "")) for label in labels]
    return [line for line in lines if line.mine or line.theirs]


def column_of(result):
    """{label: text} of one result."""
    recognised = [
        " ".join(str(row[name]) for name in ("name", "grade", "granted_by", "granted_on") if row[name])
        for row in result.recognition_rows
    ]
    shares = [
        f"{row['name']} {amount(row['percent'])}%" if row["percent"] else row["name"]
        for row in result.share_rows
    ]
    return {
        _("Studio"): result.studio.short_name,
        _("Unit"): result.union.unit.name,
        _("County"): result.county.short_name if result.county_id else "",
        called("kind"): result.kind.label,
        called("title"): result.title,
        called("number"): result.number,
        called("completed_on"): when(result.completed_on),
        called("filed_on"): day(result.filed_on),
        called("granted_on"): day(result.granted_on),
        called("holder"): result.holder,
        called("authors"): result.authors,
        _("Recognised as"): "；".join(recognised),
        called("benefit_amount"): amount(result.benefit_amount),
        _("Shares"): "；".join(shares),
        called("summary"): result.summary,
        called("state"): str(result.get_state_display()),
        **{str(label): text for label, text in details_shown(result.details)},
    }


def called(name):
    """What a column of a result is called."""
    return str(Achievement._meta.get_field(name).verbose_name)


def day(value):
    """A day in the reader's language, "" for none."""
    return when(value.isoformat()) if value else ""
