"""Budgets, schemes and subsidies. Further states are reached through the engine, never by hand."""

from decimal import Decimal
from unittest.mock import patch

import factory
from django.urls import reverse
from django.utils import timezone

from reviews.choices import SubsidyAction
from reviews.models import Budget, Expense, Instalment, Subsidy, SubsidyScheme
from reviews.services import expenses
from reviews.services.expenses import SLOT
from reviews.services.payments import record_payment
from reviews.services.subsidies import propose
from reviews.services.subsidy_schemes import draft_scheme, publish_scheme
from reviews.workflow.engine import perform
from reviews.workflow.subsidising import SUBSIDIES
from studios.models import NamingLevel
from tests.factories.accounts import UserFactory
from tests.factories.studios import ByCode, EvidenceFactory, NamingFactory, UnionFactory


class BudgetFactory(factory.django.DjangoModelFactory):
    """A million for this year, agreed by a second person."""

    class Meta:
        model = Budget

    union = factory.SubFactory(UnionFactory)
    year = factory.LazyFunction(lambda: timezone.localdate().year)
    amount = Decimal("1000000.00")
    set_by = factory.SubFactory(UserFactory)
    agreed_by = factory.SubFactory(UserFactory)


class SubsidySchemeFactory(factory.django.DjangoModelFactory):
    """10,000 yuan for holders of the base title in two instalments, published by a second person."""

    class Meta:
        model = SubsidyScheme
        skip_postgeneration_save = True

    union = factory.SubFactory(UnionFactory)
    year = factory.LazyFunction(lambda: timezone.localdate().year)
    level = ByCode(NamingLevel, "base")
    title = factory.Sequence(lambda n: f"创新工作室补助方案{n}")
    amount = Decimal("10000.00")
    conditions = "用于技能培训、攻关和设备；不得发放个人。"
    drafted_by = factory.SubFactory(UserFactory)
    published_by = factory.SubFactory(UserFactory)
    published_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def shares(self, create, given, **kwargs):
        """``shares``: (percent, condition) pairs, by default 60 % at once and 40 % on report."""
        pairs = given or [("60", ""), ("40", "使用情况已报告")]
        Instalment.objects.bulk_create(
            Instalment(scheme=self, order=order, percent=Decimal(percent), condition=condition)
            for order, (percent, condition) in enumerate(pairs, 1)
        )


class SubsidyFactory(factory.django.DjangoModelFactory):
    """Proposed by somebody, out of a budget of the scheme's union; ``payer`` is that union."""

    class Meta:
        model = Subsidy

    class Params:
        payer = factory.SubFactory(UnionFactory)

    naming = factory.SubFactory(NamingFactory)
    union = factory.SelfAttribute("naming.union")
    scheme = factory.SubFactory(SubsidySchemeFactory, union=factory.SelfAttribute("..payer"))
    budget = factory.SubFactory(BudgetFactory, union=factory.SelfAttribute("..scheme.union"))
    tier = factory.SelfAttribute("scheme.union.tier")
    amount = factory.SelfAttribute("scheme.amount")
    payee = factory.SelfAttribute("naming.union.name")
    proposed_by = factory.SubFactory(UserFactory)


def county_money(county, people, **scheme):
    """A published scheme and an agreed budget of the county, by its own two people."""
    fields = {
        "year": timezone.localdate().year,
        "level": NamingLevel.objects.get(code="base"),
        "title": "劳模创新工作室补助",
        "amount": Decimal("10000.00"),
        "conditions": "用于技能培训、攻关和设备；不得发放个人。",
        **scheme,
    }
    shares = [(Decimal(60), ""), (Decimal(40), "使用情况已报告")]
    drafted = draft_scheme(county, fields, shares, actor=people.county_reviewer)
    published = publish_scheme(drafted, actor=people.county_approver)
    budget = BudgetFactory(union=county, year=published.year, set_by=people.county_reviewer)
    return published, budget


def granted(naming, county, people, **scheme):
    """A granted subsidy of a base title, taken by real steps."""
    published, budget = county_money(county, people, **scheme)
    (subsidy,) = propose([naming], published, budget, actor=people.county_reviewer)
    step(subsidy, SubsidyAction.GRANT, people.county_approver, document_on=timezone.localdate())
    return fresh(subsidy)


def paid(naming, county, people, amount="6000.00"):
    """A granted subsidy with a first payment."""
    subsidy = granted(naming, county, people)
    pay(subsidy, amount, people)
    return fresh(subsidy)


