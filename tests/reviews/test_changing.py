"""Requested changes: who decides, what takes effect and when, what is looked at again."""

import pytest
from django.core.exceptions import PermissionDenied

from portal.accounts.models import User
from portal.audit.models import Entry
from portal.jobs.worker import run_pending
from portal.messages.models import Message
from reviews.choices import ChangeAction as A
from reviews.choices import ChangeKind as K
from reviews.choices import ChangeState as S
from reviews.models import ChangeRequest, Recheck, Revocation
from reviews.rules.clock import months_after
from reviews.services.change_kinds import KINDS, last_tier, needs_request
from reviews.services.changes import apply_due, ask, do_alone
from reviews.services.rechecks import GRACE_MONTHS, grace_months, look_again, settle
from reviews.workflow.engine import offers
from reviews.workflow.processes import CHANGES
from reviews.workflow.terms import TransitionNotAllowed
from studios.choices import Role, Tier
from studios.models import Leader, Naming, Studio, Union
from studios.queries.as_of import studio_names_on
from studios.queries.contents import current_leader, current_members
from studios.services.people import NotPossible
from tests.factories.changes import approved, asked, days, step, titled
from tests.factories.studios import AppointmentFactory, HonourFactory, StudioFactory
from tests.reviews import journey

pytestmark = pytest.mark.django_db


@pytest.fixture
def county_studio(ready_studio):
    titled(ready_studio)
    return ready_studio


@pytest.fixture
def city_studio(county_studio):
    titled(county_studio, "city")
    return county_studio


def open_actions(change, user):
    return {offer.action for offer in offers(change, user, process=CHANGES) if offer.is_open}


# -- who decides ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "top", "tier"),
    [
        (K.LEADER, 2, Tier.COUNTY),
        (K.LEADER, 3, Tier.CITY),
        (K.RENAME, 3, Tier.CITY),
        (K.END, 1, Tier.COUNTY),
        (K.END, 3, Tier.CITY),
        (K.MERGE, 2, Tier.COUNTY),
        (K.UNIT_RENAME, 0, Tier.CITY),
        (K.UNIT_MOVE, 0, Tier.CITY),
        (K.UNIT_CLOSE, 0, Tier.CITY),
    ],
)
def test_the_deciding_tier_follows_the_highest_title(city, kind, top, tier):
    assert last_tier(KINDS[kind], city.unit, top) == tier


def test_without_a_county_the_city_decides(city):
    city.unit.county_id = None
    assert last_tier(KINDS[K.LEADER], city.unit, 2) == Tier.CITY


@pytest.mark.parametrize("kind", [K.LEADER, K.RENAME, K.SUSPEND, K.RESUME])
def test_without_a_higher_title_the_unit_does_it_itself(ready_studio, people, kind):
    assert not needs_request(KINDS[kind], 1)
    with pytest.raises(NotPossible):
        asked(ready_studio, kind, people.unit_clerk)


def test_only_the_unit_asks(county_studio, people):
    for user in (people.county_reviewer, people.other_unit_clerk, people.city_approver, people.superuser):
        with pytest.raises(PermissionDenied):
            asked(county_studio, K.END, user)


def test_one_of_a_kind_is_open_at_a_time(county_studio, people):
    asked(county_studio, K.LEADER, people.unit_clerk)
    asked(county_studio, K.RENAME, people.unit_clerk)
    with pytest.raises(NotPossible):
        asked(county_studio, K.LEADER, people.unit_chair)


@pytest.mark.parametrize("offset", [61, -800])
def test_days_too_far_away_are_refused(county_studio, people, offset):
    with pytest.raises(NotPossible, match=days(offset).isoformat()):
        asked(county_studio, K.LEADER, people.unit_clerk, effective_on=days(offset))


def test_a_change_lies_after_the_title(county_studio, people):
    since = county_studio.namings.get(level__code="county").since
    with pytest.raises(NotPossible, match=since.isoformat()):
        asked(county_studio, K.LEADER, people.unit_clerk, effective_on=since)


