"""The engine: what each person may do when, what a step writes, what the database refuses."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from portal.audit.models import Entry
from portal.jobs.models import Job
from reviews.choices import Action as A
from reviews.choices import State
from reviews.models import Application, Decision, Dossier
from reviews.services.applications import Stale, judge, open_application
from reviews.workflow import engine
from reviews.workflow.engine import available_actions, offers, perform
from reviews.workflow.table import NAMING
from reviews.workflow.terms import Overtaken, TransitionNotAllowed
from studios.choices import Role, Section
from studios.models import Evidence, Naming, NamingLevel, OfficialDocument, StudioSection
from studios.services.people import appoint, dismiss
from tests.cast import studio_ready_for
from tests.reviews import journey

pytestmark = pytest.mark.django_db


@pytest.fixture
def city_ready(city, people):
    return studio_ready_for("city", city.unit, by=people.unit_clerk)


def test_the_whole_way_from_registration_to_a_city_title(city, people):
    studio = studio_ready_for("base", city.unit, by=people.unit_clerk)
    base = journey.submitted(studio, "base", people)
    perform(base.pk, A.NAME_AT_BASE, actor=people.unit_chair)
    county = journey.named(studio, people)
    application = journey.proposed_at_city(studio, people)
    perform(application.pk, A.NAME, actor=people.city_approver, document_on=timezone.localdate())
    titles = Naming.objects.filter(studio=studio).order_by("level__tier")
    assert [naming.level.code for naming in titles] == ["base", "county", "city"]
    assert titles[2].basis == titles[1] == county.naming
    assert [str(naming.document or "") for naming in titles] == [
        "",
        f"科工发〔{timezone.localdate().year}〕1号",
        f"通工发〔{timezone.localdate().year}〕1号",
    ]
    studio.refresh_from_db()
    assert (studio.top_tier, studio.locked_sections) == (3, [])


def test_offered_is_accepted_and_nothing_else(city_ready, people):
    """For everybody and every action: the page's buttons and the engine agree."""
    application = journey.at_city(city_ready, people)
    for name, user in vars(people).items():
        offered = set(available_actions(application, user))
        for action in NAMING:
            try:
                with transaction.atomic():
                    perform(
                        application.pk,
                        action,
                        actor=user,
                        reason="理由",
                        remarks=[("studio", "请补充")],
                        document_on=timezone.localdate(),
                    )
                    accepted = True
                    transaction.set_rollback(True)
            except (TransitionNotAllowed, PermissionDenied):
                accepted = False
            assert accepted == (action in offered), (name, action)


def test_a_city_reviewer_does_not_act_at_the_county(ready_studio, people):
    application = journey.at_county(ready_studio, "county", people)
    assert people.city_reviewer.has_perm("reviews.view_application", application)
    with pytest.raises(PermissionDenied):
        perform(application.pk, A.TAKE, actor=people.city_reviewer)


@pytest.mark.parametrize("who", ["superuser", "stranger", "auditor", "system_admin", "other_county_reviewer"])
def test_nobody_else_decides(ready_studio, people, who):
    application = journey.at_county(ready_studio, "county", people)
    assert offers(application, getattr(people, who)) == []
    with pytest.raises(PermissionDenied):
        perform(application.pk, A.TAKE, actor=getattr(people, who))


def test_the_city_is_not_reached_without_a_live_county_title(city, people):
    studio = studio_ready_for("county", city.unit, by=people.unit_clerk)
    application = journey.opened(studio, "city", people)
    with pytest.raises(TransitionNotAllowed, match="三.a"):
        perform(application.pk, A.SUBMIT, actor=people.unit_clerk)
    assert not Dossier.objects.exists()


def test_the_city_is_not_reached_without_a_result_of_the_last_two_years(city_ready, people):
    for achievement in city_ready.achievements.all():
        achievement.recognitions.update(granted_on="2019-05")
    application = journey.opened(city_ready, "city", people)
    with pytest.raises(TransitionNotAllowed, match="三.b"):
        perform(application.pk, A.SUBMIT, actor=people.unit_clerk)


