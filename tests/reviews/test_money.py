"""Subsidies: budget, scheme, proposal, grant, payments, use, settlement, recovery."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from portal.audit.models import Entry
from portal.jobs.worker import run_pending
from portal.messages.models import Message
from reviews.choices import SubsidyAction as A
from reviews.choices import SubsidyState as S
from reviews.models import Budget, Payment, Subsidy
from reviews.queries_money import added_up, shown_to, sums_by_county, tied_unions, titles_for
from reviews.services import budgets, payments, subsidies, subsidy_schemes
from reviews.services.expenses import remove_expense
from reviews.services.ties import has_ties_to
from reviews.workflow.terms import TransitionNotAllowed
from studios.models import Member, Naming, NamingLevel
from studios.services.people import NotPossible
from tests.factories import money
from tests.factories.studios import NamingFactory, PersonFactory, StudioFactory

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


# budgets


def test_a_budget_counts_only_when_a_second_person_has_agreed(city, people, naming):
    scheme, _budget = money.county_money(city.county, people)
    Budget.objects.all().delete()
    budget = budgets.set_budget(city.county, scheme.year, Decimal(20000), actor=people.county_reviewer)
    assert "没有经第二人" in refused(
        subsidies.propose, [naming], scheme, budget, actor=people.county_reviewer
    )
    assert Message.objects.filter(recipient=people.county_approver, code="reviews.budget_to_agree").exists()
    with pytest.raises(PermissionDenied):
        budgets.agree_budget(budget, Decimal(20000), actor=people.county_reviewer)
    budget = budgets.agree_budget(budget, Decimal(20000), actor=people.county_approver)
    assert subsidies.propose([naming], scheme, budget, actor=people.county_reviewer)


def test_a_change_of_a_budget_waits_for_a_second_person_and_covers_what_is_granted(city, people, naming):
    subsidy = money.granted(naming, city.county, people)
    budget = Budget.objects.get(pk=subsidy.budget_id)
    budgets.change_budget(budget, Decimal(50000), actor=people.county_reviewer)
    budget.refresh_from_db()
    assert (budget.amount, budget.wanted) == (Decimal(1000000), Decimal(50000))
    assert "10,000.00" in refused(
        budgets.change_budget, budget, Decimal("9999.99"), actor=people.county_reviewer
    )
    assert "50,000.00" in refused(budgets.agree_budget, budget, Decimal(60000), actor=people.county_approver)
    budgets.agree_budget(budget, Decimal(50000), actor=people.county_approver)
    budget.refresh_from_db()
    assert (budget.amount, budget.wanted, budget.committed) == (Decimal(50000), None, Decimal(10000))


def test_nobody_agrees_to_their_own_amount_not_even_in_the_database(city, people):
    budget = budgets.set_budget(city.county, 2026, Decimal(5), actor=people.county_reviewer)
    budget.set_by = people.county_approver
    budget.save()
    assert "另一人" in refused(budgets.agree_budget, budget, Decimal(5), actor=people.county_approver)
    budget.agreed_by = people.county_approver
    with pytest.raises(IntegrityError, match="budget_agreed_by_a_second_person"), transaction.atomic():
        budget.save()


def test_a_union_sets_its_own_budget_only_and_once(city, people):
    with pytest.raises(PermissionDenied):
        budgets.set_budget(city.city, 2026, Decimal(5000), actor=people.county_reviewer)
    with pytest.raises(PermissionDenied):
        budgets.set_budget(city.county, 2026, Decimal(5000), actor=people.city_reviewer)
    budgets.set_budget(city.county, 2026, Decimal(5000), actor=people.county_reviewer)
    assert "2026" in refused(budgets.set_budget, city.county, 2026, Decimal(1), actor=people.county_reviewer)


# schemes


def test_shares_make_exactly_a_hundred(city, people):
    fields = {
        "year": 2026,
        "level": NamingLevel.objects.get(code="county"),
        "title": "补助",
        "amount": Decimal(20000),
    }
    shares = [(Decimal("33.33"), "")] * 3
    assert "99.99" in refused(
        subsidy_schemes.draft_scheme, city.city, fields, shares, actor=people.city_reviewer
    )
    shares[2] = (Decimal("33.34"), "")
    scheme = subsidy_schemes.draft_scheme(city.city, fields, shares, actor=people.city_reviewer)
    assert [row.order for row in scheme.instalments.all()] == [1, 2, 3]


def test_a_published_scheme_stays_as_it_is_even_for_the_database(city, people):
    scheme, _budget = money.county_money(city.county, people)
    assert "不再" in refused(
        subsidy_schemes.edit_scheme, scheme, {}, [(Decimal(100), "")], actor=people.county_reviewer
    )
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        type(scheme).objects.filter(pk=scheme.pk).update(amount=1)
    copy = subsidy_schemes.copy_scheme(scheme, actor=people.county_reviewer)
    assert (copy.year, copy.published_at) == (scheme.year + 1, None)
    assert copy.instalments.count() == 2
    copy.drafted_by = people.county_approver
    copy.save()
    assert "另一人" in refused(subsidy_schemes.publish_scheme, copy, actor=people.county_approver)


# proposing


def test_many_titles_are_proposed_at_once_each_with_its_row(city, people, naming):
    scheme, budget = money.county_money(city.county, people)
    second = NamingFactory(studio=StudioFactory(union=city.ready_unit.union))
    elsewhere = NamingFactory(studio=StudioFactory(union=city.other_unit.union))
    assert set(titles_for(scheme)) == {naming, second}
    look = subsidies.preview([naming, elsewhere], scheme, budget, actor=people.county_reviewer)
    assert [bool(row.obstacle) for row in look.rows] == [False, True]
    assert (look.total, look.fits) == (Decimal(10000), True)
    made = subsidies.propose([naming, second], scheme, budget, actor=people.county_reviewer)
    assert [row.payee for row in made] == [naming.union.name, second.union.name]
    assert {row.state for row in made} == {S.PROPOSED}
    assert list(titles_for(scheme)) == []
    assert "已有" in refused(subsidies.propose, [naming], scheme, budget, actor=people.county_reviewer)
    message = Message.objects.get(recipient=people.county_approver, code="reviews.subsidies_to_sign")
    assert message.values["amount"] == "20,000.00"


@pytest.mark.parametrize("payee", ["6222 0212 3456 7890 123", "李某 622202-1234567890", "1" * 12])
def test_no_number_of_a_card_or_account_is_kept(city, people, naming, payee):
    scheme, budget = money.county_money(city.county, people)
    payees = {naming.pk: payee}
    assert "账号" in refused(
        subsidies.propose, [naming], scheme, budget, actor=people.county_reviewer, payees=payees
    )
    assert subsidies.payee_problem("通辽第1机械有限公司工会委员会") == ""


def test_ended_titles_other_levels_and_own_units_are_not_proposed(city, people, naming):
    scheme, budget = money.county_money(city.county, people)
    actor = people.county_reviewer
    Naming.objects.filter(pk=naming.pk).update(until=today() - timedelta(days=1), end_reason="voluntary")
    naming.refresh_from_db()
    assert "终止" in refused(subsidies.propose, [naming], scheme, budget, actor=actor)
    other = NamingFactory(studio=StudioFactory(union=city.unit.union))
    person = PersonFactory(union=city.unit.union, user=actor)
    Member.objects.create(studio=other.studio, person=person, since=today())
    assert "同事" in refused(subsidies.propose, [other], scheme, budget, actor=actor)


def test_ties_of_many_and_of_one_are_the_same_rule(city, people, naming):
    actor = people.county_reviewer
    studio = StudioFactory(union=city.ready_unit.union)
    Member.objects.create(studio=studio, person=PersonFactory(union=studio.union, user=actor), since=today())
    for who in (actor, people.unit_clerk, people.city_approver):
        unions = [unit.union_id for unit in (city.unit, city.ready_unit, city.other_unit)]
        assert [pk in tied_unions(who) for pk in unions] == [has_ties_to(pk, who) for pk in unions]
    assert tied_unions(actor) == {studio.union_id}


# granting


def test_a_grant_takes_a_second_person_a_document_and_the_budget(city, people, naming):
    scheme, budget = money.county_money(city.county, people)
    (subsidy,) = subsidies.propose([naming], scheme, budget, actor=people.county_reviewer)
    with pytest.raises(PermissionDenied):
        money.step(subsidy, A.GRANT, people.county_reviewer, document_on=today())
    assert "日期" in refused(money.step, subsidy, A.GRANT, people.county_approver)
    decision = money.step(subsidy, A.GRANT, people.county_approver, document_on=today())
    subsidy = money.fresh(subsidy)
    assert (subsidy.state, subsidy.document) == (S.GRANTED, decision.document)
    assert decision.second_to == people.county_reviewer
    assert Budget.objects.get().committed == Decimal(10000)
    run_pending()
    told = set(Message.objects.values_list("recipient__username", "code"))
    assert (people.unit_clerk.username, "reviews.subsidy_granted") in told
    assert (people.county_reviewer.username, "reviews.subsidy_granted_to_proposer") in told
    assert not any(name == people.other_unit_clerk.username for name, _code in told)


def test_the_proposer_does_not_grant_even_as_an_approver(city, people, naming):
    scheme, budget = money.county_money(city.county, people)
    (subsidy,) = subsidies.propose([naming], scheme, budget, actor=people.county_reviewer)
    Subsidy.objects.filter(pk=subsidy.pk).update(proposed_by=people.county_approver)
    assert "另一人" in refused(money.step, subsidy, A.GRANT, people.county_approver, document_on=today())
    with pytest.raises(IntegrityError, match="subsidy_decided_by_a_second_person"), transaction.atomic():
        Subsidy.objects.filter(pk=subsidy.pk).update(decided_by=people.county_approver)


def test_a_grant_beyond_the_budget_is_refused_with_what_is_left(city, people, naming):
    scheme, budget = money.county_money(city.county, people)
    (subsidy,) = subsidies.propose([naming], scheme, budget, actor=people.county_reviewer)
    Budget.objects.filter(pk=budget.pk).update(amount="9999.99")
    assert "9,999.99" in refused(money.step, subsidy, A.GRANT, people.county_approver, document_on=today())
    assert Budget.objects.get().committed == 0
    with pytest.raises(IntegrityError, match="budget_never_overdrawn"), transaction.atomic():
        Budget.objects.filter(pk=budget.pk).update(committed="10000")


def test_a_refusal_gives_the_title_free_again(city, people, naming):
    scheme, budget = money.county_money(city.county, people)
    (subsidy,) = subsidies.propose([naming], scheme, budget, actor=people.county_reviewer)
    assert refused(money.step, subsidy, A.REFUSE, people.county_approver)
    money.step(subsidy, A.REFUSE, people.county_approver, reason="预算另有安排")
    assert list(titles_for(scheme)) == [naming]
    assert list(shown_to(people.unit_clerk)) == []
    assert list(shown_to(people.county_reviewer)) == [subsidy]


# paying


def test_payments_keep_to_the_instalment_and_its_condition(city, people, naming):
    subsidy = money.granted(naming, city.county, people)
    assert "6,000.00" in refused(money.pay, subsidy, "6000.01", people)
    money.pay(subsidy, "6000.00", people)
    assert "条件" in refused(money.pay, subsidy, "4000.00", people, order=2, is_met=False)
    money.pay(subsidy, "4000.00", people, order=2)
    assert money.fresh(subsidy).paid == Decimal(10000)
    assert "全部" in refused(money.pay, subsidy, "0.01", people)
    with pytest.raises(IntegrityError, match="subsidy_never_paid_beyond"), transaction.atomic():
        Subsidy.objects.filter(pk=subsidy.pk).update(paid="10000.01")
    assert Message.objects.filter(recipient=people.unit_clerk, code="reviews.subsidy_paid").count() == 2


def test_the_last_instalment_takes_what_rounding_leaves(city, people):
    rows = [
        type("I", (), {"pk": n, "percent": p, "order": n})
        for n, p in enumerate([Decimal("33.33"), Decimal("33.33"), Decimal("33.34")], 1)
    ]
    from reviews.queries_money import parts

    found = parts(Decimal("100.01"), rows, {})
    assert sum(part["amount"] for part in found) == Decimal("100.01")


def test_who_may_record_payments(city, people, naming):
    subsidy = money.granted(naming, city.county, people)
    for who in ("county_approver", "city_reviewer", "other_county_reviewer", "unit_clerk"):
        with pytest.raises(PermissionDenied):
            payments.record_payment(
                subsidy,
                subsidy.scheme.instalments.first(),
                Decimal(1),
                paid_on=today(),
                voucher="1",
                is_met=True,
                actor=getattr(people, who),
            )


def test_a_reversal_adds_a_row_and_never_undercuts_the_accounts(city, people, naming):
    subsidy = money.paid(naming, city.county, people)
    payment = subsidy.payments.get()
    given = {"on": today(), "voucher": "记-82", "reason": "重复登记", "actor": people.county_reviewer}
    expense = money.spent(subsidy, "1.00", people.unit_clerk)
    assert "1.00" in refused(payments.reverse_payment, payment, **given)
    remove_expense(expense, actor=people.unit_clerk)
    payments.reverse_payment(payment, **given)
    assert money.fresh(subsidy).paid == 0
    assert sorted(Payment.objects.values_list("amount", flat=True)) == [Decimal(-6000), Decimal(6000)]
    assert refused(payments.reverse_payment, payment, **given)
    with pytest.raises(DatabaseError), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(amount=1)


def test_payments_refuse_the_future_and_the_wrong_state(city, people, naming):
    subsidy = money.paid(naming, city.county, people)
    with pytest.raises(NotPossible, match="今天"):
        payments.record_payment(
            subsidy,
            subsidy.scheme.instalments.get(order=2),
            Decimal(1),
            paid_on=today() + timedelta(days=1),
            voucher="1",
            is_met=True,
            actor=people.county_reviewer,
        )
    money.step(subsidy, A.RECOVER, people.county_reviewer, reason="挪用")
    assert refused(money.pay, subsidy, "1.00", people, order=2)


def test_every_act_is_on_record(city, people, naming):
    money.reported(naming, city.county, people)
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert verbs >= {
        "subsidyscheme.draft",
        "subsidyscheme.publish",
        "subsidy.propose",
        "subsidy.grant_subsidy",
        "subsidy.pay",
        "subsidy.report_use",
    }


# looking


def test_units_see_their_own_money_and_sibling_counties_nothing(city, people, naming):
    scheme, budget = money.county_money(city.county, people)
    (subsidy,) = subsidies.propose([naming], scheme, budget, actor=people.county_reviewer)
    assert not shown_to(people.unit_clerk).exists()
    assert list(shown_to(people.county_approver)) == [subsidy]
    money.step(subsidy, A.GRANT, people.county_approver, document_on=today())
    for who in ("unit_clerk", "unit_chair", "county_reviewer", "city_reviewer", "auditor", "superuser"):
        assert list(shown_to(getattr(people, who))) == [subsidy], who
    for who in ("other_unit_clerk", "other_county_reviewer", "roster_admin", "stranger"):
        assert not shown_to(getattr(people, who)).exists(), who


def test_sums_by_county(city, people, naming):
    money.reported(naming, city.county, people)
    (row,) = sums_by_county(shown_to(people.city_reviewer))
    assert (row["county"], row["granted"], row["paid_sum"]) == (city.county.pk, 10000, 6000)
    assert (row["spent_sum"], row["settled"], row["back"]) == (5000, 0, 0)
    assert added_up([row, row])["granted"] == 20000
