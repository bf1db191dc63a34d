"""What the pages of results show to one person: the facts, the doubts, the possible duplicates."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from reviews.cases import Case
from reviews.choices import ResultAction
from reviews.dossier_words import amount, when
from reviews.forms_results import ResultForm
from reviews.queries_results import files_of, for_detail, has_date, mark_of
from reviews.results_compared import compare
from reviews.workflow.guards import remember
from reviews.workflow.verifying import RESULTS
from studios.choices import LedgerState
from studios.ledger.kinds import details_shown
from studios.models import Achievement, Conversion, Recognition, Share
from studios.permissions import CHANGE_STUDIO
from studios.validators import doubts_of_money, doubts_of_number
from studios.views.shown import file_shown

A, S = ResultAction, LedgerState
STATE_LOOKS = {S.ENTERED: ("info", "clock"), S.VERIFIED: ("ok", "check"), S.QUERIED: ("warn", "alert")}


def label_of(model, name):
    """What a column is called."""
    return model._meta.get_field(name).verbose_name


def words_of(row, **shown):
    """(label, text) of the columns of a row that say something; ``shown``: column to text."""
    return [(label_of(type(row), name), text) for name, text in shown.items() if text not in ("", None)]


def know(result, user):
    """Let the guards use what ``for_deciding`` has already read."""
    facts = {
        ("ties", user.pk): result.is_tied,
        "has_date": has_date(result),
        "is_checking": result.is_checking,
    }
    remember(result, facts)


def number_label(result):
    """What the number of this kind of result is called."""
    kind = result.kind
    return kind.number_label or label_of(Achievement, "number")


def fact_rows(result):
    """(label, text) of the columns of a result itself; the benefit apart (``benefit_rows``)."""
    shown = {
        "kind": result.kind.label,
        "completed_on": when(result.completed_on),
        "number": result.number,
        "patent_status": result.get_patent_status_display(),
        "filed_on": when(result.filed_on and result.filed_on.isoformat()),
        "granted_on": when(result.granted_on and result.granted_on.isoformat()),
        "holder": result.holder,
        "authors": result.authors,
        "summary": result.summary,
    }
    rows = words_of(result, **shown)
    named = {label_of(Achievement, "number"): number_label(result)}
    return [(named.get(label, label), text) for label, text in rows] + detail_rows(result)


def detail_rows(result):
    """(label, text) of what only this kind of result has."""
    return [(str(label), text) for label, text in details_shown(result.details)]


def benefit_rows(result):
    """(label, text) of the benefit with its basis."""
    figure = amount(result.benefit_amount)
    return words_of(
        result,
        benefit_amount=figure,
        benefit_basis=result.benefit_basis,
        social_benefit=result.social_benefit,
    )


def recognitions_of(result):
    """The recognitions as rows of (label, text)."""
    rows = [Recognition(**row) for row in result.recognition_rows]
    return [
        words_of(
            row,
            name=row.name,
            kind=row.get_kind_display(),
            grade=row.grade,
            rank=row.get_rank_display(),
            granted_by=row.granted_by,
            granted_on=when(row.granted_on),
            document_number=row.document_number,
        )
        for row in rows
    ]


def conversions_of(result):
    """The ways in which it is used, as rows of (label, text)."""
    rows = [Conversion(**row) for row in result.conversion_rows]
    return [
        words_of(
            row,
            mode=row.get_mode_display(),
            started_on=when(row.started_on),
            places=row.places,
            counterparty=row.counterparty,
            contract_number=row.contract_number,
            registration_number=row.registration_number,
            amount=amount(row.amount),
            platform=row.platform,
        )
        for row in rows
    ]


def shares_of(result):
    """Who has which part in it, as rows of (label, text)."""
    rows = [Share(**row) for row in result.share_rows]
    return [
        words_of(
            row,
            position=row.position,
            name=row.name,
            percent=amount(row.percent),
            duty=row.duty,
        )
        for row in rows
    ]


def doubts_of(result):
    """Sentences about what deserves a second look; none of them forbids anything."""
    granted_on = result.granted_on.isoformat() if result.granted_on else ""
    return [
        *doubts_of_number(
            result.kind.code,
            result.number,
            granted_on,
            filed_on=result.filed_on.isoformat() if result.filed_on else "",
            status=result.patent_status,
        ),
        *doubts_of_money(result.benefit_amount),
    ]


def files_shown(result):
    """Its files as their rows show them, those that prove the benefit apart."""
    shown = {"benefit": [], "proof": []}
    for file in files_of(result):
        shown["benefit" if file.slot == "benefit.proof" else "proof"].append(file_shown(file))
    return shown


class ResultCase(Case):
    """One result of the ledger before one person."""

    process = RESULTS
    form_class = ResultForm
    template = "results/result_detail.html"
    url_name = "result_detail"
    act_url_name = "result_act"
    looks = STATE_LOOKS
    action_looks = {
        A.VERIFY: ("ok", "check"),
        A.QUERY: ("warn", "alert"),
        A.ANSWER: ("neutral", "send"),
    }
    hints = {
        A.VERIFY: later("It counts as verified; when the unit changes it later, it comes back to you."),
        A.QUERY: later("The unit reads your question and can mend the entry and answer."),
        A.ANSWER: later(
            "Mend the entry first where it is wrong; then say here what you did. It goes back to %(above)s."
        ),
    }
    hidden_guards = frozenset({"not_removed", "is_asked"})
    wanted = ""  # id of the possible duplicate to put beside the result

    @classmethod
    def beside(cls, wanted):
        """The same page with this possible duplicate beside the result."""
        return type(cls.__name__, (cls,), {"wanted": wanted})

    def __init__(self, subject, user):
        know(subject, user)
        self.mark = mark_of(subject)
        super().__init__(subject, user)

    @classmethod
    def rows(cls, user):
        """With everything of the page."""
        return for_detail(user)

    def hint_values(self):
        """Who is asked."""
        above = self.subject.county or self.subject.city
        return {"above": above.name if above else ""}

    def make_form(self, data=None, initial=None):
        """The form carries the mark of what this page shows, not of what an older one did."""
        return super().make_form(data, {**(initial or self.initial()), "facts": self.mark})

    @property
    def edit_url(self):
        """Where the unit mends the entry; "" for everybody else."""
        result = self.subject
        if result.removed_at or not self.user.has_perm(CHANGE_STUDIO, result):
            return ""
        return reverse("achievement_edit", args=[result.studio_id, result.pk])

    def read_decisions(self):
        """The steps, of which the guards know the newest."""
        found = super().read_decisions()
        remember(self.subject, {"last_action": found[0].action if found else ""})
        return found

    @property
    def question(self):
        """The query that still waits for its answer, or None; the entry may have been mended meanwhile."""
        newest = self.decisions[0] if self.decisions else None
        return newest if newest and newest.action == A.QUERY else None

    def page(self):
        """The facts and what to look at."""
        result = self.subject
        compared = compare(result, self.user, self.wanted)
        return {
            "compared": compared,
            "pictures": [[file_shown(file) for file in side] for side in compared.files],
            "result": result,
            "facts": fact_rows(result),
            "benefit": benefit_rows(result),
            "parts": [
                (_("Recognitions"), recognitions_of(result)),
                (_("How it is used"), conversions_of(result)),
                (_("Shares"), shares_of(result)),
            ],
            "doubts": doubts_of(result),
            "files": files_shown(result),
        }
