"""The machine goes on: cases, changes, years of assessment and money."""

from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.stateful import rule

from reviews.choices import REVOCATION_CLOSED, AnnulmentState, AssessmentState, ChangeState, RevocationState
from reviews.choices import AnnulmentAction as N
from reviews.choices import AssessmentAction as Y
from reviews.choices import ChangeAction as C
from reviews.choices import RevocationAction as A
from reviews.choices import SubsidyAction as M
from reviews.models import (
    Annulment,
    Assessment,
    AssessmentYear,
    ChangeRequest,
    DormancyFlag,
    Payment,
    Revocation,
    Subsidy,
)
from reviews.queries_cases import terms_on
from reviews.services.annulments import propose_annulment
from reviews.services.cases import open_case
from reviews.services.changes import ask
from reviews.services.payments import record_payment, record_repayment, reverse_payment
from reviews.services.subsidies import propose
from reviews.services.year_opening import open_due
from reviews.services.years import write_report, write_scores
from reviews.workflow import processes as p
from studios.choices import EndReason
from studios.models import OfficialDocument
from studios.permissions import REVIEW_APPLICATION, unions_where
from tests.factories.schemes import AssessmentYearFactory
from tests.reviews.life_book import Asked
from tests.reviews.life_machine import DAY, N5, WHO, Ledger

CAUSES = (EndReason.NO_RESULT_3Y, EndReason.FRAUD, EndReason.NO_RESULT_1Y, EndReason.FAILED_ASSESSMENT)
WAY_OUT = {  # what is usually done next with a case
    RevocationState.OPEN: A.SERVE,
    RevocationState.RECTIFYING: A.ANSWER,
    RevocationState.ANSWERED: A.CHECK,
    RevocationState.CHECKED: A.PROPOSE,
    RevocationState.PROPOSED: A.REVOKE,
}
KINDS = ("leader", "rename", "unit_rename", "end", "suspend", "resume")


def nth(rows, n):
    """One of the rows in the order they were made; None where there are none."""
    rows = list(rows.order_by("pk"))
    return rows[n % len(rows)] if rows else None


