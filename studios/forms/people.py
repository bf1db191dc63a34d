"""Forms about people in roles and about one's own account."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.ui.forms import Styled
from studios.choices import Role
from studios.permissions import ROLES_AT
from studios.phone_numbers import clean_mobile

ROLE_HINTS = {
    Role.UNIT_CLERK: _("Registers the studios, keeps their ledgers and fills in the applications."),
    Role.UNIT_CHAIR: _("Checks what the clerk has filled in, sends it up, and names studios in the unit."),
    Role.COUNTY_REVIEWER: _("Checks applications clause by clause and proposes what to decide."),
    Role.COUNTY_APPROVER: _("Is the second person: confirms or sends back what the reviewer proposes."),
    Role.CITY_REVIEWER: _("Checks applications clause by clause and proposes what to decide."),
    Role.CITY_APPROVER: _("Is the second person: confirms or sends back what the reviewer proposes."),
    Role.ROSTER_ADMIN: _("Takes rosters out and old rosters in; decides nothing."),
    Role.AUDITOR: _("Reads everything with the record of acts; changes nothing."),
    Role.SYSTEM_ADMIN: _("Looks after accounts and unions; decides nothing in a review."),
}


class NewcomerForm(Styled, forms.Form):
    """Who is invited: name, mobile number, e-mail where there is one."""

    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("The real name: it signs decisions."))
    phone = forms.CharField(
        label=_("Mobile phone"), max_length=30, help_text=_("It becomes the user name, where it is free.")
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("The invitation goes there; may be left empty.")
    )
    known_phone = forms.BooleanField(
        label=_("It is another person, or needs a second account"), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.phone_is_known = False
        for name, kind in {"name": "name", "phone": "tel", "email": "email"}.items():
            self.fields[name].widget.attrs["autocomplete"] = "off"
            self.fields[name].widget.input_type = "text" if kind == "name" else kind

    def clean_phone(self):
        """Digits only."""
        return clean_mobile(self.cleaned_data["phone"])

    def clean(self):
        """A number that an account has already is asked about once."""
        cleaned = super().clean()
        phone = cleaned.get("phone")
        self.phone_is_known = bool(phone) and User.objects.filter(phone=phone).exists()
        if self.phone_is_known and not cleaned.get("known_phone"):
            self.add_error(
                "phone",
                _("An account with this number exists. Compare the number; if it is right, tick below."),
            )
        return cleaned


class InviteForm(NewcomerForm):
    """A newcomer and the role at a given union."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    field_order = ("role", "name", "phone", "email", "known_phone")

    def __init__(self, *args, union, **kwargs):
        super().__init__(*args, **kwargs)
        roles = ROLES_AT.get(union.tier, ())
        self.fields["role"].choices = [(role.value, role.label) for role in roles]
        self.fields["role"].choice_hints = {role.value: ROLE_HINTS[role] for role in roles}


class ReplaceForm(NewcomerForm):
    """Who takes over, and why the other leaves."""

    reason = forms.CharField(
        label=_("Why the role changes hands"),
        max_length=200,
        help_text=_("For the record; may be left empty."),
        required=False,
    )
    field_order = ("name", "phone", "email", "known_phone", "reason")


class DismissForm(Styled, forms.Form):
    """Why an appointment ends."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("For the record."))


class AccountForm(Styled, forms.ModelForm):
    """One's own name, telephone, e-mail and language."""

    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("As the browser was set")), *settings.LANGUAGES], required=False
    )

    class Meta:
        model = User
        fields = ["name", "phone", "email", "language"]
        help_texts = {
            "name": _("It signs what you decide. What you signed before keeps the name of then."),
            "email": _("Messages also go there, where the portal can send mail."),
        }

    def clean_phone(self):
        """Digits only, where one is given."""
        phone = self.cleaned_data["phone"].strip()
        return clean_mobile(phone) if phone else ""
