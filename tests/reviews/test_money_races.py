"""A budget and a subsidy cannot be overdrawn by two people at once; without what holds them they are."""

import threading
from contextlib import contextmanager, suppress
from decimal import Decimal

import pytest
from django.db import connection, models, transaction
from django.db.models import Sum
from django.utils import timezone

from portal.accounts.models import User
from reviews.choices import SubsidyAction as A
from reviews.choices import SubsidyState as S
from reviews.models import Budget, Payment, Subsidy
from reviews.workflow import subsidising
from studios.choices import Role
from studios.services.people import NotPossible, appoint
from tests import cast
from tests.factories import money
from tests.factories.accounts import UserFactory
from tests.factories.studios import NamingFactory, StudioFactory

pytestmark = pytest.mark.django_db(transaction=True)
PAIRS = 60
AMOUNT = Decimal("10000.00")


@pytest.fixture
def world(transactional_db):
    """The cast with a second approver and a second reviewer at the county, and two base titles there."""
    with transaction.atomic():
        cast.load_reference(actor=User.objects.system())
        city = cast.build_city()
        people = cast.build_people(city)
        people.second_approver = UserFactory(name="第二审批人")
        people.second_reviewer = UserFactory(name="第二经办人")
        appoint(people.second_approver, Role.COUNTY_APPROVER, city.county, actor=None)
        appoint(people.second_reviewer, Role.COUNTY_REVIEWER, city.county, actor=None)
        titles = [NamingFactory(studio=StudioFactory(union=city.unit.union)) for _ in range(2)]
    return city, people, titles


@pytest.fixture
def without_locks(monkeypatch):
    """``select_for_update`` does nothing: the negative control."""
    monkeypatch.setattr(models.QuerySet, "select_for_update", lambda rows, *args, **kwargs: rows)


@contextmanager
def without_constraint(model, name):
    """The named check is taken away, and put back when its rows are gone."""
    constraint = next(c for c in model._meta.constraints if c.name == name)
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, constraint)
    try:
        yield
    finally:
        model.objects.update(**{"committed" if model is Budget else "paid": 0})
        with connection.schema_editor() as editor:
            editor.add_constraint(model, constraint)


@contextmanager
def both_at_the_brink(monkeypatch):
    """Hold each grant when it has seen what the budget has left, until the other has, or for a moment."""
    barrier = threading.Barrier(2)
    update = models.QuerySet.update

    def wait_before_writing(rows, **kwargs):
        if rows.model is Budget and "committed" in kwargs:
            with suppress(threading.BrokenBarrierError):
                barrier.wait(timeout=2)
        return update(rows, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(models.QuerySet, "update", wait_before_writing)
        yield


def in_pairs(pairs, act):
    """Two threads, each with its own connection, meet before every pair; ``[(outcome, outcome)]``."""
    barrier = threading.Barrier(2)
    outcomes = [[None, None] for _pair in pairs]

    def run(side):
        try:
            for number, pair in enumerate(pairs):
                barrier.wait(timeout=30)
                try:
                    act(side, pair[side])
                    outcomes[number][side] = "ok"
                except Exception as problem:  # noqa: BLE001 - the name is the result
                    outcomes[number][side] = type(problem).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(side,)) for side in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return [tuple(pair) for pair in outcomes]


def contested(world, number):
    """``number`` pairs of proposed subsidies; each pair has a budget with room for one of the two."""
    city, people, titles = world
    pairs = []
    for year in range(2000, 2000 + number):
        scheme = money.SubsidySchemeFactory(union=city.county, year=year, amount=AMOUNT)
        budget = money.BudgetFactory(union=city.county, year=year, amount=AMOUNT)
        pairs.append(
            [
                money.SubsidyFactory(
                    naming=naming, scheme=scheme, budget=budget, proposed_by=people.county_reviewer
                )
                for naming in titles
            ]
        )
    return pairs


