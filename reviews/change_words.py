"""Sentences about changes: who decides, what is wanted, what follows, what to think about."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from reviews.choices import ChangeKind
from reviews.services.change_kinds import KINDS, tiers_above
from studios.choices import Tier

K = ChangeKind
FOLLOWS = {
    K.LEADER: (
        gettext_lazy("Results stay with the studio; honours stay with the person."),
        gettext_lazy("Clauses 二.1 and 二.2 are looked at again; what is not met has a time of grace."),
    ),
    K.RENAME: (gettext_lazy("The former name is kept; rosters of earlier days show it."),),
    K.UNIT_RENAME: (
        gettext_lazy("The former name is kept; rosters of earlier days show it."),
        gettext_lazy("Full names of studios that begin with the unit's name follow."),
    ),
    K.UNIT_MOVE: (
        gettext_lazy(
            "Titles stay as they were granted, and a city title goes on resting on its county title."
        ),
        gettext_lazy("A new city title needs a county title of the new union (clause 三.a)."),
    ),
    K.UNIT_CLOSE: (
        gettext_lazy("The union of the unit is closed on that day."),
        gettext_lazy(
            "For each title of a county or the city a case is opened: two persons end it with a document."
        ),
    ),
    K.MERGE: (
        gettext_lazy("Results and projects stay with this studio's record; they are not moved."),
        gettext_lazy(
            "For each title of a county or the city a case is opened: two persons end it with a document."
        ),
    ),
    K.SUSPEND: (gettext_lazy("Titles stay; the three-year watch goes on."),),
    K.RESUME: (gettext_lazy("The suspension ends the day before."),),
    K.END: (
        gettext_lazy(
            "For each title of a county or the city a case is opened: two persons end it with a document."
        ),
    ),
}


def deciders(kind, thing, last):
    """Who gives an opinion and who decides, in one sentence."""
    names = {Tier.COUNTY: thing.county, Tier.CITY: thing.city}
    way = [names[tier].name for tier in tiers_above(thing) if tier <= last]
    if len(way) == 1:
        return _("%(union)s decides.") % {"union": way[0]}
    return _("%(first)s gives its opinion, %(last)s decides.") % {"first": way[0], "last": way[-1]}


def wanted_rows(change):
    """(label, value) of what is to be."""
    wanted = change.wanted
    if change.kind == K.LEADER:
        born = wanted["person"].get("birth_month")
        stays = _("stays in the team") if wanted.get("old_stays") else _("leaves the team")
        return [
            (_("The new leader"), f"{wanted['name']}（{born}）" if born else wanted["name"]),
            (_("The former leader"), stays),
        ]
    if change.kind == K.RENAME:
        return [(_("New name"), wanted["short_name"]), (_("New full name"), wanted["official_name"])]
    if change.kind == K.UNIT_RENAME:
        return [(_("New name of the unit"), wanted["name"])]
    if change.kind == K.UNIT_MOVE:
        return [(_("New union above"), wanted["parent_name"])]
    if change.kind == K.MERGE:
        return [(_("The studio that takes over"), wanted["into_name"])]
    return []


def before_rows(change):
    """(label, value) of what was, once the change is in effect; of what is, before."""
    was = change.before
    if change.kind == K.LEADER:
        name = was.get("name", "") if was else change.studio.leader_name
        return [(_("Leader until then") if was else _("Leader now"), name)]
    if change.kind == K.RENAME:
        name = was["short_name"] if was else change.studio.short_name
        return [(_("Name until then") if was else _("Name now"), name)]
    if change.kind == K.UNIT_RENAME:
        name = was["name"] if was else change.union.unit.name
        return [(_("Name until then") if was else _("Name now"), name)]
    if change.kind == K.UNIT_MOVE:
        name = was["parent_name"] if was else (change.county or change.city).name
        return [(_("Union above until then") if was else _("Union above now"), name)]
    return []


def about_retirement(due):
    """The hint of a ``retirement.Due``."""
    post = {
        "": "",
        "cadre": pgettext("retirement", "in a cadre post"),
        "worker": pgettext("retirement", "in a worker's post"),
    }
    values = {"month": due.on.strftime("%Y-%m"), "post": post[due.path.post]}
    if due.path.post:
        return _("reaches the age of retirement about %(month)s (%(post)s)") % values
    return _("reaches the age of retirement about %(month)s") % values


def hint_sentences(hints):
    """What ``queries_changes.hints_for`` found, as sentences."""
    found = []
    for name, others, due in hints:
        if others:
            sentence = ngettext(
                "%(name)s leads another studio already: %(studios)s.",
                "%(name)s leads other studios already: %(studios)s.",
                len(others),
            )
            found.append(sentence % {"name": name, "studios": "、".join(others)})
        if due:
            found.append(_("%(name)s %(what)s.") % {"name": name, "what": about_retirement(due)})
    return found


def follows(kind):
    """What follows when it is approved, as sentences."""
    return [str(sentence) for sentence in FOLLOWS[KINDS[kind].code]]
