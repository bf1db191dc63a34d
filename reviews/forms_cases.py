"""What people type where a title may be lost: opening a case, its steps, what came back, an annulment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Styled
from reviews.choices import RevocationAction, RevocationState
from reviews.forms import CaseForm
from reviews.models import Revocation
from reviews.models.revocation import CAUSES
from studios.forms.fields import DayField

GROUNDS_LENGTH = 2000


class SeveralFiles(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class RevocationForm(CaseForm):
    """One step of a revocation. ``files`` come with the answer; the view takes them in."""

    files = forms.FileField(
        label=_("Proof"),
        required=False,
        widget=SeveralFiles({"multiple": True}),
        help_text=_("Photos or PDF files, several at once; they are kept even if something else is missing."),
    )
    mend_until = DayField(
        label=_("Last day to mend and answer"),
        required=False,
    )
    is_mended = forms.ChoiceField(
        label=_("Mended?"),
        required=False,
        choices=[("yes", _("mended")), ("no", _("not mended"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it was mended.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mend_until"].error_messages["required"] = _("Give the last day.")
        if RevocationAction.ANSWER in self.offered:
            self.fields["reason"].label = _("What was done")
            self.fields["reason"].widget.attrs["rows"] = 6

    @property
    def asked_fields(self):
        """The files are sent with the answer."""
        found = super().asked_fields
        if RevocationAction.ANSWER in self.offered:
            found.append(("needs_reason", self["files"]))
        return found

    def values(self):
        """Files go their own way."""
        return {name: value for name, value in super().values().items() if name != "files"}


class AnnulmentForm(CaseForm):
    """One step of an annulment."""


class OpenCaseForm(Styled, forms.Form):
    """A case about a title that was chosen."""

    cause = forms.ChoiceField(
        label=_("Cause"),
        choices=[("", _("Choose")), *CAUSES],
        error_messages={"required": _("Choose a cause.")},
    )
    grounds = forms.CharField(
        label=_("Grounds"),
        required=False,
        max_length=GROUNDS_LENGTH,
        widget=forms.Textarea({"rows": 5, "maxlength": GROUNDS_LENGTH}),
        help_text=_("What was found, when and by whom. What the register says is added by itself."),
    )

    def clean(self):
        """A case without the clock and without an assessment rests on its grounds."""
        data = super().clean()
        itself = {"no_result_3y", "no_result_1y", "failed_assessment"}
        if data.get("cause") and data["cause"] not in itself and not data.get("grounds", "").strip():
            self.add_error("grounds", _("Say what was found: this cause rests on nothing in the register."))
        return data


class ProposeAnnulmentForm(Styled, forms.Form):
    """Why a whole decision is to be annulled."""

    grounds = forms.CharField(
        label=_("Grounds"),
        max_length=GROUNDS_LENGTH,
        widget=forms.Textarea({"rows": 5, "maxlength": GROUNDS_LENGTH}),
        error_messages={"required": _("Give the reason.")},
    )


class ReturnForm(Styled, forms.Form):
    """That a plaque or paper came back."""

    returned_on = DayField(
        label=_("Came back on"), error_messages={"required": _("Give the day on which it came back.")}
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=200)


class CaseFilterForm(Styled, forms.Form):
    """The filters of the list of cases."""

    q = forms.CharField(label=_("Search for"), required=False, max_length=60)
    state = forms.ChoiceField(label=_("State"), required=False)
    cause = forms.ChoiceField(label=_("Cause"), required=False)
    county = forms.TypedChoiceField(label=_("County"), required=False, coerce=int, empty_value=0)
    overdue = forms.BooleanField(label=_("only what is overdue"), required=False)

    def __init__(self, *args, counties=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = _("Studio or unit")
        self.fields["state"].choices = [
            ("", _("All states")),
            ("open", _("all that are open")),
            *RevocationState.choices,
        ]
        self.fields["cause"].choices = [("", _("All causes")), *Revocation._meta.get_field("cause").choices]
        self.fields["county"].choices = [("", _("All counties")), *counties]
        if not counties:
            del self.fields["county"]