def granting(world):
    """Grant as one of two approvers."""
    _city, people, _titles = world
    actors = (people.county_approver, people.second_approver)
    return lambda side, subsidy: money.step(subsidy, A.GRANT, actors[side], document_on=timezone.localdate())


def overdrawn():
    """Budgets whose granted subsidies come to more than they hold, whatever the column says."""
    rows = Budget.objects.annotate(
        really=Sum("subsidies__amount", filter=~models.Q(subsidies__state__in=[S.PROPOSED, S.REFUSED]))
    )
    return rows.filter(really__gt=models.F("amount")).count()


def wrongly_summed():
    """Budgets whose column is not the sum of what was granted from them."""
    granted = ~models.Q(subsidies__state__in=[S.PROPOSED, S.REFUSED])
    rows = Budget.objects.annotate(really=Sum("subsidies__amount", filter=granted, default=Decimal(0)))
    return rows.exclude(really=models.F("committed")).count()


def test_of_every_contested_pair_exactly_one_is_granted(world):
    outcomes = in_pairs(contested(world, PAIRS), granting(world))
    assert {tuple(sorted(pair)) for pair in outcomes} == {("TransitionNotAllowed", "ok")}
    assert (overdrawn(), wrongly_summed()) == (0, 0)
    assert Subsidy.objects.filter(state=S.GRANTED).count() == PAIRS


def test_without_the_lock_the_constraint_still_holds_the_budget(world, monkeypatch, without_locks):
    with both_at_the_brink(monkeypatch):
        outcomes = in_pairs(contested(world, 1), granting(world))
    assert sorted(outcomes[0]) == ["IntegrityError", "ok"]
    assert (overdrawn(), wrongly_summed()) == (0, 0)


def test_without_lock_and_constraint_the_budget_is_overdrawn(world, monkeypatch, without_locks):
    pairs = contested(world, 1)
    with without_constraint(Budget, "budget_never_overdrawn"), both_at_the_brink(monkeypatch):
        monkeypatch.setattr(subsidising, "_document", lambda *args: None)
        outcomes = in_pairs(pairs, granting(world))
        assert outcomes == [("ok", "ok")]
        assert overdrawn() == 1


def paying(world):
    """Pay the whole of the one instalment, as one of two reviewers."""
    from reviews.services.payments import record_payment

    _city, people, _titles = world
    actors = (people.county_reviewer, people.second_reviewer)

    def act(side, subsidy):
        record_payment(
            subsidy,
            subsidy.scheme.instalments.first(),
            Decimal("6000.00"),
            paid_on=timezone.localdate(),
            voucher=f"{side}",
            is_met=True,
            actor=actors[side],
        )

    return act


def payable(world, number):
    """Granted subsidies, each to be paid by two people at once."""
    _city, people, _titles = world
    pairs = []
    for one, _two in contested(world, number):
        granting(world)(0, one)
        pairs.append([money.fresh(one), money.fresh(one)])
    return pairs


def test_of_two_payments_of_one_instalment_one_is_refused(world):
    outcomes = in_pairs(payable(world, 15), paying(world))
    assert {tuple(sorted(pair)) for pair in outcomes} == {(NotPossible.__name__, "ok")}
    assert not Subsidy.objects.exclude(paid=Decimal("6000.00")).exclude(state=S.PROPOSED).exists()
    assert Payment.objects.count() == 15


def test_without_the_lock_an_instalment_is_paid_twice_but_never_beyond_the_amount(
    world, monkeypatch, without_locks
):
    pairs = payable(world, 1)
    barrier = threading.Barrier(2)
    create = Payment.objects.create

    def together(**fields):
        with suppress(threading.BrokenBarrierError):
            barrier.wait(timeout=2)
        return create(**fields)

    monkeypatch.setattr(Payment.objects, "create", together)
    outcomes = in_pairs(pairs, paying(world))
    assert sorted(outcomes[0]) == ["IntegrityError", "ok"]  # 12,000 of 10,000: the check refuses the second
    assert Subsidy.objects.get(pk=pairs[0][0].pk).paid == Decimal("6000.00")
