"""One part of the form as a whole: its main form and its lists, what to save, and what to say about it."""

from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import QueryDict

from studios.queries.contents import Content
from studios.services.parts import Row
from studios.services.sections import Sent
from studios.validators import whole

NOT_TYPED = frozenset(["csrfmiddlewaretoken", "version", "page", "typed_by", "typed_on", "then"])
NOT_VALUES = frozenset(["id", "row_key", "DELETE"])


def as_query(typed):
    """``{name: [values]}`` as the data of a form."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, [str(value) for value in values])
    return data


class Part:
    """The forms of one part, filled from ``content`` or bound to ``data``.

    A subclass names its ``main_class`` (or none) and its ``list_classes``: {name: form set class}.
    """

    template = ""
    main_class = None
    list_classes = {}

    def __init__(self, studio, content=None, data=None):
        self.studio = studio
        self.content = content or Content()
        self.data = data
        self._checked = False
        self.main = None
        if self.main_class:
            self.main = self.main_class(data, initial=self.content.values, **self.main_kwargs())
        kwargs = self.list_kwargs()
        self.lists = {name: self._list(name, rows, kwargs) for name, rows in self.list_classes.items()}

    def _list(self, name, list_class, kwargs):
        if self.data is None:
            return list_class(initial=self.content.rows.get(name), prefix=name, form_kwargs=kwargs)
        data, total = self.data, f"{name}-{TOTAL_FORM_COUNT}"
        if total not in data:
            data = data.copy()
            data.update({total: "0", f"{name}-{INITIAL_FORM_COUNT}": "0"})
        # No initial: rows are known by their ids, never by their place, where another person's may stand now.
        return list_class(data, prefix=name, form_kwargs=kwargs)

    def main_kwargs(self):
        """What the main form takes besides data."""
        return {}

    def list_kwargs(self):
        """What every row takes besides data."""
        return {}

    def check(self):
        """Rules across the forms of the part; complaints go to their fields."""

    @property
    def edited(self):
        """Whether a button without JavaScript asked for a row more or less, and nothing is to be saved."""
        return any(rows.edited for rows in self.lists.values())

    def forms(self):
        """Every form that counts: the main one and the rows that are not being removed."""
        main = [self.main] if self.main else []
        return main + [row for rows in self.lists.values() for row in rows.live_forms]

    def filled(self, name):
        """The rows of a list that are stored, or that somebody wrote something into."""
        return [row for row in self.lists[name].live_forms if row.has_changed()]

    def clean(self):
        """Check everything once."""
        if self._checked or self.data is None:
            return
        self._checked = True
        for form in self.forms():
            form.errors  # noqa: B018 - asking cleans it
        if not self.edited:
            self.check()

    def errors(self, *, unfinished=True):
        """{html name: sentences}; without ``unfinished`` leave out what is merely still empty."""
        self.clean()
        found = {}
        for form in self.forms():
            for name, problems in form.errors.as_data().items():
                wanted = [p for p in problems if unfinished or p.code != "required"]
                if wanted:
                    sentences = [message for problem in wanted for message in problem.messages]
                    found[form.add_prefix(name) if name != "__all__" else form.prefix or ""] = sentences
        return found

    def is_right(self):
        """Whether all of it can be taken."""
        return not self.errors()

    def unfinished(self):
        """[(id of the control, label)] of what is still empty and keeps its row from being counted."""
        self.clean()
        return [
            (form[name].id_for_label, form[name].label)
            for form in self.forms()
            for name, problems in form.errors.as_data().items()
            if name != "__all__" and any(problem.code == "required" for problem in problems)
        ]

    def sent(self):
        """What the services are to save."""
        values = dict(self.main.cleaned_data) if self.main and not self.errors().get("") else {}
        rows = {name: [*self._rows(name)] for name in self.lists}
        keep = bool(self.errors()) and not self.is_blank()
        return Sent(values, rows, self.typed() if keep else None)

    def is_blank(self):
        """Whether nothing was written into it at all."""
        main = self.main is not None and self.main.has_changed()
        return not main and not any(self.filled(name) for name in self.lists)

    def _rows(self, name):
        self.clean()
        for row in self.filled(name):
            cleaned = row.cleaned_data
            values = {key: value for key, value in cleaned.items() if key not in NOT_VALUES}
            key = cleaned.get("row_key") or row.prefix
            yield Row(key, cleaned.get("id"), None if row.errors else values)
        for row in self.lists[name].gone_forms:
            yield Row(row["row_key"].value() or row.prefix, whole(row["id"].value()), None, True)

    def typed(self):
        """Everything as it was typed, for the next time the page is opened."""
        return {
            name: [value.replace("\x00", "") for value in values]
            for name, values in self.data.lists()
            if name not in NOT_TYPED and not name.startswith(("add-", "remove-"))
        }

    def doubts(self):
        """[(id of the control, label, sentence)] of what deserves a second look."""
        self.clean()
        return [
            (form[name].id_for_label, form[name].label, sentence)
            for form in self.forms()
            for name, sentence in form.doubts()
        ]
