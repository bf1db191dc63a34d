"""What people type when they ask for a change, filter the list of changes, or settle a clause."""

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import PartialDateField, Styled
from reviews.choices import ChangeKind, ChangeState
from reviews.services.change_kinds import KINDS
from studios.choices import Tier
from studios.forms.fields import DayField, label_of
from studios.models import Person, Studio, Union
from studios.queries.contents import current_members
from studios.services.changes import name_in_use
from studios.validators import check_not_in_future, folded

K = ChangeKind


class ManyFiles(forms.FileInput):
    """A file input that takes several."""

    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        """One of them, for the field to check that there is any; all are in ``ChangeForm.uploads``."""
        return files.get(name)


class ChangeForm(Styled, forms.Form):
    """What every request asks for: day, reason, proof. Subclasses add what is wanted, by kind.

    ``thing`` is the Studio or Unit; ``user`` the person who asks.
    """

    kind = ""
    effective_on = DayField(label=_("Takes effect on"), help_text=_("At most 60 days ahead."))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4, "maxlength": 1000}),
        error_messages={"required": _("Give the reason.")},
    )
    proof = forms.FileField(label=_("Proof"), required=False, widget=ManyFiles({"multiple": True}))
    wide = ("reason", "proof")
    field_order = ()

    def __init__(self, data=None, files=None, *, thing, user, takes_files=True, **kwargs):
        self.thing, self.user = thing, user
        kwargs.setdefault("initial", {"effective_on": timezone.localdate().isoformat()})
        super().__init__(data, files, **kwargs)
        self.uploads = files.getlist("proof") if files else []
        declared = KINDS[self.kind]
        if takes_files:
            proof = self.fields["proof"]
            proof.label, proof.required = declared.proof, declared.needs_proof
            proof.help_text = _("Photos (JPEG, PNG, WebP) and PDF, at most 20 MB each; several at once.")
            proof.error_messages["required"] = _("Choose the file that proves the change.")
        else:
            del self.fields["proof"]
        own = [name for name in self.fields if name not in ChangeForm.base_fields]
        self.order_fields([*own, "effective_on", "reason", "proof"])

    def wanted(self):
        """What the request holds beyond day and reason; plain values."""
        return {}


class LeaderChange(ChangeForm):
    """Who is to lead: a member of the team, or somebody new."""

    kind = K.LEADER
    member = forms.TypedChoiceField(
        label=_("The new leader"), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("Name of the new person"), max_length=60, required=False)
    birth_month = PartialDateField(label=label_of(Person, "birth_month"), required=False)
    old_stays = forms.BooleanField(
        label=_("The former leader stays in the team as a core member"), required=False
    )
    wide = (*ChangeForm.wide, "member", "old_stays")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = list(current_members(self.thing))
        self.fields["member"].choices = [
            *[(member.pk, member.person.name) for member in self.members],
            ("", _("Somebody who is not in the team")),
        ]

    def clean_birth_month(self):
        """Nobody is born in the future."""
        check_not_in_future(self.cleaned_data["birth_month"])
        return self.cleaned_data["birth_month"]

    def clean(self):
        data = super().clean()
        data["name"] = folded(data.get("name"))
        if "member" in data and data["member"] is None and not data["name"]:
            self.add_error("name", _("Choose a member, or give the new person's name."))
        return data

    def wanted(self):
        """The member by id, or the new person; the name in any case, to be read later."""
        data = self.cleaned_data
        member = next((row for row in self.members if row.pk == data["member"]), None)
        if member:
            person = {name: getattr(member.person, name) for name in ("name", "birth_month", "sex")}
        else:
            person = {"name": data["name"], "birth_month": data["birth_month"]}
        return {
            "member": member.pk if member else None,
            "person": person,
            "name": person["name"],
            "old_stays": data["old_stays"],
        }


class Rename(ChangeForm):
    """The studio's new name."""

    kind = K.RENAME
    short_name = forms.CharField(
        label=_("New name"), max_length=60, help_text=_("As on the plaque, such as 周某某劳模创新工作室")
    )
    official_name = forms.CharField(
        label=_("New full name"),
        max_length=160,
        required=False,
        help_text=_("Unit and studio name together; may be left empty."),
    )

    def clean(self):
        """Another name than now, and none that a studio of the unit bears."""
        data = super().clean()
        short = data["short_name"] = folded(data.get("short_name"))
        unit = self.thing.union.unit.name
        typed = folded(data.get("official_name"))
        official = typed or (short if short.startswith(unit) else f"{unit}{short}")
        data["official_name"] = official
        if short and short == self.thing.short_name and typed in ("", self.thing.official_name):
            self.add_error("short_name", _("This is the name it has already."))
        elif short and (taken := name_in_use(self.thing.union_id, short, official, but=self.thing.pk)):
            self.add_error(
                "short_name", _("The unit already has a studio called “%(name)s”.") % {"name": taken}
            )
        return data

    def wanted(self):
        return {name: self.cleaned_data[name] for name in ("short_name", "official_name")}


