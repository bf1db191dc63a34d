"""What the page of one yearly assessment shows to one person."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from reviews.cases import Case
from reviews.choices import AssessmentAction as A
from reviews.choices import AssessmentState as S
from reviews.choices import Grade
from reviews.forms_years import AssessmentForm, ReportForm, ScoreForm, in_words
from reviews.queries_years import for_detail
from reviews.scoring.engine import points_of
from reviews.scoring.wording import explain, group_of, label, trim
from reviews.services.year_facts import Span
from reviews.services.years import is_intact
from reviews.workdays import workdays_until
from reviews.workflow.assessing import room_for_excellent, sheet
from reviews.workflow.guards import remember
from reviews.workflow.processes import ASSESSMENTS
from reviews.year_words import ledger_lists
from studios.choices import Tier
from studios.ledger.missing import missing_for
from studios.permissions import CHANGE_STUDIO, REVIEW_APPLICATION, unions_where

LOOKS = {
    S.OPEN: ("warn", "edit"),
    S.REPORTED: ("info", "send"),
    S.GRADED: ("info", "users"),
    S.CONCLUDED: ("ok", "check"),
}
GRADE_LOOKS = {Grade.EXCELLENT: ("gold", "award"), Grade.PASS: ("ok", "check"), Grade.FAIL: ("bad", "x")}
HEADLINES = (  # (fact, words, unit) of the numbers asked on one page (reference §2.6)
    ("results", later("Results"), ""),
    ("conversions", later("Results put to use"), ""),
    ("projects", later("Projects"), ""),
    ("activities", later("Activities"), ""),
    ("people_trained", later("People trained"), ""),
    ("mentorships", later("Mentorships"), ""),
    ("apprentices_graduated", later("Apprentices graduated"), ""),
    ("benefit_amount", later("Economic benefit"), later("10,000 yuan")),
    ("funds", later("Funds"), later("10,000 yuan")),
)


@dataclass(frozen=True)
class Item:
    """One item of the scheme with both scores, as a line of the page.

    ``mark``: the points of what the form holds; ``is_open``: whether somebody has to look into it.
    """

    title: str
    group: str
    most: str
    rules: list
    is_gate: bool
    own_words: str
    own_points: str
    ledger_words: str
    ledger_points: str
    words: str
    points: str
    remark: str
    line: object
    mark: str
    is_open: bool


class AssessmentCase(Case):
    """One assessment before one person."""

    process = ASSESSMENTS
    form_class = AssessmentForm
    template = "assessments/assessment_detail.html"
    url_name = "assessment_detail"
    act_url_name = "assessment_act"
    looks = LOOKS
    hints = {
        A.GRADE: later("%(above)s confirms it; until then the unit does not see it."),
        A.RETURN: later("The unit can change the report again and reads your reason; your scores stay."),
        A.CONFIRM: later("The assessment is concluded with the grade “%(proposed)s”; the unit is told."),
        A.CHANGE: later("The assessment is concluded with the grade you choose; unit and county are told."),
        A.REGRADE: later("The union that graded looks at it again and reads your reason."),
        A.MISSED: later("Without a report the year counts as failed; the unit is told."),
    }
    action_looks = {
        A.REPORT: ("neutral", "send"),
        A.RETURN: ("warn", "back"),
        A.GRADE: ("neutral", "edit"),
        A.REGRADE: ("warn", "back"),
        A.CONFIRM: ("ok", "check"),
        A.CHANGE: ("ok", "edit"),
        A.MISSED: ("bad", "x"),
    }

    def __init__(self, subject, user):
        remember(subject, {("ties", user.pk): subject.is_tied, "room": (subject.whole, subject.excellent)})
        self.sheet = sheet(subject)
        super().__init__(subject, user)
        self.may_write = subject.state == S.OPEN and (Tier.BASE, subject.union_id) in unions_where(
            user, CHANGE_STUDIO
        )
        self.may_score = self._may_score()
        self.sees_scores = self.up_to > Tier.BASE or subject.state == S.CONCLUDED
        if self.may_write:
            self.choices = [choice for choice in self.choices if choice.action != A.REPORT]

    @classmethod
    def rows(cls, user):
        """The assessments with what the page needs, as far as ``user`` may see them."""
        return for_detail(user)

    def _may_score(self):
        subject = self.subject
        reviews = subject.supervisor() in unions_where(self.user, REVIEW_APPLICATION)
        return subject.state == S.REPORTED and reviews and not subject.is_tied

    def hint_values(self):
        """What the hints name."""
        proposed = dict(Grade.choices).get(self.subject.proposed_grade, "")
        top = self.subject.city or self.subject.county
        return {"proposed": proposed, "above": top.name if top else ""}

    def entry(self, decision):
        """The county reads why its grade came back; the unit does not."""
        entry = super().entry(decision)
        if decision.action == A.REGRADE and self.up_to > Tier.BASE:
            entry |= {"title": str(A.REGRADE.label), "text": decision.reason}
        return entry

    def initial(self):
        """The grade that the points suggest is chosen beforehand; of several steps none, open or not."""
        first = super().initial()
        action = first["action"] if len(self.choices) == 1 else ""
        return {**first, "action": action, "grade": self.sheet.grade}

    @property
    def write_url(self):
        """Where the unit's text is kept while it writes."""
        return reverse("assessment_write", args=[self.subject.pk])

    @property
    def score_url(self):
        """Where the assessor's scores are kept."""
        return reverse("assessment_score", args=[self.subject.pk])

    @property
    def grade_tag(self):
        """(tag kind, words, icon) of the grade as far as this person may know it, or None."""
        value = self.subject.grade or (self.subject.proposed_grade if self.sees_scores else "")
        if not value:
            return None
        words = dict(Grade.choices)[value]
        words = words if self.subject.grade else _("proposed: %(grade)s") % {"grade": words}
        kind, icon = GRADE_LOOKS[value]
        return kind, words, icon

    @property
    def time_left(self):
        """(tag kind, sentence) of the day that counts now, or None."""
        due = self.due_on
        if due is None:
            return None
        today = timezone.localdate()
        left = workdays_until(due, today)
        if due < today:
            text = ngettext("%(days)d working day overdue", "%(days)d working days overdue", max(-left, 1))
            return "bad", text % {"days": max(-left, 1)}
        if not left:
            return "warn", _("due today")
        text = ngettext("%(days)d working day left", "%(days)d working days left", left) % {"days": left}
        return "warn" if left <= 5 else "neutral", text

    @property
    def due_on(self):
        """The last day for whoever has it now."""
        campaign = self.subject.campaign
        if campaign is None:
            return None
        days = {
            S.OPEN: campaign.report_due_on,
            S.REPORTED: campaign.county_due_on,
            S.GRADED: campaign.city_due_on,
        }
        return days.get(self.subject.state)

    @property
    def info(self):
        """(label, value) rows of the head card."""
        subject, span = self.subject, Span.of(self.subject)
        grades = dict(Grade.choices)
        rows = [
            (_("Unit"), subject.union.unit.name),
            (_("Period"), f"{span.since:%Y-%m-%d} – {span.until:%Y-%m-%d}"),
            (_("Last day now"), f"{self.due_on:%Y-%m-%d}" if self.due_on else ""),
            (_("Scheme"), subject.campaign.scheme.label if subject.campaign else ""),
            (_("Reported by"), who(subject.reported_by, subject.reported_at)),
        ]
        if self.sees_scores:
            rows.append((_("Graded by"), who(subject.graded_by, subject.graded_at)))
            rows.append((_("County's grade"), grades.get(subject.proposed_grade, "")))
        rows.append((_("Grade"), grades.get(subject.grade, "")))
        return rows

    @property
    def due_rows(self):
        """What the unit needs to know before handing in."""
        span = Span.of(self.subject)
        return [
            (_("Period"), f"{span.since:%Y-%m-%d} – {span.until:%Y-%m-%d}"),
            (_("Due on"), f"{self.due_on:%Y-%m-%d}" if self.due_on else ""),
        ]

    @property
    def returned_because(self):
        """Why the report came back, "" when it did not."""
        newest = self.decisions[0] if self.decisions else None
        return newest.reason if newest and newest.action == A.RETURN else ""

    @property
    def headlines(self):
        """(words, value, unit) of the summary numbers."""
        facts = self.sheet.ledger["facts"]
        return [(words, trim(facts[name]), unit) for name, words, unit in HEADLINES if name in facts]

    @property
    def lists(self):
        """(title, rows, empty words) of the ledger of the period, each row as text."""
        return ledger_lists(self.sheet.ledger["lists"])

    @property
    def is_live(self):
        """Whether the numbers are read from the ledger as it is now."""
        return self.subject.state == S.OPEN

    @property
    def is_intact(self):
        """Whether the frozen report is as it was frozen."""
        return is_intact(self.subject)

    @property
    def missing(self):
        """What the ledger still lacks, for those who can mend it."""
        return missing_for(self.subject.studio, self.subject.year) if self.may_write else []

    @property
    def room(self):
        """How many more may be excellent, for the office that concludes; None where it does not matter."""
        concluding = any(choice.action in (A.CONFIRM, A.CHANGE) for choice in self.choices)
        return room_for_excellent(self.subject) if concluding else None

    @property
    def own_points(self):
        """The unit's own total as text, "" without items."""
        return trim(self.sheet.own_total.points) if self.sheet.items else ""

    @property
    def points(self):
        """The assessor's total as text."""
        return trim(self.sheet.assessed_total.points) if self.sheet.items else ""

    @property
    def suggested_grade(self):
        """The grade that the points suggest, in words."""
        return dict(Grade.choices).get(self.sheet.grade, "")

    def score_form(self, data=None):
        """The score form of the side that this person writes, or None."""
        if self.may_write:
            return ScoreForm(data, scheme=self.sheet.scheme, given=self.sheet.own)
        if self.may_score:
            remarks = {code: row.remark for code, row in self.sheet.rows.items()}
            given = self.sheet.suggested | self.sheet.assessed
            return ScoreForm(data, scheme=self.sheet.scheme, given=given, remarks=remarks)
        return None

    def report_form(self, data=None):
        """The unit's texts."""
        subject = self.subject
        return ReportForm(data, initial={"summary": subject.summary, "plan": subject.plan})

    def items(self, score_form=None):
        """An ``Item`` for each line of the scheme."""
        lines = {line.item.code: line for line in score_form.lines} if score_form else {}
        return [self._item(item, lines.get(item.code)) for item in self.sheet.items]

    def _item(self, item, line):
        found, row = self.sheet, self.sheet.rows.get(item.code)
        own, ledger = found.own.get(item.code), found.suggested.get(item.code)
        given = found.assessed.get(item.code) if self.sees_scores else None
        held = line.form.given.get(item.code) if line else None
        is_doubted = self.may_score and given is None and own != ledger
        return Item(
            title=label(item),
            group=group_of(item),
            most=trim(item.points),
            rules=[
                *explain(item),
                *([_("Shown by: %(what)s") % {"what": item.evidence}] * bool(item.evidence)),
            ],
            is_gate=item.is_gate,
            own_words=in_words(item, own),
            own_points=worth(item, own),
            ledger_words=in_words(item, ledger),
            ledger_points=worth(item, ledger),
            words=in_words(item, given),
            points=worth(item, given),
            remark=row.remark if row and self.sees_scores else "",
            line=line,
            mark=worth(item, held) or "—",
            is_open=bool(line) and (held is None or is_doubted or line.has_errors),
        )

    def context(self, form=None, problem=None, *, report_form=None, score_form=None):
        """The template's context; forms with what was typed, where there is something."""
        score_form = score_form or self.score_form()
        return {
            **super().context(form, problem),
            "report_form": report_form or self.report_form(),
            "score_form": score_form,
            "items": self.items(score_form),
        }


def who(user, at):
    """A person and a moment as text."""
    return f"{user.name} · {timezone.localtime(at):%Y-%m-%d %H:%M}" if user and at else ""


def worth(item, given):
    """The points of an input as text, "" for none."""
    return "" if given is None else trim(points_of(item, given))
