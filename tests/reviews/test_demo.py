"""The demonstration: complete, believable, and nothing in it that the portal itself would refuse."""

import io
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from PIL import Image

from portal.accounts.models import User
from portal.files import store
from portal.files.sniff import check
from portal.jobs.models import Job
from portal.messages.models import Message
from reviews.choices import AccessState, Action, State
from reviews.demo.cast import CAST, PASSWORD
from reviews.demo.clock import movable_clock
from reviews.demo.plans import studio_plans
from reviews.demo.stories import STORIES
from reviews.eligibility import standing
from reviews.models import AccessRequest, Application, Decision, Dossier
from studios.choices import Tier
from studios.models import (
    Achievement,
    Appointment,
    Evidence,
    Naming,
    NamingLevel,
    OfficialDocument,
    Person,
    Studio,
    Unit,
)
from studios.numbers import (
    PatentNumber,
    organisation_code_problem,
    parse_patent,
    patent_warnings,
    uscc_problem,
)


def test_an_empty_database_wants_its_reference_data_first(db):
    with pytest.raises(CommandError, match="load_reference"):
        call_command("load_demo")


@override_settings(BASE_URL="https://union.example.org", PORTAL_DEMO=False)
def test_a_portal_that_others_reach_gets_no_accounts_with_a_known_password(reference):
    with pytest.raises(CommandError, match="PORTAL_DEMO"):
        call_command("load_demo")


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    """The whole city, made once for this file and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", stdout=io.StringIO())
        call_command("load_demo", stdout=io.StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(demonstration, db):
    """The city, and a transaction of the test's own inside it."""


def test_there_are_sixty_units_and_eighty_studios_in_every_county(demo):
    assert Unit.objects.count() >= 60 and Studio.objects.count() == 80
    assert set(Studio.objects.values_list("county__code", flat=True)) == set(
        Unit.objects.values_list("county__code", flat=True)
    )


def test_every_story_is_told(demo):
    assert {plan.story for plan in studio_plans()} == set(STORIES)


def test_applications_stand_in_every_state_that_can_be_reached(demo):
    found = set(Application.objects.values_list("state", flat=True))
    assert found == set(State) - {State.SHORTLISTED, State.IN_NOTICE}
    waiting = Counter(Application.objects.filter(tier__isnull=False).values_list("tier", flat=True))
    assert waiting[Tier.BASE] and waiting[Tier.COUNTY] >= 10 and waiting[Tier.CITY] >= 5


def test_studios_hold_titles_of_every_level_and_some_have_ended(demo):
    assert set(Studio.objects.values_list("top_tier", flat=True)) == {0, 1, 2, 3}
    assert Naming.objects.exclude(until=None).exists()
    for studio in Studio.objects.all():
        levels = studio.namings.on().values_list("level__tier", flat=True)
        assert studio.top_tier == max(levels, default=0)


def test_everybody_of_the_cast_comes_in_with_the_one_password(demo, client):
    for who in CAST:
        user = User.objects.get(username=who.username)
        assert user.name == who.name
        assert Appointment.objects.live().filter(user=user, role_group__role=who.role).count() == 1
    assert client.login(username="clerk", password=PASSWORD)


def test_every_union_above_the_base_has_a_reviewer_and_an_approver(demo):
    live = Appointment.objects.live()
    for role in ("reviewer", "approver"):
        unions = live.filter(role_group__role__endswith=role).values_list("role_group__union", flat=True)
        assert len(set(unions)) == 15, role


def test_the_first_clerk_has_no_studio_and_the_second_one_that_is_ready_for_the_county(demo):
    clerk, ready = User.objects.get(username="clerk"), User.objects.get(username="clerk2")
    assert not Studio.objects.visible_to(clerk).exists()
    studio = Studio.objects.visible_to(ready).get()
    assert studio.top_tier == Tier.BASE and not studio.applications.exists()
    found = standing(studio.pk, NamingLevel.objects.get(code="county"))
    assert {finding.verdict.value for finding in found.findings} == {"met", "judge"}
    assert not any(finding.missing for finding in found.findings)


def test_the_first_county_has_a_full_queue(demo):
    reviewer = User.objects.get(username="county-reviewer")
    approver = User.objects.get(username="county-approver")
    assert Application.objects.waiting_for(reviewer).count() >= 4
    assert Application.objects.waiting_for(approver).count() >= 3
    assert Application.objects.overdue().waiting_for(reviewer).exists()


def test_numbers_are_valid_and_nobodys(demo):
    codes = Unit.objects.values_list("credit_code", flat=True)
    assert [code for code in codes if uscc_problem(code) or organisation_code_problem(code[8:17])] == []
    assert {code[8:10] for code in codes} == {"YY"}
    for patent in Achievement.objects.filter(kind__is_patent=True):
        number = parse_patent(patent.number)
        assert isinstance(number, PatentNumber), patent.number
        kind = patent.kind_id and {"invention_patent": "invention", "utility_model": "utility"}.get(
            patent.kind.code, "design"
        )
        assert patent_warnings(number, kind=kind, granted_on=str(patent.granted_on or "")) == []
        assert number.digits[5] == "9"