def test_a_title_of_another_county_is_no_ground(city, city_ready, people):
    county = Naming.objects.get(studio=city_ready, level__code="county")
    Naming.objects.filter(pk=county.pk).update(granted_by=city.other_county)
    application = journey.opened(city_ready, "city", people)
    with pytest.raises(TransitionNotAllowed, match="三.a"):
        perform(application.pk, A.SUBMIT, actor=people.unit_clerk)


def test_the_submitter_cannot_confirm_even_with_both_roles(city, ready_studio, people):
    appoint(people.unit_clerk, Role.UNIT_CHAIR, city.unit.union, actor=None)
    application = journey.submitted(ready_studio, "county", people)
    with pytest.raises(TransitionNotAllowed):
        perform(application.pk, A.CONFIRM, actor=people.unit_clerk)


def test_the_proposer_cannot_approve_even_with_both_roles(city, ready_studio, people):
    appoint(people.county_reviewer, Role.COUNTY_APPROVER, city.county, actor=None)
    application = journey.proposed(ready_studio, "county", people)
    with pytest.raises(TransitionNotAllowed):
        perform(application.pk, A.NAME, actor=people.county_reviewer, document_on=timezone.localdate())


def test_the_database_holds_the_second_person_too(ready_studio, people):
    application = journey.named(ready_studio, people)
    refused = pytest.raises(IntegrityError, match="application_approver_is_not_the_reviewer")
    with refused, transaction.atomic():
        Application.objects.filter(pk=application.pk).update(decided_by=application.proposed_by_id)


def test_whoever_belonged_to_the_unit_does_not_review_it(city, ready_studio, people):
    former = appoint(people.county_reviewer, Role.UNIT_CLERK, city.unit.union, actor=None)
    dismiss(former, actor=None)
    application = journey.at_county(ready_studio, "county", people)
    with pytest.raises(TransitionNotAllowed):
        perform(application.pk, A.TAKE, actor=people.county_reviewer)


def test_unjudged_clauses_stand_in_the_way_of_a_recommendation(ready_studio, people):
    application = journey.at_county(ready_studio, "county", people)
    with pytest.raises(TransitionNotAllowed, match="二.4"):
        perform(application.pk, A.PROPOSE_NAME, actor=people.county_reviewer)


def test_a_clause_judged_not_met_stands_in_the_way_too(ready_studio, people):
    application = journey.judged(
        journey.at_county(ready_studio, "county", people), people.county_reviewer, verdict="not_met"
    )
    with pytest.raises(TransitionNotAllowed):
        perform(application.pk, A.PROPOSE_NAME, actor=people.county_reviewer)
    perform(application.pk, A.PROPOSE_REJECT, actor=people.county_reviewer, reason="制度不全")


def test_files_still_being_checked_hold_a_submission(ready_studio, people):
    application = journey.opened(ready_studio, "county", people)
    Evidence.objects.filter(studio=ready_studio, slot="venue.photo").update(state="checking")
    with pytest.raises(TransitionNotAllowed):
        perform(application.pk, A.SUBMIT, actor=people.unit_clerk)


def test_what_was_typed_but_not_taken_holds_a_submission(ready_studio, people):
    application = journey.opened(ready_studio, "county", people)
    part = StudioSection.objects.create(studio=ready_studio, section="funds", typed={"funds-0-year": ["abc"]})
    with pytest.raises(TransitionNotAllowed, match=str(Section.FUNDS.label)):
        perform(application.pk, A.SUBMIT, actor=people.unit_clerk)
    part.typed = None
    part.save()
    perform(application.pk, A.SUBMIT, actor=people.unit_clerk)


