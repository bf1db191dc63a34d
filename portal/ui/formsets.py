"""Form sets drawn as cards whose rows can be added and removed with or without JavaScript."""

import re
import uuid

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME, TOTAL_FORM_COUNT
from django.forms.utils import ErrorDict

ROW_KEY = "row_key"


class RowKeyField(forms.CharField):
    """Names a row for the browser; never a reason to think that an empty row was filled in."""

    def __init__(self, **kwargs):
        super().__init__(
            required=False, max_length=36, widget=forms.HiddenInput({"data-row-key-input": True}), **kwargs
        )

    def has_changed(self, initial, data):
        return False


class Rows:
    """Mixin, first among the bases of a form set class.

    A submit button named ``add-<prefix>`` asks for one more empty row, ``remove-<prefix>-<n>`` marks
    row n as deleted; the view then shows the page again when ``edited`` is true instead of going on.
    Each row carries a hidden ``row_key``: made by the browser or here for a new row, so that a save
    that is sent twice makes one row. The server answers an autosave with {row_key: id}.
    """

    def __init__(self, data=None, *args, **kwargs):
        self.edited = False
        prefix = kwargs.get("prefix") or self.get_default_prefix()
        super().__init__(self._apply_buttons(data, prefix), *args, **kwargs)

    def _apply_buttons(self, data, prefix):
        if data is None:
            return None
        removed = [
            m[1] for name in data if (m := re.fullmatch(rf"remove-{re.escape(prefix)}-(\d{{1,4}})", name))
        ]
        if f"add-{prefix}" not in data and not removed:
            return data
        self.edited = True
        data = data.copy()
        total = f"{prefix}-{TOTAL_FORM_COUNT}"
        if f"add-{prefix}" in data and data.get(total, "").isdigit():
            data[total] = str(int(data[total]) + 1)
        for number in removed:
            data[f"{prefix}-{number}-{DELETION_FIELD_NAME}"] = "on"
        return data

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields[ROW_KEY] = RowKeyField(initial=row_key_of(form))

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        if self.edited:
            # Asking for one more row is not handing in: nothing is complained about yet.
            form._errors, form.cleaned_data = ErrorDict(), {}
        return form

    def is_valid(self):
        return not self.edited and super().is_valid()

    @property
    def live_forms(self):
        """Rows to draw: all but those marked as deleted."""
        return [form for form in self.forms if not self._marked(form)]

    @property
    def gone_forms(self):
        """Rows marked as deleted: their hidden fields stay in the page so that the mark is sent again."""
        return [form for form in self.forms if self._marked(form)]

    def _marked(self, form):
        return bool(
            form.is_bound and DELETION_FIELD_NAME in form.fields and form[DELETION_FIELD_NAME].value()
        )


def row_key_of(form):
    """A saved row is known by its number, a new one by a fresh key."""
    pk = getattr(getattr(form, "instance", None), "pk", None) or form.initial.get("id")
    return f"id-{pk}" if pk else str(uuid.uuid4())