def test_names_are_han_mongolian_and_with_a_middle_dot_and_no_two_people_share_one(demo):
    names = [*Person.objects.values_list("name", flat=True), *User.objects.values_list("name", flat=True)]
    assert len(set(names)) == len(names)
    assert any("·" in name for name in names) and any(len(name) > 4 for name in names)


def test_time_runs_forward_through_every_application(demo):
    for application in Application.objects.prefetch_related("decisions"):
        moments = [decision.at for decision in application.decisions.all()]
        assert moments == sorted(moments) and len(set(moments)) == len(moments), application
        assert all(moment < timezone.now() for moment in moments)
        assert not moments or application.opened_at < moments[0]
    days = {moment.date() for moment in Decision.objects.values_list("at", flat=True)}
    assert len(days) > 40


def test_frozen_dossiers_hold_nothing_that_came_later(demo):
    import json

    for dossier in Dossier.objects.all():
        frozen = json.loads(dossier.canonical)
        dates = [row["granted_on"] for result in frozen["achievements"] for row in result["recognitions"]]
        assert max(dates, default="") <= str(timezone.localdate(dossier.frozen_at))


def test_a_second_person_confirmed_whatever_was_decided(demo):
    seconds = Decision.objects.filter(
        action__in=[Action.CONFIRM, Action.NAME_AT_BASE, Action.ENDORSE, Action.NAME, Action.REJECT]
    )
    assert seconds.exists()
    assert all(decision.second_to_id not in (None, decision.actor_id) for decision in seconds)


def test_documents_of_the_portal_run_without_a_gap(demo):
    numbers = {}
    for document in OfficialDocument.objects.filter(source="portal").order_by("pk"):
        numbers.setdefault((document.union_id, document.year), []).append(document.number)
    assert numbers
    for found in numbers.values():
        assert found == list(range(1, len(found) + 1))


def test_every_file_is_in_the_store_and_would_be_accepted(demo):
    files = Evidence.objects.all()
    assert files.count() > 1500 and set(files.values_list("state", flat=True)) == {"ready"}
    stored = dict(files.values_list("stored", "media_type"))
    names = {*stored, *files.exclude(thumb="").values_list("thumb", flat=True)}
    assert store.missing(names) == []
    pictures = [name for name, media_type in stored.items() if media_type == "image/jpeg"]
    assert len(pictures) == 46
    for name in pictures:
        with store.open_file(name) as file:
            assert Image.open(file).size == (1200, 900)
    paper = next(name for name, media_type in stored.items() if media_type == "application/pdf")
    with store.open_file(paper) as file:
        assert check(file, "制度.pdf").code == "pdf"


def test_no_two_studios_claim_the_same_file(demo):
    owners = {}
    for digest, studio in Evidence.objects.values_list("sha256", "studio"):
        owners.setdefault(digest, set()).add(studio)
    assert [digest for digest, studios in owners.items() if len(studios) > 1] == []


def test_new_units_wait_to_be_let_in(demo):
    states = Counter(AccessRequest.objects.values_list("state", flat=True))
    assert states == {AccessState.PENDING: 4, AccessState.REFUSED: 1, AccessState.GRANTED: 1}


def test_messages_were_written_at_their_time_and_no_job_is_left(demo):
    assert not Job.objects.due().exists()
    assert Message.objects.filter(created_at__lt=timezone.now() - timedelta(days=60)).exists()
    assert Message.objects.filter(read_at=None).exists()


def test_a_second_load_is_refused(demo):
    with pytest.raises(CommandError, match="units or studios"):
        call_command("load_demo")


def test_the_accounts_are_shown_in_a_demonstration_only(demo):
    shown, refused = io.StringIO(), io.StringIO()
    with override_settings(PORTAL_DEMO=True):
        call_command("demo_accounts", stdout=shown)
    with override_settings(PORTAL_DEMO=False):
        call_command("demo_accounts", stdout=refused, stderr=io.StringIO())
    assert PASSWORD in shown.getvalue() and "county-reviewer" in shown.getvalue()
    assert refused.getvalue() == ""


def test_the_clock_goes_right_again_after_the_demonstration():
    true_now = timezone.now
    with movable_clock() as clock:
        clock.moment = true_now() - timedelta(days=400)
        assert timezone.now() == clock.moment
        assert Decision._meta.get_field("at").get_default() == clock.moment
    assert timezone.now is true_now
    assert abs(Decision._meta.get_field("at").get_default() - true_now()) < timedelta(minutes=1)
