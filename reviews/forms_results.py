"""What people type on the pages about results: the filters of the list, a decision."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Styled
from reviews.forms import CaseForm

EARLIEST = 2000
MOST_LETTERS = 60


class ResultFilterForm(Styled, forms.Form):
    """The filters of the list beside its state. ``words``: ``queries_results.filter_words()``."""

    q = forms.CharField(label=_("Search for"), required=False, max_length=MOST_LETTERS)
    kind = forms.TypedChoiceField(label=_("Kind of achievement"), required=False, coerce=int)
    county = forms.TypedChoiceField(label=_("County"), required=False, coerce=int)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int)

    def __init__(self, *args, words, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = _("Studio, unit, title or number")
        self.fields["kind"].choices = [("", _("All kinds")), *words["kind"]]
        self.fields["county"].choices = [("", _("All counties")), *words["county"]]
        years = range(timezone.localdate().year, EARLIEST - 1, -1)
        self.fields["year"].choices = [("", _("All years")), *((year, str(year)) for year in years)]
        if not words["county"]:
            del self.fields["county"]

    @property
    def wanted(self):
        """What was understood; a field that was not is left out."""
        self.is_valid()
        return self.cleaned_data

    @property
    def in_use(self):
        """Whether anything is filtered."""
        return any(self.wanted.values())


class ResultForm(CaseForm):
    """A step about a result; ``facts`` is the mark of what the page showed (``queries_results.mark_of``)."""

    facts = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    @property
    def asked_fields(self):
        """The mark goes with every step."""
        return [("facts", self["facts"])]