def test_the_county_gives_its_opinion_and_the_city_decides(city_studio, people):
    change = asked(city_studio, K.RENAME, people.unit_clerk)
    assert (change.tier, change.last_tier) == (Tier.COUNTY, Tier.CITY)
    assert open_actions(change, people.county_reviewer) == {A.ENDORSE, A.REFUSE}
    assert open_actions(change, people.county_approver) == {A.REFUSE}
    assert open_actions(change, people.city_reviewer) == set()
    assert open_actions(change, people.unit_clerk) == {A.WITHDRAW}
    with pytest.raises(TransitionNotAllowed):
        step(change, A.ENDORSE, people.county_reviewer, reason=" ")
    change = step(change, A.ENDORSE, people.county_reviewer)
    assert open_actions(change, people.county_reviewer) == set()
    assert open_actions(change, people.city_reviewer) == {A.REFUSE}
    assert open_actions(change, people.city_approver) == {A.APPROVE, A.REFUSE}
    change = step(change, A.APPROVE, people.city_approver)
    assert (change.state, change.tier) == (S.APPROVED, None)
    city_studio.refresh_from_db()
    assert city_studio.short_name == "更名后创新工作室"


def test_a_county_title_is_the_countys_affair(county_studio, people):
    change = asked(county_studio, K.SUSPEND, people.unit_clerk)
    assert open_actions(change, people.county_approver) == {A.APPROVE, A.REFUSE}
    assert open_actions(change, people.county_reviewer) == {A.REFUSE}


def test_nobody_with_ties_acts(county_studio, people):
    change = asked(county_studio, K.SUSPEND, people.unit_clerk)
    AppointmentFactory(user=people.county_approver, union=county_studio.union, role=Role.UNIT_CHAIR)
    with pytest.raises(TransitionNotAllowed):
        step(change, A.APPROVE, people.county_approver)


def test_a_refusal_needs_a_reason_and_changes_nothing(county_studio, people):
    change = asked(county_studio, K.RENAME, people.unit_clerk)
    with pytest.raises(TransitionNotAllowed):
        step(change, A.REFUSE, people.county_reviewer, reason="")
    change = step(change, A.REFUSE, people.county_reviewer, reason="名称不规范")
    assert change.state == S.REFUSED and change.before is None
    assert asked(county_studio, K.RENAME, people.unit_clerk).state == S.IN_REVIEW


def test_the_unit_withdraws(county_studio, people):
    change = step(asked(county_studio, K.RENAME, people.unit_clerk), A.WITHDRAW, people.unit_chair)
    assert change.state == S.WITHDRAWN


# -- taking effect ---------------------------------------------------------------------------------------


def test_the_new_leader_leads_from_the_day_and_the_old_one_stays(county_studio, people):
    old = current_leader(county_studio)
    day = days(-3)
    change = approved(county_studio, K.LEADER, people, effective_on=day)
    new = current_leader(county_studio)
    assert (new.person.name, new.since) == ("新领衔", day)
    old.refresh_from_db()
    assert (old.until - day).days == -1
    assert old.person_id in {member.person_id for member in current_members(county_studio)}
    assert change.before == {"person": old.person_id, "name": "周成岩", "since": str(old.since)}
    assert Studio.objects.get(pk=county_studio.pk).leader_name == "新领衔"
    assert Entry.objects.filter(verb="leader.appoint", subject_id=county_studio.pk).exists()


def test_a_member_who_leads_is_a_member_no_longer(county_studio, people):
    member = current_members(county_studio)[0]
    wanted = {
        "member": member.pk,
        "person": {"name": member.person.name, "birth_month": member.person.birth_month},
        "name": member.person.name,
        "old_stays": False,
    }
    approved(county_studio, K.LEADER, people, wanted=wanted)
    assert current_leader(county_studio).person_id == member.person_id
    assert member.person_id not in {row.person_id for row in current_members(county_studio)}
    assert Leader.objects.filter(studio=county_studio).count() == 2


def test_what_cannot_be_done_undoes_the_approval(county_studio, people):
    leader = current_leader(county_studio)
    leader.since = days(-1)
    leader.save()
    change = asked(county_studio, K.LEADER, people.unit_clerk, effective_on=days(-1))
    with pytest.raises(TransitionNotAllowed, match=days(-1).isoformat()):
        step(change, A.APPROVE, people.county_approver)
    change.refresh_from_db()
    assert change.state == S.IN_REVIEW and change.before is None


def test_a_name_that_another_studio_of_the_unit_bears_is_refused(county_studio, people):
    StudioFactory(union=county_studio.union, short_name="别的", official_name="某厂更名后创新工作室")
    with pytest.raises(NotPossible, match="某厂更名后创新工作室"):
        asked(county_studio, K.RENAME, people.unit_clerk)


