"""The three-year clock on a studio's page."""

from datetime import date, timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone, translation

from reviews.models import RuleClause
from reviews.queries_watch import Facts
from reviews.rules.clock import CLAUSE, Clock, Result, months_after
from reviews.services.watching import watch_all
from reviews.studio_panels import ladder, watch_panel
from reviews.watch_words import lines_of, undated, what_counts
from studios.models import Achievement, Naming, Studio
from tests.factories.studios import AchievementFactory

LAST = Result("播种机改造", "tech_renovation", "", "2022-06-15", "", ())
BASE = ("基层级", "Base level", date(2020, 1, 1))
COUNTY = ("旗县级", "County level", date(2023, 9, 1))


def facts(*results, titles=(BASE,), **params):
    return Facts(Clock.of(params), titles, results, None)


@pytest.mark.parametrize(
    ("on", "kind", "sentence"),
    [
        ("2024-06-15", "ok", "如无新成果，至2025年6月15日满3年。"),
        ("2024-06-16", "warn", "已满24个月无新成果，至2025年6月15日满3年。"),
        ("2024-12-16", "warn", "已满30个月无新成果，至2025年6月15日满3年。"),
        ("2025-03-16", "warn", "已满33个月无新成果，至2025年6月15日满3年。"),
        ("2025-06-15", "warn", "已满33个月无新成果，至2025年6月15日满3年。"),
        ("2025-06-16", "bad", "至2025年6月15日已满3年无新成果。"),
    ],
)
def test_each_stage_has_its_sentence(on, kind, sentence):
    (line,), last = lines_of(facts(LAST), date.fromisoformat(on))
    assert line.look[0] == kind
    with translation.override("zh-hans"):
        assert str(line.standing) == sentence
        assert str(last) == "最近一项成果：“播种机改造”，按2022年6月15日计。"
        assert str(line.start) == "自最近一项成果起算。"


def test_english_readers_read_english():
    with translation.override("en"):
        (line,), _last = lines_of(facts(LAST), date(2025, 7, 1))
        assert line.name == "Base level"
        assert str(line.standing) == "3 years without a result were full on June 15, 2025."


def test_each_title_has_its_own_clock_the_highest_first():
    with translation.override("zh-hans"):
        lines, _last = lines_of(facts(LAST, titles=(BASE, COUNTY)), date(2025, 7, 1))
        assert [(line.name, line.look[0]) for line in lines] == [("旗县级", "ok"), ("基层级", "bad")]
        assert str(lines[0].start) == "自称号起始之日（2023年9月1日）起算。"


def test_what_is_left_out_is_said():
    blank = Result("无日期", "paper", "", "", "", ("",))
    with translation.override("zh-hans"):
        assert undated(facts(LAST)) == ""
        assert undated(facts(LAST, blank, blank)) == "有2项成果未注明日期，无法计入。"
        _lines, last = lines_of(facts(blank), date(2025, 7, 1))
        assert str(last) == "尚无可计入且注明日期的成果。"


def test_the_rules_are_said_as_they_are_set():
    strict = Clock.of(
        {"dates": ["granted"], "kinds": ["paper"], "patents": "granted", "recognised_only": True}
    )
    with translation.override("zh-hans"):
        assert what_counts(strict) == (
            "以下列日期中最晚者为准：专利授权。 仅计入规定类型的成果。 专利授权后方可计入。"
            " 仅计入获认定的成果。 上级工会提出疑问的成果，疑问消除前不计入。"
            " 只注明年月或年份的，按当月或当年最后一日计。"
        )


def context_of(studio, user):
    request = RequestFactory().get("/")
    request.user = user
    built = watch_panel(request, Studio.objects.get(pk=studio.pk))
    return built and built[1]


@pytest.mark.django_db
def test_the_panel_asks_nothing_that_the_ladder_has_not_asked(
    ready_studio, people, django_assert_num_queries
):
    ladder(ready_studio, people.unit_clerk)
    request = RequestFactory().get("/")
    request.user = people.unit_clerk
    with django_assert_num_queries(0):
        _template, context = watch_panel(request, ready_studio)
    assert [line.look[0] for line in context["lines"]] == ["ok"]
    assert context["flag"] is None


@pytest.mark.django_db
def test_a_flag_is_shown_until_it_goes(client, ready_studio, people):
    today = timezone.localdate()
    Achievement.objects.update(completed_on="")
    Achievement.objects.update(removed_at=timezone.now())
    Naming.objects.update(since=months_after(today, -36) - timedelta(days=5))
    watch_all(today)
    assert context_of(ready_studio, people.unit_clerk)["flag"].code == "flagged"
    AchievementFactory(studio=ready_studio, completed_on=str(today)[:7])
    assert context_of(ready_studio, people.unit_clerk)["flag"].code == "flag_goes"
    client.force_login(people.unit_clerk, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("studio_detail", args=[ready_studio.pk])).content.decode()
    assert 'id="panel-watch"' in page
    assert "成果与三年期限" in page


@pytest.mark.django_db
def test_nothing_is_shown_without_a_title_or_a_rule(ready_studio, people):
    RuleClause.objects.filter(clause=CLAUSE).delete()
    assert context_of(ready_studio, people.unit_clerk) is None


@pytest.mark.django_db
def test_a_studio_without_a_title_has_no_clock(ready_studio, people):
    Naming.objects.all().delete()
    assert context_of(ready_studio, people.unit_clerk) is None
