"""The desk of a case: one subject of any process before one person, as its page shows it.

A page of a process subclasses ``Case`` and says in class attributes what is its own. ``views.case_acts``
turns a sent form into a step of the engine.
"""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.forms import CaseForm
from reviews.models import Decision
from reviews.offering import Choice, asks_again, new_form_key
from reviews.queries import tiers_within
from reviews.workflow.engine import offers
from studios.choices import Tier
from studios.models import Union
from studios.services.namings import next_number, number_label


class Case:
    """Attributes are what the templates read; see ``templates/cases/_act.html``."""

    process = None  # workflow.terms.Process
    form_class = CaseForm
    template = ""  # of the whole page
    url_name = ""  # of the page: takes the subject's id
    act_url_name = ""  # takes the sent form
    hints = {}  # action -> lazy sentence under its card; may name %(above)s and what ``hint_values`` gives
    looks = {}  # state -> (tag kind, icon)
    action_looks = {}  # action -> (timeline kind, icon)
    hidden_guards = frozenset()  # names of guards whose failure means that a step has no place here at all

    def __init__(self, subject, user):
        self.subject, self.user = subject, user
        self.decisions = self.read_decisions()
        self.seen = self.decisions[0].pk if self.decisions else 0
        self.up_to = self.tiers_within()
        self.choices = self.read_choices()

    @classmethod
    def rows(cls, user):
        """The queryset with what the page needs, as far as ``user`` may see it."""
        return cls.process.model.objects.visible_to(user)

    def read_decisions(self):
        """The steps taken, newest first."""
        rows = Decision.objects.filter(**{self.process.decision_field: self.subject})
        return list(rows.select_related("union", "document").order_by("-pk"))

    def tiers_within(self):
        """The highest tier whose inner steps this person may read."""
        perm = type(self.subject).objects.none().view_perm
        return max(tiers_within(self.user, self.subject, perm), Tier.BASE)

    def hint_values(self):
        """What the hints may name."""
        return {}

    def read_choices(self):
        """A ``Choice`` for every step that the person's role could take here and now."""
        values = self.hint_values()
        found = []
        for offer in offers(self.subject, self.user, process=self.process):
            if any(
                guard.name in self.hidden_guards and not guard.holds(self.subject, self.user)
                for guard in offer.step.guards
            ):
                continue
            found.append(
                Choice(
                    action=str(offer.action),
                    label=str(offer.action.label),
                    hint=str(self.hints.get(offer.action, "")) % values,
                    obstacle=offer.obstacle,
                    needs_reason=offer.step.needs_reason,
                    needs_remarks=False,
                    takes_document=offer.step.takes_document,
                    asks_again=asks_again(offer.step),
                    asks=offer.step.asks,
                )
            )
        return found

    @property
    def open_choices(self):
        """The cards that can be chosen."""
        return [choice for choice in self.choices if not choice.obstacle]

    @property
    def url(self):
        """The page of this case."""
        return reverse(self.url_name, args=[self.subject.pk])

    @property
    def act_url(self):
        """Where its form is sent."""
        return reverse(self.act_url_name, args=[self.subject.pk])

    @property
    def state_look(self):
        """(tag kind, icon) of the state."""
        return self.looks.get(self.subject.state, ("neutral", "clock"))

    @property
    def entries(self):
        """The timeline, newest first."""
        return [self.entry(decision) for decision in self.decisions]

    def entry(self, decision):
        """One line; inner steps of a union are told to those below it without their content."""
        hidden = decision.action in self.process.inner and (decision.union.tier if decision.union else 0) > (
            self.up_to
        )
        kind, icon = self.action_looks.get(decision.action, ("neutral", "edit"))
        union = decision.union.name if decision.union_id else ""
        lines = [decision.reason] if decision.reason else []
        if decision.document_id:
            lines.append(decision.document.label)
        return {
            "title": _("Worked on; a second person decides next")
            if hidden
            else str(decision.get_action_display()),
            "at": timezone.localtime(decision.at),
            "who": " · ".join(part for part in (decision.actor_label, union) if part),
            "kind": kind,
            "icon": icon,
            "text": "" if hidden else "\n".join(lines),
        }

    def document_union(self):
        """The union whose series a document of this case takes its number from."""
        return Union.objects.get(pk=self.subject.union_at_tier_id())

    def next_document(self, on=None):
        """(number, printed form) of the document that a step would take, or None."""
        if not any(choice.takes_document for choice in self.open_choices):
            return None
        union = self.document_union()
        year = (on or timezone.localdate()).year
        number = next_number(union, year)
        return number, number_label(union, year, number)

    def initial(self):
        """What an untouched form shows: the only step there is, unless it is one that asks again."""
        choices = self.open_choices
        only = choices[0].action if len(choices) == 1 and not choices[0].asks_again else ""
        return {"document_on": timezone.localdate().isoformat(), "action": only}

    def make_form(self, data=None, initial=None):
        """The act form of the moment."""
        return self.form_class(data, choices=self.choices, initial=initial or self.initial(), case=self)

    def page(self):
        """What else the page's template reads; for subclasses."""
        return {}

    def context(self, form=None, problem=None):
        """The template's context. ``form``: a form with what was typed."""
        on = getattr(form, "cleaned_data", {}).get("document_on") if form else None
        return {
            "case": self,
            "subject": self.subject,
            "form": form or self.make_form(),
            "problem": problem,
            "document": self.next_document(on),
            "form_key": new_form_key(),
            **self.page(),
        }
