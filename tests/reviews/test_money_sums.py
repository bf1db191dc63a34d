"""Any order of acts keeps the sums: 0 ≤ paid ≤ amount, spent and paid back ≤ paid, committed = Σ granted."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reviews.amounts import NotAnAmount, read_yuan, yuan
from reviews.choices import SubsidyAction as A
from reviews.models import Budget, Payment, Repayment, Subsidy
from reviews.queries_money import UNGRANTED, parts
from reviews.services.expenses import remove_expense
from reviews.services.payments import record_repayment, reverse_payment
from reviews.workflow.terms import TransitionNotAllowed
from studios.services.people import NotPossible
from tests.factories import money
from tests.factories.studios import NamingFactory, StudioFactory

AMOUNTS = st.decimals("0.01", "12000", places=2)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["pay", "pay2", "reverse", "repay", "spend", "unspend", "report", "recover", "return"]
        ),
        AMOUNTS,
    ),
    max_size=14,
)


class Books:
    """One subsidy with the acts of its people."""

    def __init__(self, subsidy, people):
        self.subsidy, self.people = subsidy, people

    def pay(self, amount, order=1):
        money.pay(self.subsidy, amount, self.people, order=order)

    def pay2(self, amount):
        self.pay(amount, order=2)

    def reverse(self, amount):
        payment = Payment.objects.filter(subsidy=self.subsidy, reverses=None).order_by("pk").last()
        if payment is not None:
            reverse_payment(
                payment,
                on=timezone.localdate(),
                voucher="冲",
                reason="误记",
                actor=self.people.county_reviewer,
            )

    def repay(self, amount):
        record_repayment(
            self.subsidy,
            amount,
            received_on=timezone.localdate(),
            voucher="收",
            actor=self.people.county_reviewer,
        )

    def spend(self, amount):
        money.spent(self.subsidy, amount, self.people.unit_clerk)

    def unspend(self, amount):
        expense = self.subsidy.expenses.filter(removed_at=None).last()
        if expense is not None:
            remove_expense(expense, actor=self.people.unit_clerk)

    def report(self, amount):
        money.step(self.subsidy, A.REPORT, self.people.unit_clerk, values={"use_report": "已用"})

    def recover(self, amount):
        money.step(self.subsidy, A.RECOVER, self.people.county_reviewer, reason="虚报")

    def __getattr__(self, name):
        if name == "return":
            return lambda amount: money.step(
                self.subsidy, A.RETURN, self.people.county_reviewer, reason="补正"
            )
        raise AttributeError(name)

    def check(self):
        row = Subsidy.objects.get(pk=self.subsidy.pk)
        paid = sum(Payment.objects.filter(subsidy=row).values_list("amount", flat=True))
        back = sum(Repayment.objects.filter(subsidy=row).values_list("amount", flat=True))
        spent = sum(row.expenses.filter(removed_at=None).values_list("amount", flat=True))
        assert (row.paid, row.paid_back, row.spent) == (paid, back, spent)
        assert 0 <= row.paid <= row.amount
        assert 0 <= row.spent <= row.paid
        assert 0 <= row.paid_back <= row.paid
        for part in parts(row.amount, list(row.scheme.instalments.all()), self.by_instalment(row)):
            assert 0 <= part["paid"] <= part["amount"]
        for budget in Budget.objects.all():
            granted = budget.subsidies.exclude(state__in=UNGRANTED).values_list("amount", flat=True)
            assert budget.committed == sum(granted)

    @staticmethod
    def by_instalment(row):
        sums = {}
        for payment in row.payments.all():
            sums[payment.instalment_id] = sums.get(payment.instalment_id, 0) + payment.amount
        return sums


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(
    acts=[("pay", Decimal(6000)), ("spend", Decimal(5000)), ("reverse", Decimal(1)), ("recover", Decimal(1))]
)
@example(
    acts=[("pay", Decimal(6000)), ("recover", Decimal(1)), ("repay", Decimal(6000)), ("reverse", Decimal(1))]
)
@given(acts=ACTS)
def test_any_sequence_of_acts_keeps_the_sums(city, people, acts):
    with transaction.atomic():
        naming = NamingFactory(studio=StudioFactory(union=city.unit.union))
        books = Books(money.granted(naming, city.county, people), people)
        for name, amount in acts:
            try:
                with transaction.atomic():
                    getattr(books, name)(amount)
            except (NotPossible, TransitionNotAllowed):
                pass
            books.check()
        transaction.set_rollback(True)


@given(amount=st.decimals("0.01", "999999999999.99", places=2))
def test_what_is_shown_can_be_typed_again(amount):
    assert read_yuan(yuan(amount)) == amount


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1,234.50", "1234.50"),
        ("1234.5", "1234.5"),
        ("１２３４．５", "1234.5"),
        ("¥1 234 元", "1234"),
        ("人民币5000元整", "5000"),
        ("0.01", "0.01"),
        ("1234.", "1234"),
        ("1，234", "1234"),
    ],
)
def test_amounts_are_read_as_people_type_them(typed, read):
    assert read_yuan(typed) == Decimal(read)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("２万", "20,000.00"),
        ("1.5万元", "15,000.00"),
        ("2w", "20,000.00"),
        ("12.345", "两位小数"),
        ("0", "大于零"),
        ("-5", "大于零"),
        ("五千", "五千"),
        ("1e5", "1e5"),
        ("NaN", "NaN"),
        ("9" * 30, "过大"),
        ("1.2.3", "1.2.3"),
        ("1.2.3万", "万元"),
    ],
)
def test_what_is_wrong_with_an_amount_is_said(typed, says):
    with pytest.raises(NotAnAmount) as caught:
        read_yuan(typed)
    assert says in str(caught.value)