class Merge(ChangeForm):
    """The studio that takes this one over."""

    kind = K.MERGE
    into = forms.TypedChoiceField(
        label=_("The studio that takes over"), coerce=int, empty_value=None, required=False
    )
    into_name = forms.CharField(
        label=_("Name of another unit's studio"),
        max_length=160,
        required=False,
        help_text=_("Exactly as on its public page; only if it is none of your unit."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = Studio.objects.filter(union=self.thing.union_id).exclude(pk=self.thing.pk)
        rows = own.order_by("pk").values_list("pk", "short_name")
        self.fields["into"].choices = [("", _("A studio of another unit")), *rows]

    def clean(self):
        """One studio: of the own unit, or a named one of the city by its exact name."""
        data = super().clean()
        if data.get("into") is None and "into" not in self.errors:
            data["into"] = self._elsewhere(folded(data.get("into_name")))
        return data

    def _elsewhere(self, name):
        if not name:
            self.add_error("into", _("Choose the studio that takes over, or give its name."))
            return None
        rows = Studio.objects.public().filter(Q(short_name=name) | Q(official_name=name))
        found = list(rows.filter(city=self.thing.city_id).exclude(pk=self.thing.pk).values_list("pk")[:2])
        if len(found) == 1:
            return found[0][0]
        if found:
            self.add_error("into_name", _("Several studios are called so; give the full name with the unit."))
        else:
            self.add_error(
                "into_name", _("No named studio of the city is called “%(name)s”.") % {"name": name}
            )
        return None

    def wanted(self):
        studio = Studio.objects.get(pk=self.cleaned_data["into"])
        return {"into": studio.pk, "into_name": studio.official_name or studio.short_name}


class UnitRename(ChangeForm):
    """The unit's new name."""

    kind = K.UNIT_RENAME
    name = forms.CharField(
        label=_("New name of the unit"), max_length=120, help_text=_("In full, as on its seal")
    )
    wide = (*ChangeForm.wide, "name")

    def clean_name(self):
        """Another name than now."""
        name = folded(self.cleaned_data["name"])
        if name == self.thing.name:
            raise forms.ValidationError(_("This is the name it has already."))
        return name

    def wanted(self):
        return {"name": self.cleaned_data["name"]}


class UnitMove(ChangeForm):
    """The union that the unit's union will belong to."""

    kind = K.UNIT_MOVE
    parent = forms.TypedChoiceField(label=_("New union above"), coerce=int)
    wide = (*ChangeForm.wide, "parent")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        here = Union.objects.open().filter(tier=Tier.COUNTY, city=self.thing.city_id)
        rows = here.exclude(pk=self.thing.county_id).order_by("code").values_list("pk", "name")
        self.names = dict(rows)
        self.fields["parent"].choices = [("", _("Choose")), *self.names.items()]

    def wanted(self):
        parent = self.cleaned_data["parent"]
        return {"parent": parent, "parent_name": self.names[parent]}


class UnitClose(ChangeForm):
    """Nothing beyond the day."""

    kind = K.UNIT_CLOSE


class Suspend(ChangeForm):
    """Nothing beyond the day."""

    kind = K.SUSPEND


class Resume(ChangeForm):
    """Nothing beyond the day."""

    kind = K.RESUME


class End(ChangeForm):
    """Nothing beyond the day."""

    kind = K.END


FORMS = {
    form.kind: form
    for form in (LeaderChange, Rename, Merge, UnitRename, UnitMove, UnitClose, Suspend, Resume, End)
}


class ChangeFilter(Styled, forms.Form):
    """The filters of the list. ``counties``: the unions to choose from, none for who sees one county."""

    kind = forms.ChoiceField(label=_("Kind of change"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    county = forms.TypedChoiceField(label=_("County"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args, counties=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("All kinds")), *K.choices]
        self.fields["state"].choices = [("", _("All states")), *ChangeState.choices]
        self.fields["county"].choices = [("", _("All counties")), *[(row.pk, row.name) for row in counties]]
        if not counties:
            del self.fields["county"]

    def values(self):
        """What is asked for; a value that is none of the choices asks for nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class SettleForm(Styled, forms.Form):
    """Why a clause counts as met."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea({"rows": 2, "maxlength": 500}),
        error_messages={"required": _("Give the reason.")},
    )
