"""What people type on the review pages: the decision, a judgement, the statement, the filters of lists."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Styled
from reviews.choices import State, Verdict
from studios.choices import Section

REASON_LENGTH = 1000
REMARK_LENGTH = 500


class CaseForm(Styled, forms.Form):
    """One step of a case. Subclasses add the fields that steps of their process ask for.

    ``choices`` are the ``offering.Choice`` of the moment, ``case`` the ``cases.Case`` it belongs to.
    """

    action = forms.ChoiceField(label=_("Conclusion"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Opinion"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea({"rows": 4, "maxlength": REASON_LENGTH}),
    )
    document_on = forms.DateField(
        label=_("Date of the document"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    expected_number = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    document_missing = _("Give the date of the document.")

    def __init__(self, *args, choices=(), case=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        self.offered = {choice.action: choice for choice in choices}
        self.fields["action"].choices = [(choice.action, choice.label) for choice in choices]

    @property
    def asked_fields(self):
        """Bound fields that some step asks for, with the name by which the page's script shows them."""
        asked = {name for choice in self.offered.values() for name in choice.asks}
        return [(f"asks_{name}", self[name]) for name in self.fields if name in asked]

    def values(self):
        """What goes to the engine beside reason and document."""
        own = set(self.fields) - set(CaseForm.base_fields)
        return {name: value for name, value in self.cleaned_data.items() if name in own}

    def lines(self):
        """(label, value) of what the chosen step asked for, for the second look."""
        choice = self.offered.get(self.cleaned_data.get("action"))
        return [(self[name].label, self.shown(name)) for name in (choice.asks if choice else ())]

    def shown(self, name):
        """A value as a person reads it."""
        value = self.cleaned_data.get(name)
        words = dict(getattr(self.fields[name], "choices", None) or ())
        return words.get(value, value)

    def clean(self):
        """What the chosen step needs; the engine asks for the same again."""
        data = super().clean()
        choice = self.offered.get(data.get("action"))
        if choice is None:
            return data
        if choice.needs_reason and not data.get("reason", "").strip():
            self.add_error("reason", _("Give the reason."))
        if choice.takes_document and not data.get("document_on") and "document_on" not in self.errors:
            self.add_error("document_on", self.document_missing)
        for name in choice.asks:
            if data.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return data


class ActForm(CaseForm):
    """One decision. ``choices`` are the ``offering.Choice`` of the moment."""

    document_missing = _("Give the date of the naming document.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for section, label in Section.choices:
            self.fields[f"mend_{section}"] = forms.BooleanField(label=label, required=False)
            self.fields[f"remark_{section}"] = forms.CharField(
                label=_("What to mend in “%(section)s”") % {"section": label},
                required=False,
                max_length=REMARK_LENGTH,
                widget=forms.Textarea({"rows": 2, "maxlength": REMARK_LENGTH, "class": "textarea"}),
            )

    def remark_fields(self):
        """``(tick, text)`` of each section, for the template."""
        return [(self[f"mend_{section}"], self[f"remark_{section}"]) for section in Section.values]

    @property
    def remarks(self):
        """``(section, text)`` pairs of the sections that were named."""
        texts = [(section, self.cleaned_data.get(f"remark_{section}", "")) for section in Section.values]
        return [(section, text.strip()) for section, text in texts if text.strip()]

    def clean(self):
        """What the chosen step needs in words; the engine asks for the same again."""
        data = super().clean()
        choice = self.offered.get(data.get("action"))
        if choice is not None and choice.needs_remarks:
            self._clean_remarks(data)
        return data

    def _clean_remarks(self, data):
        for section in Section.values:
            if data.get(f"mend_{section}") and not data.get(f"remark_{section}", "").strip():
                self.add_error(f"remark_{section}", _("Say what is to be mended here."))
        if not self.remarks and not self.errors:
            self.add_error(None, _("Say at least for one section what is to be mended."))


class JudgeForm(Styled, forms.Form):
    """A reviewer's verdict on one clause; ``version`` is that of the judgement the page showed."""

    clause = forms.CharField(max_length=12, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=[("", ""), *Verdict.choices], required=False)
    note = forms.CharField(max_length=500, required=False)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class StatementForm(Styled, forms.Form):
    """Why the studio applies."""

    statement = forms.CharField(
        label=_("Why the studio applies"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 4, "maxlength": 500}),
        help_text=_("Optional: what the studio has achieved since its last title."),
    )


class FilterForm(Styled, forms.Form):
    """The filters of the queue and of the list. ``words``: ``queries.filter_words()``."""

    q = forms.CharField(label=_("Search for"), required=False, max_length=60)
    state = forms.ChoiceField(label=_("State"), required=False)
    level = forms.TypedChoiceField(label=_("Level applied for"), required=False, coerce=int)
    county = forms.TypedChoiceField(label=_("County"), required=False, coerce=int)
    industry = forms.TypedChoiceField(label=_("Industry"), required=False, coerce=int)

    def __init__(self, *args, words, states=State.choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = _("Studio, unit or number")
        self.fields["state"].choices = [("", _("All states")), *states]
        self.fields["level"].choices = [("", _("All levels")), *words["level"]]
        self.fields["industry"].choices = [("", _("All industries")), *words["industry"]]
        self.fields["county"].choices = [("", _("All counties")), *words["county"]]
        if not words["county"]:
            del self.fields["county"]

    @property
    def in_use(self):
        """Whether anything is filtered."""
        return self.is_valid() and any(self.cleaned_data.values())
