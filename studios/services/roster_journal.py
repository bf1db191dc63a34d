"""What an import did to the register, row by row: written so that it can be taken back, and set-based."""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal.audit.models import Entry
from portal.audit.verbs import VERBS
from studios.models import Naming, RosterRow, Studio, StudioSection
from studios.services.roster_writing import insert, plain, write_fields

BATCH = 2000

_encoder = DjangoJSONEncoder(ensure_ascii=False)


class Journal:
    """Collects what each row made and changed, and writes all of it at the end."""

    def __init__(self):
        self.made = defaultdict(lambda: defaultdict(list))  # {row id: {model: [ids]}}
        self.changes = defaultdict(dict)  # {row id: {model label: {id: {field: [before, after]}}}}
        self.updates = defaultdict(dict)  # {model: {id: {field: after}}}
        self.studios, self.namings = {}, {}  # {row id: id}
        self.sections = set()  # (studio id, Section) of what an open form may show
        self.own = set()  # (model, id) of what this import made

    def create(self, model, things):
        """Write new rows, ``[(RosterRow, row to be), …]``; returns them with their ids."""
        new = insert(model, [thing for _row, thing in things])
        for row, thing in things:
            self.made[row.pk][model._meta.model_name].append(thing.pk)
            self.own.add((model, thing.pk))
        return new

    def change(self, row, thing, field, value):
        """Note that a row changes a stored field (by its attname); False when it holds the value already."""
        before, after = plain(getattr(thing, field)), plain(value)
        if before == after:
            return False
        if (type(thing), thing.pk) not in self.own:
            here = self.changes[row.pk].setdefault(thing._meta.label_lower, {})
            here.setdefault(str(thing.pk), {})[field] = [before, after]
        self.updates[type(thing)].setdefault(thing.pk, {})[field] = after
        setattr(thing, field, value)
        return True

    def write_changes(self):
        """Bring the changes noted since the last time into the tables."""
        for model, changes in self.updates.items():
            write_fields(model, changes)
        self.updates.clear()

    def made_by(self, row_id):
        """The plain dict for ``RosterRow.made``."""
        changed = self.changes.get(row_id)
        return {**self.made.get(row_id, {}), **({"changed": changed} if changed else {})}

    def write_rows(self, rows):
        """Write on each applied row what it did, and its studio and title."""
        ids = [row.pk for row in rows]
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {RosterRow._meta.db_table} AS r SET made = v.made::jsonb, studio_id = v.studio, "  # noqa: S608
                "naming_id = v.naming FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::bigint[]) "
                "AS v(id, made, studio, naming) WHERE r.id = v.id",
                [
                    ids,
                    [_encoder.encode(self.made_by(pk)) for pk in ids],
                    [self.studios.get(pk) for pk in ids],
                    [self.namings.get(pk) for pk in ids],
                ],
            )


def refresh_top_tiers(studio_ids):
    """Recompute the highest live title of many studios with one statement."""
    live = (
        Naming.objects.filter(studio=OuterRef("pk")).on().order_by("-level__tier").values("level__tier")[:1]
    )
    Studio.objects.filter(pk__in=studio_ids).update(
        top_tier=Coalesce(Subquery(live), Value(0)), updated_at=timezone.now()
    )


def bump_sections(parts, *, actor):
    """Count up the versions of parts {(studio id, Section)}, so that no open form overwrites them unseen."""
    by_section = defaultdict(list)
    for studio_id, section in parts:
        by_section[section].append(studio_id)
    now = {"saved_at": timezone.now(), "saved_by": actor}
    for section, studio_ids in by_section.items():
        known = StudioSection.objects.filter(studio__in=studio_ids, section=section, achievement=None)
        there = set(known.values_list("studio_id", flat=True))
        known.update(version=F("version") + 1, page="", **now)
        StudioSection.objects.bulk_create(
            [
                StudioSection(studio_id=pk, section=section, version=1, **now)
                for pk in sorted(set(studio_ids) - there)
            ],
            batch_size=BATCH,
        )


def bulk_record(verb, subjects, *, actor):
    """What ``portal.audit.services.record`` does, for many ``(subject, detail)`` with few statements."""
    if verb not in VERBS:
        raise ValueError(f"Unregistered audit verb: {verb}")
    types = {type(subject): None for subject, _detail in subjects}
    for model in types:
        types[model] = ContentType.objects.get_for_model(model)
    Entry.objects.bulk_create(
        [
            Entry(
                verb=verb,
                actor=actor,
                actor_label=str(actor)[:120],
                subject_type=types[type(subject)],
                subject_id=subject.pk,
                subject_label=str(subject)[:200],
                detail=detail,
            )
            for subject, detail in subjects
        ],
        batch_size=BATCH,
    )
