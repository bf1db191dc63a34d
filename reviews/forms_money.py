"""What people type about money: amounts in yuan, schemes, payments, expenses, filters."""

from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Styled, dress
from reviews.amounts import NotAnAmount, doubts_of_yuan, read_yuan, yuan
from reviews.choices import ExpenseUse, SubsidyKind, SubsidyState
from reviews.forms import CaseForm
from studios.forms.fields import DayField, NumberField, YearField
from studios.models import NamingLevel

INSTALMENTS = 4  # the most that a scheme is paid in
LONG = 2000


class YuanField(forms.CharField):
    """An amount in yuan; takes 1,234.50, １２３４.5 or ¥1 234 元 and explains what is wrong with others."""

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "widget", forms.TextInput({"inputmode": "decimal", "maxlength": 40, "autocomplete": "off"})
        )
        kwargs.setdefault("help_text", _("In yuan, such as 12,345.60"))
        super().__init__(**kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        try:
            return read_yuan(text)
        except NotAnAmount as problem:
            raise forms.ValidationError(str(problem), code="amount") from None

    def prepare_value(self, value):
        return yuan(value) if isinstance(value, Decimal) else value


class PlainForm(Styled, forms.Form):
    """A form that acts once; ``form_key`` is in the template."""


class DoubtingForm(PlainForm):
    """Asks once more about an amount that was probably meant in units of 10,000 yuan."""

    sure = forms.BooleanField(label=_("The amount is meant in yuan"), required=False)

    def clean(self):
        data = super().clean()
        doubts = doubts_of_yuan(data.get("amount"))
        if doubts and not data.get("sure"):
            self.add_error("amount", doubts[0])
            self.add_error("sure", _("Please correct the amount, or tick here."))
        return data

    @property
    def asks_whether_sure(self):
        """Whether the box belongs on the page."""
        return "sure" in self.errors or bool(self.data.get("sure"))


class OfOffice(DoubtingForm):
    """Something that an office sets; which one is asked only of people who hold a role at several."""

    union = forms.TypedChoiceField(label=_("Union"), coerce=int)

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.offices = {office.pk: office for office in offices}
        self.fields["union"].choices = [(pk, office.name) for pk, office in self.offices.items()]
        if len(self.offices) == 1:
            self.fields["union"].widget = forms.HiddenInput()
            self.fields["union"].initial = next(iter(self.offices))

    @property
    def office(self):
        """The union chosen."""
        return self.offices[self.cleaned_data["union"]]


def _plausible_year(year):
    this = timezone.localdate().year
    if year is not None and not 2000 <= year <= this + 2:
        raise forms.ValidationError(
            _("The year must lie between 2000 and %(last)d; this says %(year)d."),
            params={"last": this + 2, "year": year},
        )


class BudgetForm(OfOffice):
    """The budget of a year."""

    year = YearField(label=_("Year"), validators=[_plausible_year])
    amount = YuanField(label=_("Budget (yuan)"))


class BudgetChangeForm(DoubtingForm):
    """Another amount for a budget."""

    amount = YuanField(label=_("New budget (yuan)"))


class SchemeForm(OfOffice):
    """A scheme with up to four instalments; one with 100 % where nothing else is said."""

    wide = ("title", "title_en", "conditions")
    year = YearField(label=_("Year"), validators=[_plausible_year])
    level = forms.TypedChoiceField(label=_("Level of the title"), coerce=int)
    kind = forms.ChoiceField(label=_("Kind of subsidy"), choices=SubsidyKind.choices)
    title = forms.CharField(label=_("Name of the scheme"), max_length=120)
    title_en = forms.CharField(label=_("English name"), max_length=160, required=False)
    amount = YuanField(label=_("Amount for each studio (yuan)"))
    conditions = forms.CharField(
        label=_("Conditions, permitted and forbidden uses"),
        max_length=LONG,
        widget=forms.Textarea({"rows": 6, "maxlength": LONG}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        levels = NamingLevel.objects.order_by("-order")
        self.fields["level"].choices = [(level.pk, level.label) for level in levels]
        for number in range(1, INSTALMENTS + 1):
            self.fields[f"percent_{number}"] = NumberField(
                label=_("Share (%)"),
                required=False,
                min_value=Decimal("0.01"),
                max_value=100,
                max_digits=5,
                decimal_places=2,
            )
            self.fields[f"condition_{number}"] = forms.CharField(
                label=_("When it is paid"), required=False, max_length=160
            )
            dress(self.fields[f"percent_{number}"].widget)
            dress(self.fields[f"condition_{number}"].widget)

    def instalment_fields(self):
        """(number, share, condition) of each line, for the template."""
        lines = range(1, INSTALMENTS + 1)
        return [(n, self[f"percent_{n}"], self[f"condition_{n}"]) for n in lines]

    def instalments(self):
        """(share, condition) pairs of the lines that were filled in."""
        lines = range(1, INSTALMENTS + 1)
        pairs = [
            (self.cleaned_data.get(f"percent_{n}"), self.cleaned_data.get(f"condition_{n}")) for n in lines
        ]
        return [(percent, condition or "") for percent, condition in pairs if percent]

    def scheme_fields(self):
        """What goes into the scheme itself."""
        names = ("year", "kind", "title", "title_en", "amount", "conditions")
        return {**{name: self.cleaned_data[name] for name in names}, "level_id": self.cleaned_data["level"]}

    def clean(self):
        data = super().clean()
        for number in range(1, INSTALMENTS + 1):
            share = f"percent_{number}"
            if data.get(f"condition_{number}") and not data.get(share) and share not in self.errors:
                self.add_error(share, _("Give the share of this instalment as well."))
        total = sum((percent for percent, _condition in self.instalments()), Decimal(0))
        if total != 100 and not any(name.startswith("percent") for name in self.errors):
            self.add_error(
                "percent_1",
                forms.ValidationError(
                    _("The shares make %(total)s %%; they have to make exactly 100 %%."),
                    params={"total": f"{total.normalize():f}"},
                ),
            )
        return data


class PaymentForm(PlainForm):
    """One transfer to the unit's union. ``parts``: ``queries_money.instalments_of``."""

    instalment = forms.TypedChoiceField(label=_("Instalment"), coerce=int, widget=forms.RadioSelect)
    is_met = forms.BooleanField(label=_("The condition of this instalment is met"), required=False)
    amount = YuanField(label=_("Amount (yuan)"))
    paid_on = DayField(label=_("Paid on"))
    voucher = forms.CharField(label=_("Voucher number"), max_length=60)

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.parts = {part["instalment"].pk: part for part in parts}
        open_parts = [part for part in parts if part["left"] > 0]
        field = self.fields["instalment"]
        field.choices = [(part["instalment"].pk, self.label_of(part)) for part in open_parts]
        field.choice_hints = {str(part["instalment"].pk): part["instalment"].condition for part in open_parts}
        if open_parts:
            field.initial = open_parts[0]["instalment"].pk
            self.fields["amount"].initial = open_parts[0]["left"]
        self.fields["paid_on"].initial = timezone.localdate()
        if not any(part["instalment"].condition for part in open_parts):
            del self.fields["is_met"]

    @staticmethod
    def label_of(part):
        """1: 60 %, 6,000.00 to be paid"""
        return _("Instalment %(order)s (%(percent)s %%): %(left)s yuan to be paid") % {
            "order": part["instalment"].order,
            "percent": f"{part['instalment'].percent.normalize():f}",
            "left": yuan(part["left"]),
        }

    def clean(self):
        data = super().clean()
        part = self.parts.get(data.get("instalment"))
        if part and part["instalment"].condition and not data.get("is_met"):
            self.add_error(
                "is_met",
                forms.ValidationError(
                    _("This is paid on the condition: %(condition)s. Tick here if it is met."),
                    params={"condition": part["instalment"].condition},
                ),
            )
        return data


class ReverseForm(PlainForm):
    """Why a payment is taken back in the accounts."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 3}))
    on = DayField(label=_("Reversed on"))
    voucher = forms.CharField(label=_("Voucher number"), max_length=60)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class RepaymentForm(PlainForm):
    """Money that came back."""

    amount = YuanField(label=_("Amount (yuan)"))
    received_on = DayField(label=_("Received on"))
    voucher = forms.CharField(label=_("Voucher number"), max_length=60)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = timezone.localdate()


class ExpenseForm(PlainForm):
    """What the unit spent a part on."""

    use = forms.ChoiceField(label=_("Used for"), choices=[("", "—"), *ExpenseUse.choices])
    what = forms.CharField(label=_("What for"), max_length=160)
    amount = YuanField(label=_("Amount (yuan)"))
    spent_on = DayField(label=_("Spent on"))
    invoice = forms.FileField(
        label=_("Invoice"), help_text=_("Photos (JPEG, PNG, WebP) and PDF, at most 20 MB each")
    )


class SubsidyActForm(CaseForm):
    """One step of a subsidy."""

    use_report = forms.CharField(
        label=_("Report on the use"),
        required=False,
        max_length=LONG,
        widget=forms.Textarea({"rows": 6, "maxlength": LONG}),
        help_text=_("What the money was spent on, and what came of it."),
    )


class SignForm(PlainForm):
    """Several subsidies granted together, under one document."""

    document_on = DayField(label=_("Date of the document"))
    expected_number = forms.IntegerField(required=False, widget=forms.HiddenInput)


class SubsidyFilterForm(PlainForm):
    """The filters of the list. Without counties for those who see one only."""

    q = forms.CharField(label=_("Search for"), required=False, max_length=60)
    year = YearField(label=_("Year"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All states")), *SubsidyState.choices, ("to_recover", _("to be demanded back"))],
    )
    county = forms.TypedChoiceField(label=_("County"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args, counties=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = _("Studio or unit")
        self.fields["county"].choices = [("", _("All counties")), *counties]
        if not counties:
            del self.fields["county"]

    @property
    def asked(self):
        """The filters that can be understood."""
        self.is_valid()
        found = {name: value for name, value in self.cleaned_data.items() if value}
        return {**found, "q": found["q"].replace("\x00", "")} if "q" in found else found
