"""What the page of one application shows to one person: gathered here, in a fixed number of queries."""

import json

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews import timeline
from reviews.checklist import frozen_lines, live_lines, nowhere, progress
from reviews.choices import WITH_THE_UNIT, Action, State
from reviews.eligibility import standing_of
from reviews.forms import ActForm, StatementForm
from reviews.offering import choices_for, new_form_key, phrases_for
from reviews.queries import NEAR_WORKDAYS, decisions_of, evidence_of, findings_of, tiers_within
from reviews.workdays import workdays_until
from reviews.workflow.guards import clause_facts, has_ties, remember
from studios.choices import Section, StudioKind, Tier
from studios.models import Union
from studios.partial_dates import PartialDate, describe
from studios.permissions import (
    CHANGE_STUDIO,
    REVIEW_APPLICATION,
    SUBMIT_APPLICATION,
    VIEW_STUDIO,
    unions_where,
)
from studios.services.namings import next_number, number_label

SECTIONS = dict(Section.choices)


class Desk:
    """One application before one person. Attributes are what the templates read."""

    def __init__(self, application, user):
        self.application, self.user = application, user
        remember(
            application, {("ties", user.pk): application.is_tied, "title_below": application.holds_below}
        )
        self.decisions = decisions_of(application)
        self.seen = self.decisions[0].pk if self.decisions else 0
        self.up_to = tiers_within(user, application)
        self.dossier, self.newest = None, application.newest
        if self.newest:
            self.newest["frozen_at"] = parse_datetime(self.newest["frozen_at"])
            self.dossier = json.loads(self.newest["canonical"])
        self.of_unit = user.has_perm(CHANGE_STUDIO, application)
        self.is_live = not self.newest or (self.of_unit and application.state in WITH_THE_UNIT)
        self._read_lines()
        self.choices = choices_for(application, user)
        self.all_choices = list(self.choices)
        self.withdrawal = self._apart(Action.WITHDRAW)
        self.taking = self._apart(Action.TAKE)
        self.may_judge = self._may_judge()
        self.may_write = self._may_write()
        self._open_lines()

    def _read_lines(self):
        application = self.application
        self.blocking = []
        if self.is_live:
            standing = standing_of(application)
            self.dossier = standing.dossier
            self.lines = live_lines(
                standing, section_urls(application.studio_id) if self.of_unit else nowhere
            )
            self.blocking = [line for line in self.lines if line.blocks]
        else:
            rows = findings_of(self.newest["id"])
            remember(application, {"clauses": clause_facts(rows, application.tier)})
            self.evidence, self.twins = evidence_of(self.dossier)
            self.lines = frozen_lines(
                rows,
                application.ruleset.as_dict(),
                self.dossier,
                tier=application.tier,
                up_to=self.up_to,
                show_file=self.show_file,
            )
        self.judged, self.to_judge = progress(self.lines)

    def _open_lines(self):
        """Which clauses are unfolded: what stops the unit, or what the reviewer has to judge next."""
        todo = [line for line in self.lines if self.may_judge and line.needs_judging and not line.is_done]
        for line in self.lines:
            line.opened = line.blocks if self.is_live else line in todo[:1]

    def _apart(self, action):
        """A choice that has a button of its own, taken out of the cards."""
        for choice in self.choices:
            if choice.action == action:
                self.choices.remove(choice)
                return choice
        return None

    def _may_judge(self):
        application = self.application
        at = (application.tier, application.union_at_tier_id())
        return (
            application.state == State.IN_REVIEW
            and at in unions_where(self.user, REVIEW_APPLICATION)
            and not has_ties(application, self.user)
        )

    def _may_write(self):
        own = self.user.has_perm(SUBMIT_APPLICATION, self.application)
        return own and self.application.state in WITH_THE_UNIT

    def show_file(self, row):
        """A file row of the dossier as the file components print it."""
        found = self.evidence.get(row["id"])
        return {
            **row,
            "url": address("file_show", row["id"]),
            "thumb_url": address("file_thumb", row["id"]) if found and found.thumb else "",
            "elsewhere": self._elsewhere(row["sha256"]),
        }

    def _elsewhere(self, sha256):
        """Names of other studios that claim the same file; for the unions, never for the unit itself."""
        if self.up_to <= Tier.BASE:
            return []
        twins = self.twins.get(sha256, [])
        seen = {twin.studio.short_name for twin in twins if self.user.has_perm(VIEW_STUDIO, twin)}
        unseen = {twin.studio_id for twin in twins if not self.user.has_perm(VIEW_STUDIO, twin)}
        others = ngettext("%(n)d studio elsewhere", "%(n)d studios elsewhere", len(unseen))
        return [*sorted(seen), *([others % {"n": len(unseen)}] if unseen else [])]

    def type_again(self, kept):
        """Put a judgement that was typed before the session ended back into its clause."""
        for line in self.lines:
            if [line.clause] == kept.get("clause"):
                version = kept.get("version", ["0"])[0]
                typed = {"verdict": kept.get("verdict", [""])[0], "note": kept.get("note", [""])[0]}
                line.judgement = {**line.judgement, **typed, "version": version}
                line.opened = True

    @property
    def offers_to_take(self):
        """Whether the page shows “take on”: nobody has it yet, or a colleague has."""
        return self.taking and self.application.reviewer_id != self.user.pk

    @property
    def open_choices(self):
        """The cards that can be chosen."""
        return [choice for choice in self.choices if not choice.obstacle]

    @property
    def remarks(self):
        """What the last return asks to mend: text, section and where to mend it."""
        return [
            {
                "label": SECTIONS[row["section"]],
                "text": row["text"],
                "url": address("studio_section", self.application.studio_id, row["section"]),
            }
            for row in timeline.last_remarks(self.decisions)
        ]

    @property
    def entries(self):
        """The timeline."""
        return timeline.entries(self.application, self.decisions, up_to=self.up_to)

    @property
    def steps(self):
        """The steps bar."""
        return timeline.steps(self.application, self.decisions)

    @property
    def state_look(self):
        """(tag kind, icon) of the state."""
        return timeline.STATE_LOOKS.get(self.application.state, ("neutral", "clock"))

    @property
    def time_left(self):
        """(tag kind, sentence) of the last day, or None."""
        return time_left(self.application)

    @property
    def proposal(self):
        """The newest proposal's decision, for those who may read it."""
        application = self.application
        if application.state != State.PROPOSED or self.up_to < application.tier:
            return None
        return self.decisions[0]

    @property
    def judged_lines(self):
        """The clauses that the reviewer at this tier judged."""
        return [line for line in self.lines if line.judgement.get("verdict")]

    @property
    def info(self):
        """(label, value) pairs of the head card."""
        dossier, studio = self.dossier, self.dossier["studio"]
        leader, team = dossier["leader"], len(dossier["members"])
        founded = studio["founded_on"]
        return [
            (_("Leader"), leader["name"] if leader else ""),
            (_("Kind of studio"), dict(StudioKind.choices).get(studio["kind"], "")),
            (_("Founded"), describe(PartialDate.parse(founded)) if founded else ""),
            (_("People in the team"), team + bool(leader)),
            (_("Industry"), dossier["unit"]["industry"]),
            (_("Kind of unit"), dossier["unit"]["ownership"]),
            (_("Contact"), " ".join(t for t in (studio["contact_name"], studio["contact_phone"]) if t)),
            *([(_("Reviewer"), self.application.reviewer.name)] if self.application.reviewer_id else []),
        ]

    @property
    def needs_remarks(self):
        """Whether one of the cards asks for remarks on sections."""
        return any(choice.needs_remarks for choice in self.open_choices)

    @property
    def whose_turn(self):
        """Who has to act now, in a sentence; "" when it is closed."""
        application = self.application
        if application.state in WITH_THE_UNIT:
            return _("It is with the unit now.")
        if application.tier is None:
            return ""
        if application.tier == Tier.BASE:
            return _("It waits for the chair of the unit's union.")
        union = {Tier.COUNTY: application.county, Tier.CITY: application.city}.get(application.tier)
        return _("It is with %(union)s now.") % {"union": union.name if union else ""}

    @property
    def phrases(self):
        """Ready sentences for the opinion."""
        return phrases_for(self.application, self.choices)

    def next_document(self, on=None):
        """(number, printed form) of the document that naming would take, or None."""
        if not any(choice.takes_document and not choice.obstacle for choice in self.choices):
            return None
        application = self.application
        union = {Tier.COUNTY: application.county, Tier.CITY: application.city}.get(application.tier)
        union = union or Union.objects.get(pk=application.union_at_tier_id())
        year = (on or timezone.localdate()).year
        number = next_number(union, year)
        return number, number_label(union, year, number)

    def context(self, form=None, problem=None):
        """The template's context. ``form``: a bound ``ActForm`` with what was typed."""
        application = self.application
        document = self.next_document(getattr(form, "cleaned_data", {}).get("document_on") if form else None)
        return {
            "desk": self,
            "application": application,
            "form": form or ActForm(choices=self.choices, initial=self.initial()),
            "statement_form": StatementForm(initial={"statement": application.statement}),
            "problem": problem,
            "document": document,
            "form_key": new_form_key(),
        }

    def initial(self):
        """What an untouched form shows."""
        only = self.open_choices[0].action if len(self.open_choices) == 1 else ""
        return {"document_on": timezone.localdate().isoformat(), "action": only}


def section_urls(studio_id):
    """A function from a section to the address where it is filled in."""
    return lambda section: address("studio_section", studio_id, section)


def address(name, *args):
    """The path of a page of the studios app, "" while there is none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def time_left(application, today=None):
    """(tag kind, sentence) of how long the present union still has, or None."""
    if application.due_on is None or application.tier is None or application.state == State.WAITLISTED:
        return None
    left = workdays_until(application.due_on, today or timezone.localdate())
    if application.due_on < (today or timezone.localdate()):
        sentence = ngettext("%(days)d working day overdue", "%(days)d working days overdue", max(-left, 1))
        return "bad", sentence % {"days": max(-left, 1)}
    sentence = ngettext("%(days)d working day left", "%(days)d working days left", left) % {"days": left}
    return ("warn" if left <= NEAR_WORKDAYS else "neutral"), sentence if left else _("due today")
