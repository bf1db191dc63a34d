"""The form with which a new unit asks for access."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Styled
from reviews.models import AccessRequest
from studios.choices import Tier, UnionKind
from studios.models import Union
from studios.numbers import CREDIT_CODE_ALPHABET, normalise_uscc, uscc_check, uscc_problem
from studios.phone_numbers import clean_mobile
from studios.validators import doubts_of_credit_code, folded

KIND_WORDS = {
    UnionKind.REGIONAL: _("Banner, county and district unions"),
    UnionKind.ZONE: _("Development zone unions"),
    UnionKind.INDUSTRIAL: _("Industrial unions"),
    UnionKind.DIRECT: _("Directly affiliated unions"),
}


class UnionChoice(forms.ModelChoiceField):
    """The unions that take requests, grouped by their kind."""

    def __init__(self, **kwargs):
        super().__init__(queryset=Union.objects.none(), **kwargs)

    def load(self):
        """Read the unions: one query for list and check together."""
        unions = Union.objects.open().filter(tier=Tier.COUNTY).order_by("code")
        self.queryset = unions
        rows = list(unions)
        groups = [
            (label, [(row.pk, name_of(row)) for row in rows if row.kind == kind])
            for kind, label in KIND_WORDS.items()
        ]
        self.choices = [("", _("Choose")), *[group for group in groups if group[1]]]


def name_of(union):
    """The union's name in the reader's language."""
    english = (get_language() or "").startswith("en") and union.name_en
    return union.name_en if english else union.name


class AccessForm(Styled, forms.ModelForm):
    """A unit's request. A credit code with a wrong check character needs a tick, and is stored as typed."""

    union = UnionChoice(
        label=_("Supervising union"), help_text=_("The union that your unit's own union belongs to.")
    )
    is_as_certified = forms.BooleanField(
        label=_("I compared it with the certificate: the code is written there exactly like this"),
        required=False,
    )
    wide = ("unit_name", "union", "note", "address", "is_as_certified")

    class Meta:
        model = AccessRequest
        fields = [
            "unit_name",
            "credit_code",
            "ownership",
            "industry",
            "address",
            "union",
            "clerk_name",
            "clerk_phone",
            "clerk_email",
            "chair_name",
            "chair_phone",
            "chair_email",
            "note",
        ]
        labels = {
            "clerk_name": _("Name"),
            "clerk_phone": _("Mobile phone"),
            "clerk_email": _("E-mail"),
            "chair_name": _("Name"),
            "chair_phone": _("Mobile phone"),
            "chair_email": _("E-mail"),
        }
        help_texts = {
            "unit_name": _("In full, as on its seal"),
            "credit_code": _("18 characters, from the unit's own certificate, not that of its union"),
            "clerk_phone": _("It becomes the user name."),
            "chair_phone": _("It becomes the user name."),
            "clerk_email": _("The invitation goes there; may be left empty."),
            "chair_email": _("The invitation goes there; may be left empty."),
            "note": _("What the supervising union should know; may be left empty."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["union"].load()
        self.code_doubts = []
        self.code_was_rewritten = False
        for name in ("ownership", "industry"):
            self.fields[name].empty_label = _("Choose")
        # Longer than stored: full-width or spaced codes are counted after they are made plain.
        self.fields["credit_code"].max_length = None
        self.fields["credit_code"].validators = []
        self.fields["credit_code"].widget.attrs.update(
            maxlength="60", autocapitalize="characters", spellcheck="false"
        )
        for name, field in self.fields.items():
            if name.endswith("_phone"):
                field.widget.input_type = "tel"

    def clean_unit_name(self):
        """Blanks and full-width letters made plain."""
        return folded(self.cleaned_data["unit_name"])

    def clean_credit_code(self):
        """Capitals without blanks, shown like that; what cannot be a code is refused with the reason."""
        typed = self.cleaned_data["credit_code"]
        code = normalise_uscc(typed)
        if code != typed:
            self.code_was_rewritten = True
            self.data = self.data.copy()
            self.data[self.add_prefix("credit_code")] = code
        problem = uscc_problem(code)
        if problem and not only_check_is_wrong(code):
            raise forms.ValidationError(problem)
        self.code_doubts = doubts_of_credit_code(code)
        return code

    def clean_clerk_phone(self):
        """Digits only."""
        return clean_mobile(self.cleaned_data["clerk_phone"])

    def clean_chair_phone(self):
        """Digits only."""
        return clean_mobile(self.cleaned_data["chair_phone"])

    def clean(self):
        """A doubtful code needs its tick; clerk and chair are two persons."""
        cleaned = super().clean()
        if self.code_doubts and not cleaned.get("is_as_certified"):
            self.add_error("is_as_certified", _("Please compare the code, then correct it or tick here."))
        if cleaned.get("clerk_phone") and cleaned.get("clerk_phone") == cleaned.get("chair_phone"):
            self.add_error(
                "chair_phone",
                _("Clerk and chair must be two people: the chair confirms what the clerk fills in."),
            )
        return cleaned

    def request_fields(self):
        """What ``services.access.ask`` takes."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


def only_check_is_wrong(code):
    """Whether a code has the right length and characters, and fails by its last one alone."""
    right_shape = len(code) == 18 and all(char in CREDIT_CODE_ALPHABET for char in code)
    return right_shape and uscc_check(code[:17]) != code[17]
