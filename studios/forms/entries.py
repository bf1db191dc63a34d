"""Forms of the ledger's own entries, and the one line from a phone."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from portal.ui.forms import PartialDateField, Styled
from studios.choices import ActivityKind, MentorshipOutcome, Rank, SkillLevel
from studios.forms.fields import DayField, MoneyField, NumberField, PartForm, label_of, optional
from studios.ledger.entries import KINDS
from studios.models import Activity, EquipmentItem, MediaReport, Mentorship, Reward
from studios.queries.ledger import other_apprentices
from studios.validators import check_not_in_future, check_order, doubts_of_money, folded

MOST_APPRENTICES = 5
LONGEST_TERM = 3  # years
LADDER = list(SkillLevel.values)
FIRST_YEAR, LAST_YEAR = 1950, 2099


class WholeField(forms.IntegerField):
    """A whole number, typed on a phone's number pad."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput({"inputmode": "numeric", "maxlength": 7}))
        kwargs.setdefault(
            "error_messages", {"invalid": gettext_lazy("Give a whole number in digits, such as 12.")}
        )
        super().__init__(**kwargs)


class LedgerDay(DayField):
    """A day of a year that can be meant."""

    def clean(self, value):
        day = super().clean(value)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(
                _("The year must lie between %(first)d and %(last)d; this says %(year)d."),
                params={"first": FIRST_YEAR, "last": LAST_YEAR, "year": day.year},
            )
        return day


class EntryForm(PartForm):
    """One entry; ``studio`` is where it stands, ``entry`` the stored one when it is being changed."""

    dated = ""  # the date that may not lie in the future

    def __init__(self, *args, studio, entry=None, **kwargs):
        self.studio, self.entry = studio, entry
        super().__init__(*args, **kwargs)

    def clean(self):
        data = super().clean()
        if self.dated:
            self.blame(self.dated, check_not_in_future, data.get(self.dated))
        return data

    def values(self):
        """What goes to the service."""
        return {
            name: folded(value) if isinstance(value, str) and name.endswith("_name") else value
            for name, value in self.cleaned_data.items()
        }


class ActivityForm(EntryForm):
    """A drill, a lecture, an exchange …"""

    dated = "held_on"
    wide = ("title", "kind", "note")

    kind = forms.ChoiceField(
        label=label_of(Activity, "kind"), choices=ActivityKind.choices, initial=ActivityKind.TRAINING
    )
    held_on = PartialDateField(label=label_of(Activity, "held_on"), required=False, day=True)
    sessions = WholeField(label=label_of(Activity, "sessions"), min_value=1, max_value=1000, initial=1)
    people = WholeField(label=label_of(Activity, "people"), min_value=0, max_value=1_000_000, required=False)

    class Meta:
        model = Activity
        fields = KINDS["activity"].fields


class MentorshipForm(EntryForm):
    """A master, an apprentice, their agreement and what came of it."""

    since = LedgerDay(label=label_of(Mentorship, "since"))
    until = LedgerDay(
        label=label_of(Mentorship, "until"),
        required=False,
        help_text=gettext_lazy("Usually one to three years"),
    )
    level_before = forms.ChoiceField(
        label=label_of(Mentorship, "level_before"), choices=optional(SkillLevel.choices), required=False
    )
    level_after = forms.ChoiceField(
        label=label_of(Mentorship, "level_after"), choices=optional(SkillLevel.choices), required=False
    )
    outcome = forms.ChoiceField(
        label=label_of(Mentorship, "outcome"),
        choices=MentorshipOutcome.choices,
        initial=MentorshipOutcome.RUNNING,
    )
    outcome_on = LedgerDay(
        label=label_of(Mentorship, "outcome_on"),
        required=False,
        help_text=gettext_lazy("The day of graduation, renewal or early end; empty while it runs"),
    )

    class Meta:
        model = Mentorship
        fields = KINDS["mentorship"].fields
        widgets = {
            "master_name": forms.TextInput({"list": "team-names", "autocomplete": "off"}),
            "apprentice_name": forms.TextInput({"list": "team-names", "autocomplete": "off"}),
            "goals": forms.Textarea({"rows": 3, "maxlength": 300}),
        }
        help_texts = {
            "apprentice_unit": gettext_lazy("Only when it is another one than the studio's"),
        }

    wide = ("goals",)

    def clean(self):
        data = super().clean()
        master, apprentice = (folded(data.get(name)) for name in ("master_name", "apprentice_name"))
        if master and master == apprentice and not data.get("apprentice_unit"):
            self.add_error("apprentice_name", _("Master and apprentice must be two persons."))
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error(
                "until",
                _("The term ends on %(until)s, before it begins on %(since)s.")
                % {"until": data["until"].isoformat(), "since": data["since"].isoformat()},
            )
        self._check_outcome(data)
        return data

    def _check_outcome(self, data):
        outcome, day = data.get("outcome"), data.get("outcome_on")
        if outcome == MentorshipOutcome.RUNNING and day:
            self.add_error(
                "outcome_on", _("A running mentorship has no day of its outcome; choose the outcome.")
            )
        elif outcome and outcome != MentorshipOutcome.RUNNING and not day and "outcome_on" not in self.errors:
            self.add_error("outcome_on", _("Give the day of the outcome."))
        self.blame("outcome_on", check_not_in_future, day)
        sentence = _("The outcome of %(later)s lies before the beginning of %(earlier)s.")
        self.blame("outcome_on", check_order, data.get("since"), day, sentence)

    def doubts(self):
        """Reference §6.5: at most five apprentices, one to three years, a level that rises."""
        return [*self._doubts_of_number(), *self._doubts_of_term(), *self._doubts_of_level()]

    def _doubts_of_number(self):
        master = folded(self.now("master_name"))
        if not master or self.now("outcome") != MentorshipOutcome.RUNNING:
            return []
        number = 1 + other_apprentices(self.studio, master, but=self.entry.pk if self.entry else None)
        if number <= MOST_APPRENTICES:
            return []
        sentence = ngettext(
            "%(name)s has %(number)d running apprentice; %(most)d are usual at most.",
            "%(name)s has %(number)d running apprentices; %(most)d are usual at most.",
            number,
        )
        return [("master_name", sentence % {"name": master, "number": number, "most": MOST_APPRENTICES})]

    def _doubts_of_term(self):
        since, until = self.now("since"), self.now("until")
        if not since or not until or until < since:
            return []
        if _years_after(since, 1) - timedelta(days=1) <= until <= _years_after(since, LONGEST_TERM):
            return []
        return [("until", _("A term of one to three years is usual; this one is outside."))]

    def _doubts_of_level(self):
        before, after = self.now("level_before"), self.now("level_after")
        if not before or not after or LADDER.index(after) >= LADDER.index(before):
            return []
        return [("level_after", _("The level after is below the level before. Were they exchanged?"))]


