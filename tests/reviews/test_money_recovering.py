"""What a revocation for fraud brings: payments stop, people are asked, the portal demands nothing itself."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import Entry
from portal.jobs.registry import DAILY, HANDLERS
from portal.messages.models import Message
from reviews.choices import SubsidyAction as A
from reviews.choices import SubsidyState as S
from reviews.models import Payment, Revocation
from reviews.queries_money import shown_to, to_demand_back
from reviews.tasks_money import RECOVER, REMIND, recover_after, recover_all, remind
from studios.services.namings import end, issue_document
from studios.services.people import NotPossible
from tests.factories import money
from tests.factories.accounts import UserFactory
from tests.factories.studios import NamingFactory, StudioFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def naming(city, people):
    """A base title of the county's unit."""
    return NamingFactory(studio=StudioFactory(union=city.unit.union))


def revoked(naming, county, *, cause="fraud"):
    """A case that ended the title."""
    today = timezone.localdate()
    decided_by = UserFactory()
    document = issue_document(county, on=today, title="取消命名", actor=decided_by)
    end(naming, on=today, reason=cause, actor=decided_by)
    return Revocation.objects.create(
        union=naming.union,
        naming=naming,
        cause=cause,
        state="revoked",
        opened_by=UserFactory(),
        proposed_by=UserFactory(),
        decided_by=decided_by,
        decided_at=timezone.now(),
        document=document,
    )


def test_payments_stop_and_the_reviewers_are_asked_once(city, people, naming):
    subsidy = money.paid(naming, city.county, people)
    case = revoked(naming, city.county)
    assert [row.pk for row in recover_after(case.pk)] == [subsidy.pk]
    assert recover_after(case.pk) == []
    recover_all(None, {})
    subsidy = money.fresh(subsidy)
    assert (subsidy.state, subsidy.revocation) == (S.GRANTED, case)
    assert list(to_demand_back(shown_to(people.county_reviewer))) == [subsidy]
    told = Message.objects.filter(code="reviews.subsidy_to_demand_back")
    assert set(told.values_list("recipient__username", flat=True)) == {
        people.county_reviewer.username,
        people.county_approver.username,
    }
    assert Entry.objects.filter(verb="subsidy.stop").count() == 1
    with pytest.raises(NotPossible, match="停止拨付"):
        money.pay(subsidy, "4000.00", people, order=2)


def test_a_payment_is_refused_even_before_the_job_has_run(city, people, naming):
    subsidy = money.granted(naming, city.county, people)
    revoked(naming, city.county)
    with pytest.raises(NotPossible, match="停止拨付"):
        money.pay(subsidy, "1.00", people)


def test_the_daily_run_finds_what_nobody_was_asked_about(city, people, naming):
    subsidy = money.paid(naming, city.county, people)
    case = revoked(naming, city.county, cause="fund_misuse")
    recover_all(None, {})
    assert money.fresh(subsidy).revocation == case
    assert {RECOVER, REMIND} <= set(DAILY) & set(HANDLERS)


@pytest.mark.parametrize("cause", ["inactive", "voluntary"])
def test_other_causes_bring_no_demand(city, people, naming, cause):
    subsidy = money.paid(naming, city.county, people)
    case = revoked(naming, city.county, cause=cause)
    assert recover_after(case.pk) == []
    recover_all(None, {})
    assert money.fresh(subsidy).revocation is None


def test_a_case_that_is_still_open_stops_nothing(city, people, naming):
    subsidy = money.paid(naming, city.county, people)
    case = revoked(naming, city.county)
    Revocation.objects.filter(pk=case.pk).update(state="dropped")
    assert recover_after(case.pk) == []
    assert money.fresh(subsidy).revocation is None


def test_the_demand_itself_is_a_persons_step(city, people, naming):
    subsidy = money.paid(naming, city.county, people)
    recover_after(revoked(naming, city.county).pk)
    with pytest.raises(PermissionDenied):
        money.step(subsidy, A.RECOVER, User.objects.system(), reason="系统")
    money.step(subsidy, A.RECOVER, people.county_reviewer, reason="虚假申报")
    assert money.fresh(subsidy).state == S.RECOVERING
    assert not to_demand_back(shown_to(people.county_reviewer)).exists()


def test_the_report_is_asked_for_once_after_three_months(city, people, naming):
    subsidy = money.granted(naming, city.county, people)
    payment = money.pay(subsidy, "6000.00", people)
    remind(None, {})
    wanted = Message.objects.filter(code="reviews.subsidy_report_wanted")
    assert not wanted.exists()
    late = Payment(
        subsidy=subsidy,
        instalment=subsidy.scheme.instalments.get(order=2),
        amount="1.00",
        paid_on=timezone.localdate(),
        voucher="旧",
        recorded_at=timezone.now() - timedelta(days=91),
    )
    other = NamingFactory(studio=StudioFactory(union=city.unit.union))
    older = money.SubsidyFactory(
        naming=other,
        scheme=subsidy.scheme,
        budget=subsidy.budget,
        state="granted",
        paid="1.00",
        proposed_by=people.county_reviewer,
        decided_by=people.county_approver,
    )
    late.subsidy = older
    late.save()
    remind(None, {})
    remind(None, {})
    assert set(wanted.values_list("recipient__username", flat=True)) == {
        people.unit_clerk.username,
        people.unit_chair.username,
    }
    assert wanted.count() == 2
    assert payment.pk
