"""What rests on an import by now: asked of every foreign key, of the record of acts, of later imports."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import islice

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.audit.models import Entry
from portal.audit.verbs import sentence_of
from studios.choices import ImportState
from studios.models import CarriesAncestors, Naming, RoleGroup, RosterRow, Studio, StudioSection, Union
from studios.rosters.remarks import sentence
from studios.services.roster_writing import plain

SHOWN = 12  # sentences; the rest is counted
WHAT = {
    Naming: _("further titles"),
    RoleGroup: _("people in roles"),
    StudioSection: _("typed text that is not saved yet"),
}
CARRIED = ("county", "city", "province")  # never name a base unit's union
MODELS = {model._meta.model_name: model for model in apps.get_app_config("studios").get_models()}


@dataclass
class Doings:
    """What the rows of an applied import made and changed, put together."""

    made: dict = field(default_factory=lambda: defaultdict(list))  # {model: [ids]}
    changed: dict = field(default_factory=lambda: defaultdict(dict))  # {model: {id: {field: [first, last]}}}
    studios: set = field(default_factory=set)  # ids of those touched

    @classmethod
    def of(cls, rows):
        """Read ``made`` of RosterRows in the order in which they were applied."""
        doings = cls()
        for row in rows:
            doings.studios |= {row.studio_id} - {None}
            for name, what in (row.made or {}).items():
                if name == "changed":
                    doings._add_changes(what)
                else:
                    doings.made[MODELS[name]] += what
        return doings

    def _add_changes(self, changed):
        for label, things in changed.items():
            known = self.changed[apps.get_model(label)]
            for pk, fields in things.items():
                here = known.setdefault(int(pk), {})
                for name, (before, after) in fields.items():
                    here[name] = [here[name][0] if name in here else before, after]


def sentences(roster_import, doings):
    """Why the import cannot be taken back: ``SHOWN`` sentences and how many more; empty when it can."""
    found = [
        *_pointing(doings),
        *_recorded(roster_import, doings),
        *_changed_again(doings),
        *_later(roster_import, doings),
    ]
    told = [sentence(code, values) for code, values in islice(found, SHOWN)]
    if len(found) > SHOWN:
        told.append(sentence("undo.more", {"count": len(found) - SHOWN}))
    return told


def _pointing(doings):
    """Rows not of this import that point at what it made, whatever the foreign key would do to them."""
    counts = Counter()
    for model, ids in doings.made.items():
        for relation in _relations_to(model):
            other, column = relation.related_model, relation.field.name
            rows = other.objects.filter(**{f"{column}__in": ids}).exclude(pk__in=doings.made.get(other, ()))
            if other is StudioSection:  # a mere count of versions, but for what is typed and not yet taken
                rows = rows.exclude(typed=None)
            ours = doings.changed.get(other, {})
            for own, pk in rows.order_by().values_list("pk", f"{column}_id"):
                if f"{column}_id" not in ours.get(own, ()):  # that is looked at with the changed fields
                    counts[model, pk, other] += 1
    names = _names({(model, pk) for model, pk, _other in counts})
    for (model, pk, other), count in counts.items():
        what = str(WHAT.get(other, other._meta.verbose_name))
        yield "undo.points", {"name": names[model, pk], "what": what, "count": count}


def _relations_to(model):
    """The foreign keys to ``model``, but for carried ancestors, rows of imports and what is worked out."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        other = relation.related_model
        carried = issubclass(other, (CarriesAncestors, Union)) and relation.field.name in CARRIED
        if not carried and other is not RosterRow and not is_derived(other):
            yield relation


def is_derived(model):
    """Whether rows of ``model`` are worked out by the portal from what they point at, and go with it."""
    return getattr(model, "is_derived", False)


def derived_from(model):
    """(model, field) of everything worked out from ``model``."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and is_derived(relation.related_model):
            yield relation.related_model, relation.field.name


def _recorded(roster_import, doings):
    """Acts on record about what the import made, since it was applied."""
    kinds = {ContentType.objects.get_for_model(model).pk: model for model in doings.made}
    about = Q(pk__in=[])
    for kind, model in kinds.items():
        about |= Q(subject_type=kind, subject_id__in=doings.made[model])
    acts = Entry.objects.filter(about, at__gte=roster_import.applied_at).exclude(verb="roster.take")
    fields = ("subject_type", "subject_id", "subject_label", "verb", "at")
    for _kind, _pk, label, verb, at in acts.order_by("pk").values_list(*fields):
        yield "undo.recorded", {"name": label, "verb": str(sentence_of(verb)), "on": f"{at:%Y-%m-%d}"}


def _changed_again(doings):
    """Fields that do not hold any more what the import wrote."""
    for model, things in doings.changed.items():
        names = sorted({name for fields in things.values() for name in fields})
        held = {pk: values for pk, *values in model.objects.filter(pk__in=things).values_list("pk", *names)}
        for pk, fields in things.items():
            now = dict(zip(names, map(plain, held[pk]), strict=True)) if pk in held else {}
            for name, (_before, after) in fields.items():
                if pk not in held or now[name] != after:
                    label = str(model._meta.get_field(name).verbose_name)
                    yield "undo.field", {"name": _names({(model, pk)})[model, pk], "field": label}


def _later(roster_import, doings):
    """Imports applied after this one that touched the same studios."""
    rows = (
        RosterRow.objects.filter(
            studio__in=doings.studios,
            made__isnull=False,
            roster__state__in=[ImportState.APPLIED, ImportState.UNDOING],
            roster__applied_at__gte=roster_import.applied_at,
        )
        .exclude(roster=roster_import)
        .order_by("roster", "studio")
    )
    for name, roster in rows.values_list("studio__short_name", "roster__name").distinct():
        yield "undo.later", {"name": name, "roster": roster}


def _names(wanted):
    """{(model, id): what a person calls it}: the studio where there is one."""
    by_model = defaultdict(set)
    for model, pk in wanted:
        by_model[model].add(pk)
    names = {}
    for model, ids in by_model.items():
        has_studio = model is not Studio and any(each.name == "studio" for each in model._meta.fields)
        rows = model.objects.select_related("studio") if has_studio else model.objects
        for pk, thing in rows.in_bulk(ids).items():
            names[model, pk] = str(thing.studio if has_studio else thing)
    return defaultdict(str, names)