def pay(subsidy, amount, people, order=1, is_met=True):
    """Record a payment of today."""
    return record_payment(
        subsidy,
        subsidy.scheme.instalments.get(order=order),
        Decimal(amount),
        paid_on=timezone.localdate(),
        voucher="记-2026-081",
        is_met=is_met,
        actor=people.county_reviewer,
    )


def spent(subsidy, amount, by):
    """An entry in the unit's accounts, by the service; its invoice counts as checked."""
    invoice = EvidenceFactory(studio=subsidy.naming.studio, slot=SLOT, uploaded_by=by)
    with patch.object(expenses, "receive", lambda *args, **kwargs: invoice):
        return expenses.enter_expense(
            subsidy,
            spent_on=timezone.localdate(),
            use="training",
            what="焊接技能培训",
            amount=Decimal(amount),
            upload=None,
            actor=by,
        )


def step(subsidy, action, actor, **given):
    """One step of the engine."""
    return perform(subsidy.pk, action, actor=actor, process=SUBSIDIES, **given)


def reported(naming, county, people):
    """A subsidy whose use the unit has reported."""
    subsidy = paid(naming, county, people)
    spent(subsidy, "5000.00", people.unit_clerk)
    step(subsidy, SubsidyAction.REPORT, people.unit_clerk, values={"use_report": "全部用于培训。"})
    return fresh(subsidy)


def fresh(subsidy):
    """The row as it is now."""
    return Subsidy.objects.get(pk=subsidy.pk)


# for the permission matrix ---------------------------------------------------------------------------------


def add_to_side(side, crew):
    """A granted and partly paid subsidy, an untouched budget to agree to, and a draft, in one county."""
    naming = side.studio.namings.get(level__code="base")
    scheme = SubsidySchemeFactory(union=side.county, title=f"{side.county.short_name}补助方案")
    side.subsidy = SubsidyFactory(
        naming=naming,
        scheme=scheme,
        budget=BudgetFactory(union=side.county, year=scheme.year + 1, committed="10000.00"),
        state="granted",
        paid="6000.00",
        spent="500.00",
        proposed_by=crew.county_reviewer,
        decided_by=UserFactory(),
        decided_at=timezone.now(),
    )
    first = scheme.instalments.get(order=1)
    side.payment = side.subsidy.payments.create(
        instalment=first,
        amount="6000.00",
        paid_on=timezone.localdate(),
        voucher="记-1",
        recorded_by=crew.county_reviewer,
    )
    side.expense = Expense.objects.create(
        subsidy=side.subsidy,
        spent_on=timezone.localdate(),
        use="training",
        what="培训费",
        amount="500.00",
        invoice=EvidenceFactory(studio=side.studio, slot=SLOT, uploaded_by=crew.unit_clerk),
        entered_by=crew.unit_clerk,
    )
    side.new_budget = BudgetFactory(union=side.county, agreed_by=None)
    side.subsidy_scheme = scheme
    side.draft_scheme = SubsidySchemeFactory(
        union=side.county, title=f"{side.county.short_name}下年方案", published_by=None, published_at=None
    )


def at(name, *things):
    """A function of a side that gives the one address of a name."""
    return lambda side: [reverse(name, args=[getattr(side, thing).pk for thing in things])]


ADDRESSES = {
    **{
        name: at(name, "subsidy")
        for name in ("subsidy_detail", "subsidy_act", "payment_new", "repayment_new", "expense_new")
    },
    "payment_reverse": at("payment_reverse", "subsidy", "payment"),
    "expense_remove": at("expense_remove", "subsidy", "expense"),
    "budget_change": at("budget_change", "new_budget"),
    "budget_agree": at("budget_agree", "new_budget"),
    "subsidy_scheme_detail": at("subsidy_scheme_detail", "subsidy_scheme"),
    "subsidy_scheme_copy": at("subsidy_scheme_copy", "subsidy_scheme"),
    "subsidy_scheme_edit": at("subsidy_scheme_edit", "draft_scheme"),
    "subsidy_scheme_publish": at("subsidy_scheme_publish", "draft_scheme"),
}
FORMS = {
    "subsidy_act": lambda side: {"action": "recover_subsidy", "reason": "虚报", "confirmed": "1"},
    "budget_agree": lambda side: {"amount": "1,000,000.00"},
}
