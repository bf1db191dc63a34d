"""Forms of the studio itself: registering one, its venue and signs, its equipment and systems."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import PartialDateField, Styled, dress
from studios.choices import Item, Section, StudioKind
from studios.forms.fields import NumberField, PartForm, label_of
from studios.forms.parts import Part
from studios.models import Studio
from studios.queries.contents import EQUIPMENT_FIELDS, ITEMS_OF, STUDIO_FIELDS
from studios.validators import check_not_in_future, folded


class NewStudioForm(Styled, forms.ModelForm):
    """What a studio starts with: a name, a kind, and since when there is one."""

    founded_on = PartialDateField(
        label=label_of(Studio, "founded_on"),
        help_text=_("Year and month, as in the founding paper"),
        least="month",
    )

    class Meta:
        model = Studio
        fields = ("short_name", "kind", "founded_on")

    wide = ("short_name",)

    def clean_short_name(self):
        """Names are compared without regard to full-width forms and blanks."""
        return folded(self.cleaned_data["short_name"])

    def clean_founded_on(self):
        check_not_in_future(self.cleaned_data["founded_on"])
        return self.cleaned_data["founded_on"]

    def _post_clean(self):
        """No instance is built; the service makes the row."""


class Checklist(PartForm):
    """A box and a note for each item of a checklist: fields ``code`` and ``code.note``."""

    section = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code in ITEMS_OF[self.section]:
            self._add(code, forms.BooleanField(required=False, label=Item(code).label))
            note = forms.CharField(required=False, max_length=200, label=_("Note"))
            note.widget.attrs["placeholder"] = _("Note")
            self._add(f"{code}.note", note)

    def _add(self, name, field):
        dress(field.widget)
        self.fields[name] = field

    def items(self):
        """(code, box, note) of each item, for the template."""
        return [(code, self[code], self[f"{code}.note"]) for code in ITEMS_OF[self.section]]


class VenueForm(Checklist):
    """The studio, its venue and the six signs of clause 二.3."""

    section = Section.STUDIO
    founded_on = PartialDateField(
        label=label_of(Studio, "founded_on"),
        help_text=_("Year and month, as in the founding paper"),
        least="month",
        required=False,
    )
    area_sqm = NumberField(
        label=label_of(Studio, "area_sqm"),
        required=False,
        max_digits=8,
        decimal_places=2,
        min_value=0.01,
        error_messages={"invalid": _("Give the area as a number of square metres, such as 60.")},
    )

    class Meta:
        model = Studio
        fields = STUDIO_FIELDS
        widgets = {"intro": forms.Textarea({"rows": 5})}

    wide = ("short_name", "official_name", "intro", "address", "area_reason")

    def __init__(self, *args, studio=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.studio = studio
        self.fields["kind"].choices = StudioKind.choices
        if studio and studio.top_tier:
            for name in ("short_name", "kind"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("The studio holds a title under this name.")

    def clean_short_name(self):
        """Unique in the unit, as the database holds it."""
        name = folded(self.cleaned_data["short_name"])
        twin = Studio.objects.filter(union=self.studio.union_id, short_name=name).exclude(pk=self.studio.pk)
        if name != self.studio.short_name and twin.exists():
            raise forms.ValidationError(
                _("Your unit already has a studio called “%(name)s”."), params={"name": name}
            )
        return name

    def clean_founded_on(self):
        check_not_in_future(self.cleaned_data["founded_on"])
        return self.cleaned_data["founded_on"]


class StudioPart(Part):
    """Section 1: the studio, its venue, the signs on its wall."""

    template = "studios/sections/studio.html"
    main_class = VenueForm

    def main_kwargs(self):
        return {"studio": self.studio}


class EquipmentForm(Checklist):
    """Equipment (二.4), systems, ledger and archive (二.5)."""

    section = Section.EQUIPMENT

    class Meta:
        model = Studio
        fields = EQUIPMENT_FIELDS

    wide = EQUIPMENT_FIELDS

    def items_of(self, group):
        return [item for item in self.items() if item[0].startswith(f"{group}.")]

    def equipment(self):
        """The items of clause 二.4."""
        return self.items_of("equipment")

    def systems(self):
        """The items of clause 二.5."""
        return self.items_of("system")


class EquipmentPart(Part):
    """Section 4: equipment, systems, ledger and archive."""

    template = "studios/sections/equipment.html"
    main_class = EquipmentForm
