"""What reviews show on a studio's page: the standing and the way up the ladder."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from reviews.choices import Action as A
from reviews.studio_panels import applications_panel, ladder, standards_context
from reviews.workflow.engine import perform
from studios.models import Evidence, NamingLevel
from studios.panels import DETAIL, FORM, panels_for
from studios.permissions import forget_grants
from tests.cast import studio_ready_for
from tests.reviews import journey

pytestmark = pytest.mark.django_db


def rows_for(user, studio):
    """``{level: (may apply, has a page, obstacle)}`` of the panel."""
    forget_grants(user)
    request = RequestFactory().get("/")
    request.user = user
    _template, context = applications_panel(request, studio)
    return {
        row["rung"].level.code: (row["may_apply"], bool(row["url"]), bool(row["rung"].obstacle))
        for row in context["rows"]
    }


def test_the_clerk_may_apply_for_the_next_level_only(ready_studio, people):
    assert rows_for(people.unit_clerk, ready_studio) == {
        "base": (False, False, False),
        "county": (True, False, False),
        "city": (False, False, True),
    }


def test_nobody_else_is_offered_to_apply(ready_studio, people):
    for who in (people.unit_chair, people.county_reviewer, people.auditor, people.superuser):
        assert not any(may for may, _page, _obstacle in rows_for(who, ready_studio).values())


def test_what_is_on_its_way_is_a_link(ready_studio, people):
    journey.opened(ready_studio, "county", people)
    assert rows_for(people.unit_clerk, ready_studio)["county"] == (False, True, False)
    assert rows_for(people.county_reviewer, ready_studio)["county"] == (False, False, False)


def test_rejected_for_good_says_so(ready_studio, people):
    application = journey.proposed(ready_studio, "county", people, action=A.PROPOSE_REJECT_FINAL)
    perform(application.pk, A.REJECT_FINAL, actor=people.county_approver, reason="弄虚作假")
    assert rows_for(people.unit_clerk, ready_studio)["county"] == (False, True, True)


def test_after_a_rejection_one_may_apply_again(ready_studio, people):
    application = journey.proposed(ready_studio, "county", people, action=A.PROPOSE_REJECT)
    perform(application.pk, A.REJECT, actor=people.county_approver, reason="条件不符")
    assert rows_for(people.unit_clerk, ready_studio)["county"] == (True, True, False)


@pytest.mark.parametrize(("level", "aims"), [("base", "base"), ("county", "county"), ("city", "city")])
def test_the_standing_is_against_the_next_level(city, people, level, aims):
    studio = studio_ready_for(level, city.unit, by=people.unit_clerk)
    context = standards_context(studio, people.unit_clerk)
    assert context["level"].code == aims
    assert context["blocking"] == []


def test_what_is_missing_leads_to_its_section(ready_studio, people):
    Evidence.objects.filter(slot="fund.proof").delete()
    context = standards_context(ready_studio, people.unit_clerk)
    gaps = [gap for line in context["lines"] for gap in line.missing]
    assert [gap["section"] for gap in gaps] == ["funds"]
    assert gaps[0]["url"] == reverse("studio_section", args=[ready_studio.pk, "funds"])
    assert context["missing"] == {"funds": 1}
    others = standards_context(ready_studio, people.county_reviewer)
    assert [gap["url"] for line in others["lines"] for gap in line.missing] == [""]


def test_both_panels_are_on_the_page_and_the_standing_beside_the_form(ready_studio, people):
    request = RequestFactory().get("/")
    request.user = people.unit_clerk
    assert [panel.name for panel in panels_for(DETAIL, request, ready_studio)][:2] == [
        "standards",
        "applications",
    ]
    assert "standards" in [panel.name for panel in panels_for(FORM, request, ready_studio)]


@pytest.mark.parametrize(
    ("who", "status"),
    [("unit_clerk", 200), ("county_reviewer", 200), ("other_county_reviewer", 404), ("stranger", 404)],
)
def test_the_fragment_is_for_those_who_see_the_studio(client, ready_studio, people, who, status):
    client.force_login(getattr(people, who), backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("studio_standards", args=[ready_studio.pk])
    assert client.get(page, {"level": "city"}).status_code == status


def test_the_ladder_takes_three_queries(ready_studio, people, django_assert_num_queries):
    journey.named(ready_studio, people)
    with django_assert_num_queries(NamingLevel.objects.count()):  # levels, titles, applications: one each
        ladder(ready_studio, people.superuser)
