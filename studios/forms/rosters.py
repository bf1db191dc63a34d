"""Forms of rosters: which file comes in, which roster goes out."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Styled
from studios.models import NamingLevel, Union
from studios.queries.rosters import unions_of

ACCEPT = ".xlsx,.xls,.csv"
TODAY, YEAR_END, STATISTICS, OTHER = "today", "year_end", "statistics", "other"
STATISTICS_YEAR_ENDS = (9, 30)  # month and day


def year_end(today):
    """The last day of the year before."""
    return date(today.year - 1, 12, 31)


def statistics_end(today):
    """The latest last day of a year of statistics, today included."""
    end = date(today.year, *STATISTICS_YEAR_ENDS)
    return end if end <= today else date(today.year - 1, *STATISTICS_YEAR_ENDS)


class UnionChoice(forms.ModelChoiceField):
    """A union by its name."""

    def label_from_instance(self, obj):
        return obj.name


class ImportForm(Styled, forms.Form):
    """A file, and where one may import for several unions, for which; ``only_union`` is it otherwise."""

    file = forms.FileField(
        label=_("Roster"),
        allow_empty_file=True,  # what is wrong with an empty file is said where files are checked
        error_messages={"required": _("Choose the file of the roster first.")},
        widget=forms.FileInput({"accept": ACCEPT}),
    )
    union = UnionChoice(
        queryset=Union.objects.none(),
        label=_("The roster is for"),
        empty_label=None,
        help_text=_("Only studios of this union and of those below it are touched."),
    )

    def __init__(self, *args, user, perm, **kwargs):
        super().__init__(*args, **kwargs)
        held = unions_of(user, perm)
        self.only_union = held[0] if len(held) == 1 else None
        if self.only_union:
            del self.fields["union"]
        else:
            self.fields["union"].queryset = Union.objects.filter(pk__in=[union.pk for union in held])

    def clean(self):
        """The only union stands where none was asked for."""
        cleaned = super().clean()
        if self.only_union:
            cleaned["union"] = self.only_union
        return cleaned


class ExportForm(Styled, forms.Form):
    """Which roster, on which day, with or without personal data."""

    union = UnionChoice(queryset=Union.objects.none(), label=_("Roster of"), empty_label=None)
    level = forms.ModelChoiceField(
        queryset=NamingLevel.objects.none(),
        label=_("Level"),
        required=False,
        empty_label=_("All levels"),
    )
    day = forms.ChoiceField(label=_("As it stood on"), widget=forms.RadioSelect, initial=TODAY)
    as_of = forms.DateField(
        label=_("Another day"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Give the day as in 2025-09-30.")},
    )
    personal = forms.BooleanField(label=_("With telephone numbers and other personal data"), required=False)
    reason = forms.CharField(
        label=_("What the personal data is needed for"),
        max_length=300,
        required=False,
        help_text=_("Needed with personal data only. Your name, the time and this reason go on record."),
    )

    def __init__(self, *args, unions, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.days = {TODAY: today, YEAR_END: year_end(today), STATISTICS: statistics_end(today)}
        words = {
            TODAY: _("Today (%(day)s)"),
            YEAR_END: _("End of last year (%(day)s)"),
            STATISTICS: _("End of the year of statistics (%(day)s)"),
        }
        self.fields["day"].choices = [
            *((name, words[name] % {"day": day.isoformat()}) for name, day in self.days.items()),
            (OTHER, _("Another day")),
        ]
        self.fields["union"].queryset = unions
        self.fields["level"].queryset = NamingLevel.objects.order_by("order", "pk")

    def clean(self):
        """``as_of`` is the day meant; a reason goes with personal data, and only with it."""
        cleaned = super().clean()
        day = cleaned.get("day")
        if day in self.days:
            cleaned["as_of"] = self.days[day]
        elif day == OTHER and not cleaned.get("as_of") and "as_of" not in self.errors:
            self.add_error("as_of", _("Say which day, or choose one of those above."))
        elif cleaned.get("as_of") and cleaned["as_of"] > timezone.localdate():
            self.add_error("as_of", _("This day has not come yet: what holds then is not known."))
        if cleaned.get("personal") and not (cleaned.get("reason") or "").strip():
            self.add_error("reason", _("Say what the personal data is needed for, or leave it out."))
        elif not cleaned.get("personal"):
            cleaned["reason"] = ""
        return cleaned
