"""The data of a unit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Styled
from studios.models import Unit
from studios.numbers import normalise_uscc
from studios.validators import doubts_of_credit_code, folded


class UnitForm(Styled, forms.ModelForm):
    """What the unit's own people may change; its place in the tree is the union's affair."""

    class Meta:
        model = Unit
        fields = (
            "name",
            "credit_code",
            "union_credit_code",
            "ownership",
            "industry",
            "address",
            "contact_name",
            "contact_phone",
        )

    wide = ("name", "address")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("ownership", "industry"):
            self.fields[name].required = False
        for name in ("credit_code", "union_credit_code"):
            self.fields[name].max_length = None
            self.fields[name].validators = []
            self.fields[name].widget.attrs.pop("maxlength", None)

    def clean_name(self):
        return folded(self.cleaned_data["name"])

    def clean_credit_code(self):
        """Unique in the portal; everything else about it is only a doubt."""
        code = self._plain_code("credit_code")
        twin = Unit.objects.filter(credit_code=code).exclude(pk=self.instance.pk)
        if code and twin.exists():
            raise forms.ValidationError(_("Another unit in this portal has this credit code already."))
        return code

    def clean_union_credit_code(self):
        return self._plain_code("union_credit_code")

    def _plain_code(self, name):
        code = normalise_uscc(self.cleaned_data[name])
        if len(code) > 18:
            raise forms.ValidationError(
                _("A credit code has 18 characters; this has %(length)d."), params={"length": len(code)}
            )
        return code

    def _post_clean(self):
        """No instance is changed here; the service writes what is right."""

    def values(self):
        """The clean values by column."""
        return {
            f"{k}_id" if k in {"ownership", "industry"} else k: getattr(v, "pk", v)
            for k, v in self.cleaned_data.items()
        }


def doubts_of_unit(unit):
    """[(id of the control, label, sentence)] about the codes as they are stored."""
    return [
        (f"id_{name}", unit._meta.get_field(name).verbose_name, sentence)
        for name, of_union in (("credit_code", False), ("union_credit_code", True))
        for sentence in doubts_of_credit_code(getattr(unit, name), of_union=of_union)
    ]
