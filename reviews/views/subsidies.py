"""Subsidies: the list with its sums, the page of one, its steps."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from portal.ui.paging import page_of
from reviews.amounts import yuan
from reviews.cases import Case
from reviews.choices import SubsidyAction, SubsidyState
from reviews.forms_money import SubsidyActForm, SubsidyFilterForm
from reviews.offering import new_form_key
from reviews.queries_money import (
    NEWEST_FIRST,
    UNGRANTED,
    added_up,
    counties_below,
    expenses_of,
    filtered,
    for_detail,
    for_list,
    parts,
    payments_of,
    repayments_of,
    shown_to,
    sums_by_county,
)
from reviews.services.expenses import why_closed
from reviews.services.payments import GIVES_BACK, REVERSIBLE, left_to_give_back, may_book, why_unpayable
from reviews.views.case_acts import act_on_case, show_case
from reviews.workflow.guards import remember
from reviews.workflow.subsidising import SUBSIDIES, left_over
from studios.permissions import (
    APPROVE_APPLICATION,
    CHANGE_STUDIO,
    REVIEW_APPLICATION,
    VIEW_ACCESS,
    holds_anywhere,
)
from studios.views.shown import file_shown

A, S = SubsidyAction, SubsidyState
LOOKS = {
    S.PROPOSED: ("info", "clock"),
    S.REFUSED: ("bad", "x"),
    S.GRANTED: ("ok", "check"),
    S.REPORTED: ("info", "send"),
    S.SETTLED: ("ok", "check-circle"),
    S.RECOVERING: ("warn", "alert"),
    S.RECOVERED: ("neutral", "check"),
}
PAGE = 25


class SubsidyCase(Case):
    """One subsidy before one person."""

    process = SUBSIDIES
    form_class = SubsidyActForm
    template = "subsidies/subsidy_detail.html"
    url_name = "subsidy_detail"
    act_url_name = "subsidy_act"
    looks = LOOKS
    action_looks = {
        A.GRANT: ("gold", "award"),
        A.REFUSE: ("bad", "x"),
        A.REPORT: ("now", "send"),
        A.RETURN: ("warn", "back"),
        A.SETTLE: ("ok", "check-circle"),
        A.RECOVER: ("warn", "alert"),
        A.RECOVERED: ("neutral", "check"),
    }
    hints = {
        A.GRANT: _("%(amount)s yuan out of the budget of %(year)s, which has %(left)s yuan left."),
        A.REFUSE: _("The reviewer who proposed it is told the reason."),
        A.REPORT: _("%(spent)s of %(paid)s yuan are accounted for. The union that paid checks it."),
        A.RETURN: _("The unit can change its accounts again and reports anew."),
        A.SETTLE: _(
            "%(paid)s yuan paid, %(spent)s accounted for, %(back)s paid back; left over: %(over)s yuan."
        ),
        A.RECOVER: _("%(open)s yuan are demanded back. The unit is told the reason."),
        A.RECOVERED: _("All that was paid has come back."),
    }

    def __init__(self, subsidy, user):
        remember(subsidy)
        super().__init__(subsidy, user)

    @classmethod
    def rows(cls, user):
        """What the page reads, as far as ``user`` may see it."""
        return for_detail(user)

    def hint_values(self):
        """The sums that the hints name."""
        subsidy = self.subject
        return {
            "amount": yuan(subsidy.amount),
            "year": subsidy.budget.year,
            "left": yuan(subsidy.budget.amount - subsidy.budget.committed),
            "paid": yuan(subsidy.paid),
            "spent": yuan(subsidy.spent),
            "back": yuan(subsidy.paid_back),
            "over": yuan(left_over(subsidy)),
            "open": yuan(subsidy.paid - subsidy.paid_back),
        }

    def document_union(self):
        """The union that pays."""
        return self.subject.scheme.union

    def initial(self):
        """An earlier report is mended, not written anew."""
        return {**super().initial(), "use_report": self.subject.use_report}

    @property
    def entries(self):
        """The steps; offices also see who proposed it."""
        subsidy = self.subject
        if not self.of_office():
            return super().entries
        proposed = {
            "title": now_("subsidy proposed"),
            "at": timezone.localtime(subsidy.proposed_at),
            "who": f"{subsidy.proposed_by.name} · {subsidy.scheme.union.name}",
            "kind": "neutral",
            "icon": "users",
            "text": "",
        }
        return [*super().entries, proposed]

    def of_office(self):
        """Whether the reader looks at it from above."""
        return self.user.is_superuser or self.user.has_perm(VIEW_ACCESS, self.subject)

    def page(self):
        """Payments, expenses and what may be done about them."""
        subsidy, user = self.subject, self.user
        books, is_own = may_book(subsidy, user), user.has_perm(CHANGE_STUDIO, subsidy)
        payments = payments_of(subsidy)
        back = left_to_give_back(subsidy)
        paid = {}
        for payment in payments:
            paid[payment.instalment_id] = paid.get(payment.instalment_id, 0) + payment.amount
        return {
            "parts": parts(subsidy.amount, list(subsidy.scheme.instalments.all()), paid),
            "payments": payments,
            "expenses": [
                (row, file_shown(row.invoice) if row.invoice else None) for row in expenses_of(subsidy)
            ],
            "repayments": repayments_of(subsidy) if subsidy.paid_back else [],
            "over": left_over(subsidy),
            "may_pay": books and not why_unpayable(subsidy),
            "may_reverse": books and subsidy.state in REVERSIBLE,
            "may_note_repayment": books and subsidy.state in GIVES_BACK and back > 0,
            "may_enter": is_own and not why_closed(subsidy),
            "is_own": is_own,
            "of_office": self.of_office(),
            "to_demand": subsidy.revocation_id
            and subsidy.state in (S.GRANTED, S.REPORTED, S.SETTLED)
            and subsidy.paid > subsidy.paid_back,
        }


@require_GET
@login_required
def subsidy_list(request):
    """One's own subsidies; for offices those of their area, with the sums of the filters by county."""
    user = request.user
    form = SubsidyFilterForm(request.GET, counties=counties_below(user))
    asked = form.asked
    rows = filtered(shown_to(user), **asked)
    page = page_of(request, for_list(rows), keys=NEWEST_FIRST, size=PAGE)
    of_office = user.is_superuser or holds_anywhere(user, VIEW_ACCESS)
    sums = sums_by_county(rows) if of_office else []
    context = {
        "page": page,
        "rows": [(subsidy, *LOOKS[subsidy.state]) for subsidy in page.rows],
        "filters": form,
        "in_use": bool(asked),
        "of_office": of_office,
        "sums": sums,
        "total": added_up(sums),
        "many": len(sums) > 1,
        "year": asked.get("year"),
        "may_propose": holds_anywhere(user, REVIEW_APPLICATION),
        "to_sign": holds_anywhere(user, APPROVE_APPLICATION),
        "ungranted": UNGRANTED,
        "form_key": new_form_key(),
    }
    return render(request, "subsidies/subsidy_list.html", context)


@require_GET
@login_required
def subsidy_detail(request, pk):
    """The page of one subsidy."""
    return show_case(request, SubsidyCase, pk)


@require_POST
@login_required
def subsidy_act(request, pk):
    """Take the step that the form names."""
    return act_on_case(request, SubsidyCase, pk)
