"""Forms of the people of a studio: leader with honours, team, change of leader."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import PartialDateField, Styled
from studios.choices import MemberRole, Tier
from studios.forms.fields import (
    NOTHING_CHOSEN,
    DayField,
    MonthTextField,
    PartForm,
    RowForm,
    label_of,
    rows_of,
)
from studios.forms.parts import Part
from studios.models import Honour, HonourKind, Leader, Member, Person
from studios.queries.contents import LEADER_PERSON_FIELDS, PERSON_FIELDS, current_leader
from studios.validators import check_not_in_future, check_order, doubts_of_leader, folded

BORN_BEFORE = _("Born in %(earlier)s, but this says %(later)s.")


def birth_field(**kwargs):
    """Year and month of birth."""
    return PartialDateField(label=label_of(Person, "birth_month"), required=False, **kwargs)


class PersonFields:
    """Mixin: what holds for the fields of any person in the team."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")

    def clean_name(self):
        """Without stray blanks; blanks inside a name stay."""
        return folded(self.cleaned_data["name"])

    def clean(self):
        """Nobody leads or joins before being born, or in the future."""
        data = super().clean()
        self.blame("birth_month", check_not_in_future, data.get("birth_month"))
        self.blame("since", check_not_in_future, data.get("since"))
        self.blame("since", check_order, data.get("birth_month"), data.get("since"), BORN_BEFORE)
        return data


class LeaderForm(PersonFields, PartForm):
    """The leader in office: the person's data, and how they lead the studio."""

    birth_month = birth_field()
    since = DayField(label=_("Leads the studio since"))
    merits = forms.CharField(
        label=label_of(Leader, "merits"),
        required=False,
        max_length=800,
        widget=forms.Textarea({"rows": 5}),
    )
    skilled_basis = forms.CharField(
        label=label_of(Leader, "skilled_basis"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "Only without an honour of the city or above: skills, titles, competitions. "
            "A reviewer judges it (clause 二.1, second branch)."
        ),
    )

    class Meta:
        model = Person
        fields = LEADER_PERSON_FIELDS

    wide = ("merits", "skilled_basis")

    def __init__(self, *args, studio=None, **kwargs):
        super().__init__(*args, **kwargs)
        if studio is not None and studio.top_tier >= Tier.COUNTY and self.initial.get("name"):
            for name in ("name", "since"):
                self.fields[name].disabled = True
            self.fields["name"].help_text = _("Who leads a named studio changes by a request of its own.")

    def doubts(self):
        return [("birth_month", sentence) for sentence in doubts_of_leader(self.now("birth_month"))]


def honour_choices():
    """[(rank, [(id, name)])] of all honours, the highest rank first: one query."""
    groups = {}
    for kind in HonourKind.objects.order_by("rank", "order"):
        groups.setdefault(kind.get_rank_display(), []).append((kind.pk, kind.label))
    return [*NOTHING_CHOSEN, *groups.items()]


class HonourRow(RowForm):
    """One honour of the leader; its rank follows from its kind."""

    kind_id = forms.TypedChoiceField(label=label_of(Honour, "kind"), coerce=int)
    granted_on = PartialDateField(label=label_of(Honour, "granted_on"), required=False)

    class Meta:
        model = Honour
        fields = ("name", "granted_by", "granted_on", "document_number")
        help_texts = {"name": _("As on the certificate; may be left empty")}

    field_order = ("kind_id", "name", "granted_by", "granted_on", "document_number")

    def __init__(self, *args, kinds=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind_id"].choices = kinds

    def clean(self):
        data = super().clean()
        self.blame("granted_on", check_not_in_future, data.get("granted_on"))
        return data


class LeaderPart(Part):
    """Section 2: the leader and the honours."""

    template = "studios/sections/leader.html"
    main_class = LeaderForm
    list_classes = {"honours": rows_of(HonourRow)}

    def main_kwargs(self):
        return {"studio": self.studio}

    def list_kwargs(self):
        return {"kinds": honour_choices()}

    def check(self):
        """Nobody is honoured before being born."""
        born = self.main.cleaned_data.get("birth_month")
        for row in self.filled("honours"):
            row.blame("granted_on", check_order, born, row.cleaned_data.get("granted_on"), BORN_BEFORE)


class MemberRow(PersonFields, RowForm):
    """One member of the team."""

    birth_month = MonthTextField(label=label_of(Person, "birth_month"), required=False)
    role = forms.ChoiceField(
        label=label_of(Member, "role"), choices=MemberRole.choices, initial=MemberRole.MEMBER
    )
    duty = forms.CharField(label=label_of(Member, "duty"), required=False, max_length=120)
    since = DayField(label=_("In the team since"), required=False)

    class Meta:
        model = Person
        fields = PERSON_FIELDS

    def identity(self):
        """Name and month of birth; None while that does not tell persons apart."""
        name, born = self.cleaned_data.get("name"), self.cleaned_data.get("birth_month")
        return (name, born) if name and born else None


class TeamPart(Part):
    """Section 3: the members; the leader is not repeated among them."""

    template = "studios/sections/team.html"
    list_classes = {"members": rows_of(MemberRow)}

    def check(self):
        """Everybody is in the team once."""
        leader = current_leader(self.studio)
        seen = {}
        if leader:
            seen[leader.person.name, leader.person.birth_month] = _(
                "This is the leader, who is counted already."
            )
        for row in self.filled("members"):
            who = row.identity()
            if who in seen:
                row.add_error("name", seen[who])
            elif who:
                seen[who] = _("This person is in the list twice.")


class ChangeLeaderForm(Styled, forms.Form):
    """Who leads the studio from a day on: a member of the team, or somebody new."""

    member = forms.TypedChoiceField(label=_("The new leader"), coerce=int, empty_value=None, required=False)
    name = forms.CharField(label=_("Name of the new person"), max_length=60, required=False)
    birth_month = birth_field()
    since = DayField(label=_("Leads the studio since"))
    old_stays = forms.BooleanField(
        label=_("The former leader stays in the team as a core member"), required=False
    )

    def __init__(self, *args, members=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [
            *[(member.pk, member.person.name) for member in members],
            ("", _("Somebody who is not in the team")),
        ]

    def clean(self):
        data = super().clean()
        data["name"] = folded(data.get("name"))
        if "member" in data and data["member"] is None and not data["name"]:
            self.add_error("name", _("Choose a member, or give the new person's name."))
        return data
