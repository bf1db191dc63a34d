"""Which rows of a list have possible duplicates, for all of them in one question (see ``queries.twins``)."""

from django.db import connection
from django.db.models import IntegerField, Value

from studios.ledger.pictures import has_detail
from studios.queries.twins import ALIKE, ORDER, _questions

FILES = """
SELECT set_config('pg_trgm.similarity_threshold', %s, false), achievement_id, sha256, image_hash
FROM (SELECT) AS once
LEFT JOIN studios_evidence
ON achievement_id = ANY(%s) AND removed_at IS NULL AND state <> 'refused'
"""


def hints_of(achievements):
    """{id: codes of the reasons} of those that may stand twice in the ledger; each brings its ``kind``."""
    files, pictures = files_of([achievement.pk for achievement in achievements])
    parts = [
        part.annotate(of=Value(achievement.pk, IntegerField()))
        for achievement in achievements
        for part in _questions(achievement, files.get(achievement.pk, []), pictures.get(achievement.pk, []))
        if part is not None
    ]
    found = {}
    if parts:
        for _twin, code, _measure, pk in parts[0].union(*parts[1:], all=True):
            found.setdefault(pk, set()).add(code)
    return {pk: tuple(code for code in ORDER if code in codes) for pk, codes in found.items()}


def files_of(pks):
    """({id: hashes}, {id: fingerprints that can be compared}) of the files of these results."""
    files, pictures = {}, {}
    with connection.cursor() as cursor:
        cursor.execute(FILES, [str(ALIKE), pks])
        for _setting, pk, sha256, fingerprint in cursor.fetchall():
            if pk is not None:
                files.setdefault(pk, []).append(sha256)
                if fingerprint is not None and has_detail(fingerprint):
                    pictures.setdefault(pk, []).append(fingerprint)
    return files, pictures