def test_a_negative_step_without_a_reason_is_refused(ready_studio, people):
    application = journey.at_county(ready_studio, "county", people)
    with pytest.raises(TransitionNotAllowed):
        perform(application.pk, A.PROPOSE_REJECT, actor=people.county_reviewer, reason="  ")
    with pytest.raises(TransitionNotAllowed):
        perform(application.pk, A.RETURN, actor=people.county_reviewer, reason="补充")


def test_a_return_reopens_only_the_sections_it_names(ready_studio, people):
    application = journey.returned(ready_studio, "county", people, section=Section.FUNDS.value)
    ready_studio.refresh_from_db()
    assert set(Section.values) - set(ready_studio.locked_sections) == {"funds", "evidence"}
    perform(application.pk, A.SUBMIT, actor=people.unit_clerk)
    ready_studio.refresh_from_db()
    assert set(ready_studio.locked_sections) == set(Section.values)


def test_a_resubmission_freezes_a_new_version_and_keeps_the_old(ready_studio, people):
    application = journey.returned(ready_studio, "county", people, section=Section.STUDIO.value)
    ready_studio.intro = "补充后的简介"
    ready_studio.save(update_fields=["intro"])
    perform(application.pk, A.SUBMIT, actor=people.unit_clerk)
    first, second = application.dossiers.order_by("version")
    assert (first.version, second.version) == (1, 2)
    assert "补充后的简介" in second.canonical and "补充后的简介" not in first.canonical


def test_a_step_writes_decision_record_and_outbox_together(ready_studio, people):
    application = journey.submitted(ready_studio, "county", people)
    decision = application.decisions.get()
    assert (decision.action, decision.from_state, decision.to_state) == ("submit", "draft", "in_review")
    assert Entry.objects.about(application).filter(verb="application.submit").count() == 1
    assert Job.objects.filter(kind="reviews.tell", payload={"decision": decision.pk}).count() == 1