def test_a_day_ahead_is_waited_for_by_the_daily_job(county_studio, people):
    change = approved(county_studio, K.RENAME, people, effective_on=days(5))
    old = county_studio.short_name
    assert change.state == S.APPROVED and change.before is None
    system = User.objects.system()
    assert apply_due(actor=system) == 0
    assert apply_due(actor=system, today=days(5)) == 1
    assert apply_due(actor=system, today=days(6)) == 0
    county_studio.refresh_from_db()
    assert county_studio.short_name == "更名后创新工作室"
    assert studio_names_on(county_studio, days(4))[0] == old
    assert Entry.objects.filter(verb="change.apply", subject_id=change.pk).count() == 1


def test_an_approved_change_that_cannot_be_is_told_once(county_studio, people):
    change = approved(county_studio, K.RENAME, people, effective_on=days(5))
    StudioFactory(union=county_studio.union, short_name="更名后创新工作室")
    for _time in range(2):
        apply_due(actor=User.objects.system(), today=days(5))
        run_pending()
    change.refresh_from_db()
    assert change.before is None
    told = Message.objects.filter(code="reviews.change_stuck", recipient=people.unit_clerk)
    assert told.count() == 1


def test_suspended_and_resumed(county_studio, people):
    approved(county_studio, K.SUSPEND, people, effective_on=days(-10))
    with pytest.raises(NotPossible):
        asked(county_studio, K.SUSPEND, people.unit_clerk)
    approved(county_studio, K.RESUME, people, effective_on=days(-2))
    suspension = county_studio.suspensions.get()
    assert (suspension.since, suspension.until) == (days(-10), days(-3))


def test_a_studio_without_a_higher_title_is_suspended_by_its_unit(ready_studio, people):
    given = {"reason": "场地改造", "effective_on": days(0), "actor": people.unit_clerk}
    do_alone(ready_studio, K.SUSPEND, **given)
    assert ready_studio.suspensions.get().until is None
    with pytest.raises(PermissionDenied):
        do_alone(ready_studio, K.RESUME, **{**given, "actor": people.county_approver})


def test_the_unit_moves_with_its_titles(city, city_studio, people):
    wanted = {"parent": city.other_county.pk, "parent_name": city.other_county.name}
    change = approved(city.unit, K.UNIT_MOVE, people, wanted=wanted)
    union = Union.objects.get(pk=city.unit.union_id)
    assert union.parent_id == change.county_id == city.other_county.pk
    assert union.earlier_parents.get().parent_id == city.county.pk
    titles = Naming.objects.filter(studio=city_studio, until=None)
    assert titles.count() == 3 and titles.get(level__code="county").granted_by_id == city.county.pk
    assert change.before["parent"] == city.county.pk


def test_a_unit_does_not_move_with_an_application_on_its_way(city, county_studio, people):
    application = journey.opened(county_studio, "city", people)
    wanted = {"parent": city.other_county.pk, "parent_name": city.other_county.name}
    with pytest.raises(NotPossible, match=application.number):
        asked(city.unit, K.UNIT_MOVE, people.unit_clerk, wanted=wanted)


def test_a_move_out_of_the_city_is_refused(city, county_studio, people):
    change = asked(
        city.unit, K.UNIT_MOVE, people.unit_clerk, wanted={"parent": city.city.pk, "parent_name": "x"}
    )
    change = step(change, A.ENDORSE, people.county_reviewer)
    with pytest.raises(TransitionNotAllowed):
        step(change, A.APPROVE, people.city_approver)


@pytest.mark.parametrize(("kind", "cause"), [(K.END, "voluntary"), (K.MERGE, "merged")])
def test_titles_end_only_by_their_procedure(city_studio, people, kind, cause):
    other = StudioFactory(union=city_studio.union)
    approved(city_studio, kind, people, wanted={"into": other.pk, "into_name": other.short_name})
    assert Naming.objects.filter(studio=city_studio, until=None).count() == 3
    cases = Revocation.objects.filter(naming__studio=city_studio)
    assert {(case.cause, case.naming.level.code) for case in cases} == {(cause, "county"), (cause, "city")}


def test_a_closed_unit_keeps_its_rows_and_its_base_titles_end(city, ready_studio, people):
    approved(city.unit, K.UNIT_CLOSE, people, effective_on=days(-1))
    assert Union.objects.get(pk=city.unit.union_id).closed_on == days(-1)
    title = ready_studio.namings.get()
    assert (title.until, title.end_reason) == (days(-2), "unit_closed")


