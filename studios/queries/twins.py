"""Results that may be one and the same: a hint for people who review, never a reason to refuse.

Four questions to the indexes in one statement: the same number, the same file, a near-identical picture, a
near-identical title. All studios and all years are looked at; ``visible_to`` splits the answer for a reader.
"""

from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import F, FloatField, Func, IntegerField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from studios.choices import FileState
from studios.ledger.pictures import NEAR, has_detail, probes
from studios.models import Achievement, Evidence
from studios.result_keys import OWN_SERIES

NUMBER, FILE, PICTURE, TITLE = "number", "file", "picture", "title"
ORDER = (NUMBER, FILE, PICTURE, TITLE)  # the strongest hint first
ALIKE = 0.6  # similarity of two titles, by the trigrams they share
MOST = 50  # of each reason; a title that stands more often says nothing

# The threshold is what the index of trigrams searches by.
OWN = """
SELECT set_config('pg_trgm.similarity_threshold', %s, false), array_agg(sha256), array_agg(image_hash)
FROM studios_evidence WHERE achievement_id = %s AND removed_at IS NULL AND state <> 'refused'
"""


@dataclass(frozen=True)
class Reason:
    """Why two results may be one: ``code``, and for titles how alike, for pictures in how many bits apart."""

    code: str
    measure: float

    def __str__(self):
        return {
            NUMBER: _("the same number"),
            FILE: _("the same file as proof"),
            PICTURE: _("a nearly identical picture"),
            TITLE: _("a nearly identical title (%(percent)d %%)") % {"percent": round(self.measure * 100)},
        }[self.code]


@dataclass(frozen=True)
class Twin:
    """A result that may be the same as the one asked about; ``reasons`` with the strongest first."""

    achievement: Achievement
    reasons: tuple


def twins_of(achievement):
    """The ``Twin``s of a result among all studios and years, the strongest first: whoever may see them.

    Three statements. Each achievement brings its kind, studio and union.
    """
    files, pictures = _own_files(achievement)
    parts = [part for part in _questions(achievement, files, pictures) if part is not None]
    found = {}
    if parts:
        for pk, code, measure in parts[0].union(*parts[1:], all=True):
            found.setdefault(pk, {}).setdefault(code, []).append(measure)
    rows = Achievement.objects.filter(removed_at=None).select_related("kind", "studio", "union")
    rows = rows.in_bulk(list(found)) if found else {}
    return sorted((Twin(row, _reasons(found[pk])) for pk, row in rows.items()), key=_strength)


def visible_to(twins, reader):
    """(The twins that ``reader`` may open, how many others there are)."""
    if not twins:
        return [], 0
    asked = [twin.achievement.pk for twin in twins]
    seen = set(Achievement.objects.filter(pk__in=asked).visible_to(reader).values_list("pk", flat=True))
    shown = [twin for twin in twins if twin.achievement.pk in seen]
    return shown, len(twins) - len(shown)


def _own_files(achievement):
    """The hashes of its files, and the fingerprints of its pictures that can be compared."""
    with connection.cursor() as cursor:
        cursor.execute(OWN, [str(ALIKE), achievement.pk])
        _setting, files, pictures = cursor.fetchone()
    return files or [], [picture for picture in pictures or () if picture is not None and has_detail(picture)]


def _questions(achievement, files, pictures):
    others = Achievement.objects.filter(removed_at=None).exclude(pk=achievement.pk).order_by()
    yield _same_number(others, achievement)
    yield _same_title(others, achievement)
    proofs = Evidence.objects.filter(achievement__isnull=False, removed_at=None).order_by()
    proofs = proofs.exclude(achievement=achievement.pk).exclude(state=FileState.REFUSED)
    if files:
        same = proofs.filter(sha256__in=files)
        yield same.values_list("achievement", Value(FILE), Value(1.0))[:MOST]
    for picture in pictures:
        yield _near_pictures(proofs.exclude(sha256__in=files), picture)


def _same_number(others, achievement):
    if not achievement.number_key:
        return None
    same = others.filter(number_key=achievement.number_key)
    if achievement.kind.code in OWN_SERIES:
        same = same.filter(union=achievement.union_id)
    return same.values_list("pk", Value(NUMBER), Value(1.0))[:MOST]


def _same_title(others, achievement):
    if not achievement.title_key:
        return None
    alike = Cast(TrigramSimilarity("title_key", achievement.title_key), FloatField())
    near = others.filter(title_key__trigram_similar=achievement.title_key).annotate(alike=alike)
    near = near.filter(alike__gte=ALIKE).order_by("-alike", "pk")
    return near.values_list("pk", Value(TITLE), "alike")[:MOST]


def _near_pictures(proofs, picture):
    bands = Func(F("image_hash"), function="image_bands", output_field=ArrayField(IntegerField()))
    apart = Func(
        F("image_hash"),
        Value(picture),
        template="bit_count((%(expressions)s)::bit(64))",
        arg_joiner=" # ",
        output_field=FloatField(),
    )
    near = proofs.filter(image_hash__isnull=False).annotate(bands=bands, apart=apart)
    near = near.filter(bands__overlap=probes(picture), apart__lte=NEAR).order_by("apart", "pk")
    return near.values_list("achievement", Value(PICTURE), Cast("apart", FloatField()))[:MOST]


def _reasons(measures):
    best = {code: min(values) if code == PICTURE else max(values) for code, values in measures.items()}
    return tuple(Reason(code, best[code]) for code in ORDER if code in best)


def _strength(twin):
    first = twin.reasons[0]
    order = first.measure if first.code == PICTURE else -first.measure
    return ORDER.index(first.code), order, -len(twin.reasons), twin.achievement.pk