class Life(Ledger):
    """Everything that befalls a title."""

    # losing a title

    def reviewer_of(self, naming, who):
        """Whoever reviews at the union of the title's level."""
        place = (naming.level.tier, naming.county_id if naming.level.tier == 2 else naming.city_id)
        return self.somebody(lambda user: place in unions_where(user, REVIEW_APPLICATION), 0, who)

    @rule(n=N5, cause=st.sampled_from(CAUSES), who=WHO)
    def open_case(self, n, cause, who=None):
        """A case about a title, from the flag or the failed year where there is one."""
        naming = self.title(n)
        flag = DormancyFlag.objects.filter(studio=naming.studio_id, cleared_at=None).first()
        failed = Assessment.objects.filter(studio=naming.studio_id, grade="fail").first()
        actor = self.reviewer_of(naming, who)
        given = {"flag": flag if cause == EndReason.NO_RESULT_3Y else None, "assessment": failed}
        self.attempt("open", lambda: open_case(naming, cause, "查实。", actor=actor, **given))

    def case(self, n):
        """One of the open cases."""
        return nth(Revocation.objects.exclude(state__in=REVOCATION_CLOSED), n)

    @rule(n=N5, action=st.sampled_from(list(A)), who=WHO)
    def step_in_case(self, n, action, who=None):
        """Any step of any open case."""
        if case := self.case(n):
            last = terms_on().last_day(case.cause, self.world.today)
            values = {"mend_until": last, "is_mended": "yes" if n == 3 else "no"}
            self.take(p.REVOCATIONS, case.pk, action, n, who, values=values)

    @rule(n=N5, steps=st.integers(1, 5))
    def pursue_case(self, n, steps):
        """The usual way of a case for some steps; a new one where none is open."""
        if self.case(n) is None:
            self.open_case(n, CAUSES[n % 2])
        case = self.case(n)
        for _step in range(steps if case else 0):
            state = Revocation.objects.get(pk=case.pk).state
            if state not in WAY_OUT or not self.step_of(case, WAY_OUT[state], n):
                return

    def step_of(self, case, action, n=0):
        """One step of this case; a title that is revoked ends with the day of its document."""
        last = terms_on().last_day(case.cause, self.world.today)
        values = {"mend_until": last, "is_mended": "no"}
        return self.take(p.REVOCATIONS, case.pk, action, n, values=values)

    @rule(n=N5, who=WHO)
    def annul(self, n, who=None):
        """A whole decision is to be annulled; the next time a second person decides."""
        if waiting := nth(Annulment.objects.filter(state=AnnulmentState.PROPOSED), n):
            self.take(p.ANNULMENTS, waiting.pk, N.DROP if n == 3 else N.ANNUL, n, who)
            return
        document = nth(OfficialDocument.objects.filter(namings__isnull=False).distinct(), n)
        place = (document.union.tier, document.union_id)
        actor = self.somebody(lambda user: place in unions_where(user, REVIEW_APPLICATION), 0, who)
        self.attempt("propose annulment", lambda: propose_annulment(document, "评审不实", actor=actor))

    def take(self, process, pk, action, n=0, who=None, **given):
        """One step; a document that ends titles is written down with its day."""
        done = super().take(process, pk, action, n, who, **given)
        if done and action == A.REVOKE:
            self.end([Revocation.objects.get(pk=pk).naming_id], n)
        if done and action == N.ANNUL:
            granted = Annulment.objects.get(pk=pk).annulled.namings.values_list("pk", flat=True)
            self.end([title for title in granted if self.book.titles[title].until is None], n)
        return done

    def end(self, titles, n):
        """Write down the last day of titles, as ``Ledger.take`` dates documents."""
        for title in titles:
            self.book.titles[title].until = self.world.today - (n == 4) * DAY

    # changes

    @rule(n=N5, kind=st.sampled_from(KINDS), shift=st.integers(-400, 70), is_agreed=st.booleans(), who=WHO)
    def ask_change(self, n, kind, shift, is_agreed=False, who=None):
        """The unit asks for a change on a day before or after today; ``is_agreed``: nobody objects."""
        studio, name = self.studio(n), f"{sum(self.seen.values())}"
        thing = studio.union.unit if kind == "unit_rename" else studio
        wanted = {
            "leader": {
                "member": None,
                "person": {"name": f"领衔{name}", "birth_month": "1990-04"},
                "name": f"领衔{name}",
                "old_stays": n == 1,
            },
            "rename": {"short_name": f"更名{name}工作室", "official_name": f"某厂更名{name}工作室"},
            "unit_rename": {"name": f"更名{name}公司"},
        }.get(kind, {})
        given = {"reason": "情况变化", "effective_on": self.world.today + shift * DAY, "wanted": wanted}
        actor = self.of_unit(studio, who)
        change = self.attempt(f"ask {kind}", lambda: ask(thing, kind, actor=actor, **given))
        if change and is_agreed:
            if change.tier < change.last_tier:
                self.decide_change(change, C.ENDORSE)
            self.decide_change(change, C.APPROVE)

    @rule(n=N5, action=st.sampled_from([*C, C.APPROVE, C.APPROVE, C.ENDORSE]), who=WHO)
    def step_in_change(self, n, action, who=None):
        """Any step of a request on its way."""
        if change := nth(ChangeRequest.objects.filter(state=ChangeState.IN_REVIEW), n):
            self.decide_change(change, action, who)

    def decide_change(self, change, action, who=None):
        """One step; what is approved is written down until it takes effect."""
        if not self.take(p.CHANGES, change.pk, action, 0, who) or action != C.APPROVE:
            return
        self.book.approved[change.pk] = Asked(
            studio=change.studio_id,
            unit=change.union.unit.pk,
            kind=change.kind,
            effective_on=change.effective_on,
            wanted=change.wanted,
        )
        self.note_changes()

    # the year

    @rule()
    def open_year(self):
        """The city opens the year that runs."""
        year = self.world.today.year
        if not AssessmentYear.objects.filter(year=year).exists():
            AssessmentYearFactory(union=self.world.city.city, excellent_percent=40)
        self.seen["years opened"] += open_due(self.world.today).assessments

    @rule(n=N5, grade=st.sampled_from(["excellent", "pass", "fail"]), steps=st.integers(1, 3), who=WHO)
    def step_in_year(self, n, grade, steps, who=None):
        """Reported, graded, concluded, whatever comes next; now and then handed back."""
        year = nth(Assessment.objects.exclude(state=AssessmentState.CONCLUDED), n)
        for _step in range(steps if year else 0):
            year.refresh_from_db()
            if year.state == AssessmentState.OPEN:
                done = self.report(year, n, who)
            elif year.state == AssessmentState.REPORTED:
                done = self.grade(year, grade, n, who)
            else:
                action = (Y.CONFIRM, Y.CONFIRM, Y.CHANGE, Y.REGRADE, Y.CONFIRM)[n]
                done = self.take(p.ASSESSMENTS, year.pk, action, n, who, values={"grade": grade})
            if not done or year.state == AssessmentState.CONCLUDED:
                return

    def report(self, year, n, who):
        """Written and handed in; or, where the day has passed, sometimes concluded without."""
        if n == 4:
            return self.take(p.ASSESSMENTS, year.pk, Y.MISSED, n, who)
        actor = self.of_unit(year.studio, who)
        given = {"summary": "完成攻关。", "plan": "继续。", "inputs": {"team": "40"}}
        self.attempt("write report", lambda: write_report(year.pk, actor=actor, **given))
        return self.take(p.ASSESSMENTS, year.pk, Y.REPORT, n, who)

    def grade(self, year, grade, n, who):
        """Scored and graded; or returned."""
        if n == 3:
            return self.take(p.ASSESSMENTS, year.pk, Y.RETURN, n, who)
        place = year.supervisor()
        actor = self.somebody(lambda user: place in unions_where(user, REVIEW_APPLICATION), 0, who)
        inputs = {"projects": {"project": n}, "team": "50", "media": None}
        self.attempt("score", lambda: write_scores(year.pk, actor=actor, inputs=inputs, remarks={}))
        return self.take(p.ASSESSMENTS, year.pk, Y.GRADE, n, who, values={"grade": grade})

    # money

    @rule(n=N5, is_agreed=st.booleans(), who=WHO)
    def propose_subsidy(self, n, is_agreed=False, who=None):
        """For a title, from the money of its level; ``is_agreed``: granted and partly paid."""
        naming = self.title(n)
        scheme, budget = self.world.money[naming.level.tier - 2]
        actor = self.reviewer_of(naming, who)
        made = self.attempt("propose subsidy", lambda: propose([naming], scheme, budget, actor=actor))
        if made and is_agreed and self.take(p.SUBSIDIES, made[0].pk, M.GRANT):
            self.pay_part(made[0], 4000, 1)

    @rule(n=N5, action=st.sampled_from([M.GRANT, *M]), who=WHO)
    def step_in_subsidy(self, n, action, who=None):
        """Any step of any subsidy."""
        if subsidy := nth(Subsidy.objects, n):
            self.take(p.SUBSIDIES, subsidy.pk, action, n % 4, who, values={"use_report": "用于培训。"})

    @rule(n=N5, yuan=st.sampled_from([100, 4000, 6000, 6001]), order=st.integers(1, 2), who=WHO)
    def pay(self, n, yuan, order, who=None):
        """A transfer to the unit's union."""
        if subsidy := nth(Subsidy.objects, n):
            self.pay_part(subsidy, yuan, order, who)

    def pay_part(self, subsidy, yuan, order, who=None):
        """Of one instalment."""
        part = subsidy.scheme.instalments.get(order=order)
        given = {"paid_on": self.world.today, "voucher": "记-1", "is_met": True}
        given["actor"] = self.reviewer_of(subsidy.naming, who)
        self.attempt("pay", lambda: record_payment(subsidy, part, Decimal(yuan), **given))

    @rule(n=N5, who=WHO)
    def reverse(self, n, who=None):
        """A transfer recorded wrongly is taken back."""
        if payment := nth(Payment.objects, n):
            given = {"on": self.world.today, "voucher": "记-2", "reason": "录错"}
            given["actor"] = self.reviewer_of(payment.subsidy.naming, who)
            self.attempt("reverse", lambda: reverse_payment(payment, **given))

    @rule(n=N5, yuan=st.sampled_from([100, 6000]), who=WHO)
    def repay(self, n, yuan, who=None):
        """Money comes back."""
        if subsidy := nth(Subsidy.objects, n):
            given = {"received_on": self.world.today, "voucher": "记-3"}
            given["actor"] = self.reviewer_of(subsidy.naming, who)
            self.attempt("repay", lambda: record_repayment(subsidy, Decimal(yuan), **given))
