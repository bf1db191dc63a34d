"""The filter above the list of studios."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Styled
from studios.choices import StudioKind
from studios.forms.fields import label_of
from studios.models import Studio


class StudioFilter(Styled, forms.Form):
    """Narrows the list; whatever makes no sense narrows nothing."""

    q = forms.CharField(label=_("Name, leader or unit"), required=False, max_length=60)
    level = forms.TypedChoiceField(label=_("Highest title"), coerce=int, empty_value=None, required=False)
    kind = forms.ChoiceField(
        label=label_of(Studio, "kind"), choices=[("", _("All kinds")), *StudioKind.choices], required=False
    )
    union = forms.TypedChoiceField(label=_("Union"), coerce=int, empty_value=None, required=False)

    def __init__(self, data, *, levels, unions):
        super().__init__(data or {})
        self.fields["level"].choices = [("", _("All levels")), (0, _("no title yet")), *levels.items()]
        self.fields["union"].choices = [("", _("All unions")), *[(union.pk, union.name) for union in unions]]
        if not unions:
            del self.fields["union"]

    def values(self):
        """What was chosen, as ``queries.lists.matching`` takes it."""
        self.full_clean()
        clean = self.cleaned_data
        return {
            "text": clean.get("q", ""),
            "level": clean.get("level"),
            "kind": clean.get("kind", ""),
            "union": clean.get("union"),
        }

    @property
    def is_used(self):
        """Whether anything narrows the list."""
        return any(value not in (None, "") for value in self.values().values())