def test_a_base_title_waits_for_the_cases_above_it(county_studio, people):
    approved(county_studio, K.END, people, effective_on=days(-5))
    base, county = (county_studio.namings.get(level__code=code) for code in ("base", "county"))
    assert base.until is None
    county.until, county.end_reason = days(0), "voluntary"
    county.save()
    apply_due(actor=User.objects.system(), today=days(1))
    assert Naming.objects.get(pk=base.pk).until is None, "the title above holds until the end of its last day"


# -- what is looked at again -----------------------------------------------------------------------------


def test_a_leader_without_an_honour_has_time_to_meet_the_clause(county_studio, people):
    day = days(-3)
    change = approved(county_studio, K.LEADER, people, effective_on=day)
    recheck = change.rechecks.get()
    assert (recheck.clause, recheck.verdict) == ("二.1", "not_met")
    assert recheck.due_on == months_after(day, GRACE_MONTHS)
    assert look_again() == []
    HonourFactory(person=current_leader(county_studio).person)
    look_again()
    recheck.refresh_from_db()
    assert recheck.settled_on == days(0)


def test_a_team_that_became_too_small_is_looked_at_again(county_studio, people):
    members = list(current_members(county_studio))
    for member in members[1:]:
        member.until = days(-5)
        member.save()
    wanted = {"member": members[0].pk, "person": {"name": "x", "birth_month": ""}, "name": "x"}
    change = approved(county_studio, K.LEADER, people, wanted=wanted)
    assert {row.clause for row in change.rechecks.all()} == {"二.1", "二.2"}


def test_the_grace_is_over_and_unit_and_county_are_told_once(county_studio, people):
    from reviews.tasks_changes import changes

    change = approved(county_studio, K.LEADER, people, effective_on=days(-250))
    for _time in range(2):
        changes(None, None)
    recheck = change.rechecks.get()
    assert recheck.told_at and recheck.settled_on is None
    told = Message.objects.filter(code="reviews.recheck_over")
    assert {people.unit_clerk.pk, people.county_reviewer.pk} <= set(told.values_list("recipient", flat=True))
    assert told.filter(recipient=people.unit_clerk).count() == 1


def test_a_reviewer_settles_what_a_person_must_judge(county_studio, people):
    recheck = approved(county_studio, K.LEADER, people).rechecks.get()
    for user in (people.unit_clerk, people.other_county_reviewer, people.county_approver):
        with pytest.raises(PermissionDenied):
            settle(recheck, reason="技术能手", actor=user)
    with pytest.raises(NotPossible):
        settle(recheck, reason="  ", actor=people.county_reviewer)
    settle(recheck, reason="行业公认技术能手", actor=people.county_reviewer)
    assert Recheck.objects.get().settled_on == days(0)


@pytest.mark.parametrize(("given", "months"), [(3, 3), (0, 0), ("many", 6), (None, 6), (-1, 6), (True, 6)])
def test_the_grace_is_read_leniently(given, months):
    assert grace_months({"clauses": [{"id": "二.1", "params": {"grace_months": given}}]}) == months


def test_months_later_stays_in_the_month():
    from datetime import date

    assert months_after(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert months_after(date(2023, 8, 31), 6) == date(2024, 2, 29)
    assert months_after(date(2025, 7, 15), 6) == date(2026, 1, 15)


# -- telling ----------------------------------------------------------------------------------------------


def told(code):
    return set(Message.objects.filter(code=code).values_list("recipient__username", flat=True))


def test_everyone_concerned_hears_of_it(city_studio, people):
    change = asked(city_studio, K.RENAME, people.unit_clerk)
    run_pending()
    assert told("reviews.change_asked") == {people.county_reviewer.username}
    change = step(change, A.ENDORSE, people.county_reviewer)
    run_pending()
    assert {people.city_reviewer.username, people.city_approver.username} <= told("reviews.change_passed_on")
    assert people.unit_clerk.username in told("reviews.change_supported")
    step(change, A.APPROVE, people.city_approver)
    run_pending()
    assert {people.unit_clerk.username, people.county_reviewer.username} <= told("reviews.change_approved")


def test_the_kinds_are_told_apart(city, county_studio, people):
    with pytest.raises(ValueError, match="does not concern"):
        ask(city.unit, K.LEADER, reason="x", effective_on=days(0), wanted={}, actor=people.unit_clerk)
    assert ChangeRequest.objects.count() == 0
