"""The page of one requested change: the desk of the case with its facts."""

from datetime import date

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.audit.models import Entry
from reviews.cases import Case
from reviews.change_words import before_rows, deciders, follows, hint_sentences, wanted_rows
from reviews.choices import ChangeAction, ChangeKind, ChangeState
from reviews.forms_changes import SettleForm
from reviews.models import Recheck
from reviews.queries_changes import for_page, hints_for
from reviews.rules.sentences import VERDICTS
from reviews.services.change_kinds import KINDS
from reviews.services.telling_changes import thing_of
from reviews.workflow.changing import tier_above
from reviews.workflow.guards import remember
from reviews.workflow.processes import CHANGES
from studios.choices import Tier
from studios.models import Evidence
from studios.permissions import REVIEW_APPLICATION, unions_where
from studios.views.shown import file_shown

A, S = ChangeAction, ChangeState
LOOKS = {
    S.IN_REVIEW: ("info", "clock"),
    S.APPROVED: ("ok", "check"),
    S.REFUSED: ("bad", "x"),
    S.WITHDRAWN: ("neutral", "back"),
}


class ChangeCase(Case):
    """A requested change before one person."""

    process = CHANGES
    template = "changes/change_detail.html"
    url_name = "change_detail"
    act_url_name = "change_act"
    hints = {
        A.ENDORSE: gettext_lazy("With your opinion it goes to %(above)s, which decides."),
        A.APPROVE: gettext_lazy("It holds from the day below, and the history is written."),
        A.REFUSE: gettext_lazy("The request is closed; the unit reads the reason and may ask again."),
        A.WITHDRAW: gettext_lazy("The request is closed. You can make a new one."),
    }
    looks = LOOKS
    action_looks = {
        A.ENDORSE: ("ok", "send"),
        A.APPROVE: ("ok", "check"),
        A.REFUSE: ("bad", "x"),
        A.WITHDRAW: ("neutral", "back"),
    }
    hidden_guards = frozenset({"below_the_last_tier", "at_the_last_tier"})

    @classmethod
    def rows(cls, user):
        """With everything that the page shows."""
        return for_page(super().rows(user), user)

    def __init__(self, subject, user):
        remember(subject, {("ties", user.pk): subject.is_tied})
        super().__init__(subject, user)

    def hint_values(self):
        """The union that it would go to."""
        change = self.subject
        if change.tier is None or change.tier >= change.last_tier:
            return {"above": ""}
        names = {Tier.COUNTY: change.county, Tier.CITY: change.city}
        return {"above": names[tier_above(change)].name}

    @property
    def entries(self):
        """The steps, with the request itself at the beginning."""
        change = self.subject
        asked = {
            "title": _("Change asked for"),
            "at": timezone.localtime(change.asked_at),
            "who": f"{change.asked_by.name} · {change.union.unit.name}",
            "kind": "now",
            "icon": "send",
            "text": change.reason,
        }
        return [*super().entries, asked]

    def page(self):
        """Facts, files, what follows, what to think about."""
        change = self.subject
        rechecks = [read_recheck(row) for row in change.rechecks_json]
        return {
            "thing": thing_of(change),
            "kind": KINDS[change.kind],
            "facts": self.facts(),
            "stage": stage_of(change),
            "follows": follows(change.kind) if change.before is None else [],
            "hints": self.thoughts(),
            "files": [file_shown(Evidence(**row)) for row in change.files_json],
            "rechecks": [self.recheck_line(row) for row in rechecks],
            "settled_by": settled_by(rechecks),
            "settle_form": SettleForm() if self.may_settle(rechecks) else None,
        }

    def facts(self):
        """(label, value) rows."""
        change = self.subject
        rows = [*before_rows(change), *wanted_rows(change)]
        rows += [
            (_("Takes effect on"), change.effective_on),
            (_("Reason"), change.reason),
            (_("Way"), deciders(KINDS[change.kind], change, change.last_tier)),
        ]
        level = "level_en" if (get_language() or "").startswith("en") else "level"
        titles = [f"{row['studio']}：{row[level]}（{row['union']}）" for row in change.titles_json]
        return [*rows, (_("Live titles"), "；".join(titles) or _("none of a county or above"))]

    def thoughts(self):
        """What whoever decides should know."""
        change = self.subject
        found = []
        if change.kind == ChangeKind.LEADER and change.before is None:
            person = change.wanted["person"]
            found = hint_sentences(hints_for(self.user, [person], studio_id=change.studio_id))
        if change.before is None and change.numbers:
            numbers = "、".join(change.numbers)
            found.append(_("Applications on their way: %(numbers)s.") % {"numbers": numbers})
        return found

    def recheck_line(self, recheck):
        """A clause to be met again, as its line is shown."""
        if recheck.settled_on:
            look = ("ok", _("Settled on %(date)s") % {"date": recheck.settled_on.isoformat()}, "check")
        elif recheck.due_on < timezone.localdate():
            look = ("bad", _("Time is over"), "alert")
        else:
            look = ("warn", _("To be met by %(date)s") % {"date": recheck.due_on.isoformat()}, "clock")
        return {"row": recheck, "look": look, "verdict": VERDICTS.get(recheck.verdict, recheck.verdict)}

    def may_settle(self, rechecks):
        """Whether the person may judge the open clauses."""
        change = self.subject
        here = {(Tier.COUNTY, change.county_id), (Tier.CITY, change.city_id)}
        if not any(row.settled_on is None for row in rechecks):
            return False
        return bool(unions_where(self.user, REVIEW_APPLICATION) & here) and not change.is_tied


def read_recheck(row):
    """A row of ``rechecks_json`` with its dates."""
    settled = row["settled_on"] and date.fromisoformat(row["settled_on"])
    return Recheck(**{**row, "due_on": date.fromisoformat(row["due_on"]), "settled_on": settled})


def stage_of(change):
    """(note kind, sentence) on whether an approved change is in effect; None before it is decided."""
    if change.state != S.APPROVED:
        return None
    day = {"date": change.effective_on.isoformat()}
    if change.before is not None:
        return "ok", _("In effect since %(date)s.") % day
    if change.effective_on > timezone.localdate():
        return "info", _("Approved; it takes effect by itself on %(date)s.") % day
    return "warn", _("Approved for %(date)s, but not in effect yet. The portal tries every day.") % day


def settled_by(rechecks):
    """{recheck id: sentence} of those that a person settled, from the record."""
    ids = [row.pk for row in rechecks if row.settled_on]
    if not ids:
        return {}
    rows = Entry.objects.filter(verb="recheck.settle", subject_id__in=ids, actor__isnull=False)
    return {row.subject_id: f"{row.actor_label}：{row.detail['reason']}" for row in rows}