def test_a_fault_anywhere_leaves_nothing_behind(ready_studio, people, monkeypatch):
    application = journey.opened(ready_studio, "county", people)
    for name in ("record", "enqueue"):
        with monkeypatch.context() as patch:
            patch.setattr(engine, name, lambda *args, **kwargs: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                perform(application.pk, A.SUBMIT, actor=people.unit_clerk)
        assert journey.fresh(application).state == State.DRAFT
        assert not Decision.objects.exists() and not Dossier.objects.exists()


def test_the_second_to_click_learns_who_was_first(ready_studio, people):
    application = journey.proposed(ready_studio, "county", people)
    shown = application.decisions.last().pk
    perform(application.pk, A.SEND_BACK, actor=people.county_approver, reason="再核", seen=shown)
    with pytest.raises(Overtaken) as refusal:
        perform(
            application.pk,
            A.NAME,
            actor=people.county_approver,
            document_on=timezone.localdate(),
            seen=shown,
        )
    assert people.county_approver.name in str(refusal.value)


def test_rejected_may_apply_again_and_rejected_for_good_may_not(ready_studio, people):
    application = journey.proposed(ready_studio, "county", people, A.PROPOSE_REJECT)
    perform(application.pk, A.REJECT, actor=people.county_approver, reason="成果不足")
    again = journey.proposed(ready_studio, "county", people, A.PROPOSE_REJECT_FINAL)
    perform(again.pk, A.REJECT_FINAL, actor=people.county_approver, reason="弄虚作假")
    with pytest.raises(TransitionNotAllowed):
        journey.opened(ready_studio, "county", people)


def test_the_waiting_list_leads_back_into_review(ready_studio, people):
    application = journey.proposed(ready_studio, "county", people, A.PROPOSE_WAITLIST)
    perform(application.pk, A.WAITLIST, actor=people.county_approver)
    perform(application.pk, A.RECALL, actor=people.county_reviewer, reason="有名额")
    assert journey.fresh(application).state == State.IN_REVIEW


def test_one_open_application_per_studio_and_level(ready_studio, people):
    first = journey.opened(ready_studio, "county", people)
    with pytest.raises(TransitionNotAllowed, match=first.number):
        journey.opened(ready_studio, "county", people)
    with pytest.raises(IntegrityError, match="application_one_open_per_studio_and_level"):
        Application.objects.create(
            studio=ready_studio,
            union=ready_studio.union,
            level=first.level,
            round=first.round,
            ruleset=first.ruleset,
            number="SB-0000-0001",
            opened_by=people.unit_clerk,
        )


@pytest.mark.parametrize("who", ["unit_chair", "other_unit_clerk", "county_reviewer", "superuser"])
def test_only_the_units_clerk_opens_an_application(ready_studio, people, who):
    with pytest.raises(PermissionDenied):
        open_application(ready_studio, NamingLevel.objects.get(code="county"), actor=getattr(people, who))


def test_documents_are_numbered_without_a_gap_and_in_order(city, people):
    today = timezone.localdate()
    for number in (1, 2):
        studio = studio_ready_for("county", city.unit, by=people.unit_clerk, short_name=f"第{number}工作室")
        application = journey.proposed(studio, "county", people)
        with pytest.raises(TransitionNotAllowed):
            perform(
                application.pk,
                A.NAME,
                actor=people.county_approver,
                document_on=today,
                expected_number=number + 1,
            )
        perform(
            application.pk, A.NAME, actor=people.county_approver, document_on=today, expected_number=number
        )
        assert journey.fresh(application).naming.document.number == number
    with pytest.raises(IntegrityError, match="next number"):
        OfficialDocument.objects.create(
            union=city.county, prefix="科工发", year=today.year, number=9, title="跳号", issued_on=today
        )


def test_a_document_is_not_dated_ahead_or_before_its_predecessor(city, people):
    today = timezone.localdate()
    journey.named(studio_ready_for("county", city.unit, by=people.unit_clerk), people, on=today)
    studio = studio_ready_for("county", city.unit, by=people.unit_clerk, short_name="后来的工作室")
    application = journey.proposed(studio, "county", people)
    for day in (today + timedelta(days=1), today - timedelta(days=1)):
        if day.year == today.year:
            with pytest.raises(TransitionNotAllowed, match=day.isoformat()):
                perform(application.pk, A.NAME, actor=people.county_approver, document_on=day)


def test_steps_and_frozen_dossiers_are_never_changed(ready_studio, people):
    application = journey.submitted(ready_studio, "county", people)
    for rows in (application.decisions.all(), application.dossiers.all()):
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            rows.update(version=9) if rows.model is Dossier else rows.update(reason="另一个理由")
        with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
            rows.model.objects.filter(pk__in=[row.pk for row in rows])._raw_delete("default")


def test_a_judgement_on_an_older_version_is_refused(ready_studio, people):
    application = journey.at_county(ready_studio, "county", people)
    judge(application, "二.4", verdict="met", note="", actor=people.county_reviewer, version=0)
    with pytest.raises(Stale):
        judge(application, "二.4", verdict="not_met", note="", actor=people.county_reviewer, version=0)


def test_a_dismissed_approver_is_refused_at_once(ready_studio, people):
    application = journey.proposed(ready_studio, "county", people)
    dismiss(people.county_approver.appointments.get(), actor=None)
    approver = type(people.county_approver).objects.get(pk=people.county_approver.pk)
    with pytest.raises(PermissionDenied):
        perform(application.pk, A.NAME, actor=approver, document_on=timezone.localdate())


def test_a_title_in_the_portal_rests_on_a_live_title_below(city, people, ready_studio):
    city_level = NamingLevel.objects.get(code="city")
    with pytest.raises(IntegrityError, match="rest on a live title"):
        Naming.objects.create(
            studio=ready_studio,
            union=ready_studio.union,
            level=city_level,
            granted_by=city.city,
            since=timezone.localdate(),
        )
