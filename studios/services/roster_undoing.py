"""Taking an applied import back, in one act, as long as nothing else rests on it."""

from django.db import connection
from django.utils import timezone

from portal.audit.services import record
from studios.choices import ImportState, Section
from studios.models import (
    Achievement,
    Honour,
    Leader,
    Naming,
    OfficialDocument,
    Person,
    RosterImport,
    RosterRow,
    Studio,
    StudioSection,
    Union,
    Unit,
)
from studios.services.roster_dependants import Doings, derived_from, sentences
from studios.services.roster_holding import Refused, in_one_act
from studios.services.roster_journal import bump_sections, refresh_top_tiers
from studios.services.roster_writing import write_fields

FIRST = (Naming, Leader)  # in the way of the terms that are restored
THEN = (OfficialDocument, Honour, Achievement, Person, Studio, Unit, Union)  # children first


def undo(roster_import, *, actor, job=None):
    """Delete what the import made, restore what it changed; returns {model name: rows deleted}.

    Asked for by a person the import is UNDOING and ``job`` does it; the command line undoes an APPLIED one.
    What rests on the import by now refuses it, with a sentence for each: NotPossible, or with a ``job`` None
    and the ``problem`` of the import, which is APPLIED again. Raises PermissionDenied.
    """
    return in_one_act(
        roster_import,
        "undo",
        states=(ImportState.UNDOING, ImportState.APPLIED),
        work=lambda held, tell: _take_back(held, actor, tell),
        way_back=lambda held, refused: keep(held, refused.code, **refused.values),
        actor=actor,
        job=job,
    )


def keep(roster_import, code, **values):
    """An import that could not be undone stays applied, with the reason; also for a job that gave up."""
    RosterImport.objects.filter(pk=roster_import.pk).update(
        state=ImportState.APPLIED, problem={"code": f"undo.{code}", "values": values}
    )


def _take_back(held, actor, tell):
    rows = list(held.rows.exclude(made=None).order_by("pk").only("studio_id", "naming_id", "made"))
    doings = Doings.of(rows)
    tell(0, len(rows))
    list(
        Studio.objects.select_for_update(no_key=True).filter(pk__in=doings.studios).order_by("pk").only("pk")
    )
    if told := sentences(held, doings):
        raise Refused("depends", what=" ".join(told))
    tell(len(rows) // 3, len(rows))
    parts = _parts(doings)
    _let_go(doings)
    deleted = _delete(doings, FIRST)
    restored = _restore(doings)
    bump_sections(parts, actor=actor)
    tell(2 * len(rows) // 3, len(rows))
    deleted |= _delete(doings, THEN)
    refresh_top_tiers(doings.studios - set(doings.made[Studio]))
    held.state, held.problem = ImportState.UNDONE, None
    held.undone_by, held.undone_at = actor, timezone.now()
    held.save(update_fields=["state", "problem", "undone_by", "undone_at"])
    record("roster.undo", held, actor=actor, deleted=deleted, restored=restored)
    tell(len(rows), len(rows))
    return deleted


def _parts(doings):
    """{(studio id, Section)} of the forms that show what is about to change, but for studios that go."""
    shown = [
        (Section.STUDIO, "pk", doings.changed[Studio]),
        (Section.LEADER, "leaders", {*doings.changed[Leader], *doings.made[Leader]}),
        (Section.LEADER, "leaders__person", doings.changed[Person]),
        (Section.LEADER, "leaders__person__honours", doings.made[Honour]),
    ]
    going = set(doings.made[Studio])
    return {
        (pk, section)
        for section, path, ids in shown
        if ids
        for pk in Studio.objects.filter(**{f"{path}__in": list(ids)}).values_list("pk", flat=True)
        if pk not in going
    }


def _restore(doings):
    """Write the values from before; returns {model name: rows}."""
    for model, things in doings.changed.items():
        before = {pk: {name: pair[0] for name, pair in fields.items()} for pk, fields in things.items()}
        write_fields(model, before)
    return {model._meta.model_name: len(things) for model, things in doings.changed.items() if things}


def _let_go(doings):
    """The rows of imports keep no hold on what goes; versions of forms of a studio that goes mean nothing."""
    for field, model in (("studio", Studio), ("naming", Naming)):
        RosterRow.objects.filter(**{f"{field}__in": doings.made[model]}).update(**{field: None})
    StudioSection.objects.filter(studio__in=doings.made[Studio]).delete()
    for model, field in derived_from(Studio):
        model.objects.filter(**{f"{field}__in": doings.made[Studio]}).delete()


def _delete(doings, models):
    """Remove what was made; that nothing else points at it was asked before, and the database holds to it."""
    deleted = {}
    for model in models:
        if ids := doings.made[model]:
            table = connection.ops.quote_name(model._meta.db_table)
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [ids])  # noqa: S608
            deleted[model._meta.model_name] = len(ids)
    return deleted
