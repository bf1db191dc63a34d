"""How a subsidy is used, accounted for, settled and demanded back."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portal.jobs.worker import run_pending
from portal.messages.models import Message
from reviews.choices import SubsidyAction as A
from reviews.choices import SubsidyState as S
from reviews.services import payments
from reviews.services.expenses import enter_expense, remove_expense
from reviews.workflow.terms import TransitionNotAllowed
from studios.services.people import NotPossible
from tests.factories import money
from tests.factories.studios import NamingFactory, StudioFactory
from tests.files import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def naming(city, people):
    """A base title of the county's unit."""
    return NamingFactory(studio=StudioFactory(union=city.unit.union))


def today():
    return timezone.localdate()


def refused(act, *args, **kwargs):
    """The sentence with which an act is refused."""
    with pytest.raises((NotPossible, TransitionNotAllowed)) as caught:
        act(*args, **kwargs)
    return str(caught.value)


def upload(name="发票.jpg", colour=1):
    return SimpleUploadedFile(name, makers.jpeg(size=(400 + colour, 300)), content_type="image/jpeg")


def enter(subsidy, people, amount="100.00", file=None, **fields):
    given = {"spent_on": today(), "use": "training", "what": "培训费", **fields}
    file = file or upload()
    return enter_expense(subsidy, amount=Decimal(amount), upload=file, actor=people.unit_clerk, **given)


def test_an_expense_needs_a_payment_and_an_invoice_of_its_own(city, people, naming):
    subsidy = money.granted(naming, city.county, people)
    assert "0.00" in refused(enter, subsidy, people)
    money.pay(subsidy, "6000.00", people)
    expense = enter(subsidy, people)
    assert money.fresh(subsidy).spent == Decimal(100)
    assert expense.invoice.case_file.subsidy == subsidy
    assert "培训费" in refused(enter, subsidy, people)
    assert "5,900.00" in refused(enter, subsidy, people, amount="5900.01", file=upload(colour=5))
    with pytest.raises(PermissionDenied):
        enter_expense(
            subsidy,
            spent_on=today(),
            use="training",
            what="x",
            amount=Decimal(1),
            upload=upload(colour=9),
            actor=people.county_reviewer,
        )
    remove_expense(expense, actor=people.unit_clerk)
    assert money.fresh(subsidy).spent == 0
    assert enter(subsidy, people)


def test_a_report_waits_for_the_check_of_its_invoices(city, people, naming):
    subsidy = money.paid(naming, city.county, people)
    report = {"values": {"use_report": "用于培训。"}}
    assert "支出" in refused(money.step, subsidy, A.REPORT, people.unit_clerk, **report)
    expense = enter(subsidy, people)
    assert "检查" in refused(money.step, subsidy, A.REPORT, people.unit_clerk, **report)
    type(expense.invoice).objects.filter(pk=expense.invoice_id).update(state="refused")
    assert "重新" in refused(money.step, subsidy, A.REPORT, people.unit_clerk, **report)
    type(expense.invoice).objects.filter(pk=expense.invoice_id).update(state="ready")
    assert refused(money.step, subsidy, A.REPORT, people.unit_clerk)
    money.step(subsidy, A.REPORT, people.unit_clerk, **report)
    assert money.fresh(subsidy).use_report == "用于培训。"
    assert "退回" in refused(remove_expense, expense, actor=people.unit_clerk)
    money.step(subsidy, A.RETURN, people.county_reviewer, reason="发票抬头不符")
    remove_expense(expense, actor=people.unit_clerk)


def test_what_is_left_over_comes_back_or_is_explained(city, people, naming):
    subsidy = money.reported(naming, city.county, people)
    assert "1,000.00" in refused(money.step, subsidy, A.SETTLE, people.county_approver)
    with pytest.raises(PermissionDenied):
        money.step(subsidy, A.SETTLE, people.county_reviewer, reason="x")
    given = {"received_on": today(), "voucher": "收-7", "actor": people.county_reviewer}
    assert "1,000.00" in refused(payments.record_repayment, subsidy, Decimal("1000.01"), **given)
    payments.record_repayment(subsidy, Decimal("1000.00"), **given)
    money.step(subsidy, A.SETTLE, people.county_approver)
    assert money.fresh(subsidy).state == S.SETTLED
    run_pending()
    codes = set(Message.objects.filter(recipient=people.unit_clerk).values_list("code", flat=True))
    assert "reviews.subsidy_settled" in codes
    assert Message.objects.filter(recipient=people.county_reviewer, code="reviews.subsidy_reported").exists()


def test_a_demand_ends_when_everything_has_come_back(city, people, naming):
    subsidy = money.reported(naming, city.county, people)
    with pytest.raises(PermissionDenied):
        money.step(subsidy, A.RECOVER, people.city_reviewer, reason="虚假申报")
    money.step(subsidy, A.RECOVER, people.county_reviewer, reason="虚假申报")
    given = {"received_on": today(), "voucher": "收-8", "actor": people.county_reviewer}
    payments.record_repayment(subsidy, Decimal("4000.00"), **given)
    assert "2,000.00" in refused(money.step, subsidy, A.RECOVERED, people.county_reviewer)
    payments.record_repayment(subsidy, Decimal("2000.00"), **given)
    money.step(subsidy, A.RECOVERED, people.county_reviewer)
    assert money.fresh(subsidy).state == S.RECOVERED
    assert "已收回" in refused(payments.record_repayment, subsidy, Decimal(1), **given)