def _years_after(day, years):
    """The same day years later; of 29 February the first of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=3, day=1)


class EquipmentForm(EntryForm):
    """A piece of equipment."""

    dated = "acquired_on"
    wide = ("name",)

    quantity = WholeField(
        label=label_of(EquipmentItem, "quantity"), min_value=1, max_value=100_000, initial=1
    )
    value = MoneyField(label=label_of(EquipmentItem, "value"), max_digits=12, required=False)
    acquired_on = PartialDateField(label=label_of(EquipmentItem, "acquired_on"), required=False, day=True)

    class Meta:
        model = EquipmentItem
        fields = KINDS["equipment"].fields

    def doubts(self):
        return [("value", sentence) for sentence in doubts_of_money(self.now("value"))]


class MediaForm(EntryForm):
    """A report about the studio."""

    dated = "published_on"
    wide = ("title", "url")

    rank = forms.TypedChoiceField(
        label=label_of(MediaReport, "rank"),
        choices=optional(Rank.choices),
        coerce=int,
        empty_value=None,
        required=False,
    )
    published_on = PartialDateField(label=label_of(MediaReport, "published_on"), required=False, day=True)
    url = forms.URLField(
        label=label_of(MediaReport, "url"),
        max_length=300,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput({"inputmode": "url", "placeholder": "https://"}),
    )

    class Meta:
        model = MediaReport
        fields = KINDS["media"].fields


class RewardForm(EntryForm):
    """What the unit paid for a result, and on what basis."""

    dated = "paid_on"
    wide = ("basis",)

    achievement_id = forms.TypedChoiceField(
        label=gettext_lazy("For which result"), coerce=int, empty_value=None, required=False
    )
    amount = NumberField(
        label=label_of(Reward, "amount"),
        max_digits=12,
        decimal_places=2,
        error_messages={"invalid": gettext_lazy("Give a number in yuan, such as 2000.")},
    )
    paid_on = LedgerDay(label=label_of(Reward, "paid_on"))

    class Meta:
        model = Reward
        fields = tuple(name for name in KINDS["reward"].fields if name != "achievement_id")
        widgets = {"basis": forms.Textarea({"rows": 2, "maxlength": 300})}

    field_order = ("name", "amount", "paid_on", "achievement_id", "basis", "document_number")

    def __init__(self, *args, results=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["achievement_id"].choices = optional(results)

    def clean_amount(self):
        amount = self.cleaned_data["amount"]
        if amount <= 0:
            raise forms.ValidationError(
                _("A reward is more than nothing; this says %(amount)s."), params={"amount": amount}
            )
        return amount


FORMS = {
    "activity": ActivityForm,
    "mentorship": MentorshipForm,
    "equipment": EquipmentForm,
    "media": MediaForm,
    "reward": RewardForm,
}


class QuickForm(Styled, forms.Form):
    """One line, what it is, and the day."""

    WHAT = (
        ("activity", pgettext_lazy("quick entry", "Activity")),
        ("result", pgettext_lazy("quick entry", "Result")),
        ("media", pgettext_lazy("quick entry", "In the media")),
    )

    line = forms.CharField(
        label=gettext_lazy("One line"),
        max_length=120,
        error_messages={"required": gettext_lazy("Write in one line what it was.")},
        widget=forms.TextInput({"autocomplete": "off", "enterkeyhint": "done"}),
    )
    what = forms.ChoiceField(
        label=gettext_lazy("What is it?"), choices=WHAT, initial="activity", widget=forms.RadioSelect
    )
    day = LedgerDay(label=gettext_lazy("When"), initial=timezone.localdate)
    activity_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of activity"),
        choices=ActivityKind.choices,
        initial=ActivityKind.TRAINING,
        required=False,
    )
    result_kind = forms.TypedChoiceField(
        label=gettext_lazy("Kind of result"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args, kinds=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["result_kind"].choices = [(kind.pk, kind.label) for kind in kinds]
        self.other = next((kind.pk for kind in kinds if kind.code == "other"), None)
        self.fields["result_kind"].initial = self.other

    def clean_day(self):
        day = self.cleaned_data["day"]
        check_not_in_future(day)
        return day

    def clean_line(self):
        return folded(self.cleaned_data["line"])

    def values(self):
        """(what, line, and the keywords of ``services.ledger.enter_quickly``)."""
        data = self.cleaned_data
        kind = None
        if data["what"] == "activity":
            kind = data["activity_kind"] or ActivityKind.TRAINING
        elif data["what"] == "result":
            kind = data["result_kind"] or self.other
        return data["what"], data["line"], {"day": data["day"], "kind": kind}
