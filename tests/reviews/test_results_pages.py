"""The pages about results: what each person sees, what may be a duplicate, several verified at once."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reviews.choices import ResultAction as A
from reviews.models import Decision
from reviews.workflow.engine import perform
from reviews.workflow.verifying import RESULTS
from studios.choices import LedgerState as S
from studios.models import Achievement, AchievementKind
from tests.factories.studios import (
    AchievementFactory,
    EvidenceFactory,
    RecognitionFactory,
    StudioFactory,
    UnitFactory,
)
from tests.reviews.pages import hidden

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
PATENT = "201710601862.3"


@pytest.fixture
def signed_in(client):
    def enter(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


@pytest.fixture
def studio(city):
    return StudioFactory(union=city.unit.union, short_name="周成岩创新工作室")


@pytest.fixture
def result(studio):
    return AchievementFactory(studio=studio, title="粮食烘干机余热回收装置改造")


def patent(studio, title, number=PATENT):
    kind = AchievementKind.objects.get(code="invention_patent")
    return AchievementFactory(
        studio=studio, title=title, kind=kind, number=number, patent_status="granted", granted_on="2019-07-05"
    )


@pytest.fixture
def twins(studio, city):
    """The same patent in one's own county and in another one."""
    theirs = StudioFactory(union=city.other_unit.union, short_name="敖日其楞创新工作室")
    near = StudioFactory(union=UnitFactory(parent=city.county).union, short_name="邻近创新工作室")
    return (
        patent(studio, "一种玉米收获机割台"),
        patent(near, "玉米收割台装置", f"ZL {PATENT}"),
        patent(theirs, "收获机械的割台结构"),
    )


def text_of(answer):
    return answer.content.decode()


def page(client, result, **query):
    return client.get(reverse("result_detail", args=[result.pk]), query)


def act(client, result, action, **fields):
    text = text_of(page(client, result))
    data = {name: hidden(text, name) for name in ("seen", "form_key", "facts")} | {
        "action": action,
        "confirmed": "1",
        **fields,
    }
    return client.post(reverse("result_act", args=[result.pk]), data)


def test_offices_begin_with_what_waits(signed_in, people, result, studio):
    done = AchievementFactory(studio=studio, title="已办结的成果")
    perform(done.pk, A.VERIFY, actor=people.county_reviewer, process=RESULTS)
    text = text_of(signed_in(people.county_reviewer).get(reverse("result_list")))
    assert result.title in text
    assert done.title not in text


def test_a_unit_begins_with_all_of_its_own(signed_in, people, result, city):
    other = AchievementFactory(studio=StudioFactory(union=city.other_unit.union), title="别家的成果")
    perform(result.pk, A.VERIFY, actor=people.county_reviewer, process=RESULTS)
    text = text_of(signed_in(people.unit_clerk).get(reverse("result_list")))
    assert result.title in text
    assert other.title not in text
    assert 'name="pick"' not in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "烘干机"}, True),
        ({"q": "周成岩"}, True),
        ({"q": "收割机"}, False),
        ({"q": "\x00烘干机"}, True),
        ({"year": "2020"}, True),
        ({"year": "2019"}, False),
        ({"year": "abc", "kind": "x"}, True),
        ({"state": "verified"}, False),
        ({"state": "all"}, True),
        ({"state": "nonsense"}, True),
    ],
)
def test_filters(signed_in, people, result, query, found):
    Achievement.objects.filter(pk=result.pk).update(completed_on="2020-05")
    text = text_of(signed_in(people.county_reviewer).get(reverse("result_list"), query))
    assert (result.title in text) == found


def test_a_dated_grant_stands_for_a_missing_date(signed_in, people, studio):
    found = patent(studio, "一种烘干塔")
    Achievement.objects.filter(pk=found.pk).update(completed_on="")
    client = signed_in(people.county_reviewer)
    assert found.title in text_of(client.get(reverse("result_list"), {"year": "2019"}))
    assert found.title not in text_of(client.get(reverse("result_list"), {"year": "2018"}))


@pytest.mark.parametrize("rows", [1, 6])
def test_the_list_takes_the_same_number_of_queries_for_any_number_of_rows(signed_in, people, studio, rows):
    for number in range(rows):
        result = AchievementFactory(studio=studio, title=f"成果{number}", number=f"编号-{number}-2024")
        proof = {"achievement": result, "slot": "achievement.proof", "image_hash": number * 77777}
        EvidenceFactory(studio=studio, **proof)
        perform(result.pk, A.QUERY, actor=people.county_reviewer, reason="请补充。", process=RESULTS)
    client = signed_in(people.county_reviewer)
    client.get(reverse("result_list"))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("result_list"), {"state": "queried"})
    assert len(queries) == 10


def test_the_list_marks_possible_duplicates(signed_in, people, twins):
    client = signed_in(people.county_reviewer)
    assert text_of(client.get(reverse("result_list"))).count("疑似重复") == 2


def test_a_plain_list_marks_nothing(signed_in, people, result):
    assert "疑似重复" not in text_of(signed_in(people.county_reviewer).get(reverse("result_list")))


def test_twins_stand_side_by_side_as_far_as_they_may_be_seen(signed_in, people, twins, city):
    mine, near, far = twins
    text = text_of(page(signed_in(people.county_reviewer), mine))
    assert near.title in text
    assert far.title not in text
    assert far.studio.short_name not in text
    assert f"另有 1 项在{city.other_county.short_name}" in text


def test_the_city_sees_both_and_chooses(signed_in, people, twins):
    mine, near, far = twins
    client = signed_in(people.city_reviewer)
    for other in (near, far):
        table = text_of(page(client, mine, **{"with": other.pk})).split("<table")[1]
        assert other.title in table
    assert page(client, mine, **{"with": "x"}).status_code == 200


def test_a_duplicate_is_never_refused_by_itself(signed_in, people, twins):
    assert act(signed_in(people.county_reviewer), twins[0], A.VERIFY).status_code == 302
    assert Achievement.objects.get(pk=twins[0].pk).state == S.VERIFIED


def test_the_page_of_a_result_keeps_its_budget(signed_in, people, twins):
    mine = twins[0]
    for number in range(4):
        RecognitionFactory(achievement=mine)
        EvidenceFactory(studio=mine.studio, achievement=mine, slot="benefit.proof", image_hash=number)
    client = signed_in(people.county_reviewer)
    page(client, mine)
    with CaptureQueriesContext(connection) as queries:
        page(client, mine)
    assert len(queries) <= MOST_QUERIES, [query["sql"][:90] for query in queries]


def test_everything_that_was_entered_is_on_the_page(signed_in, people, result):
    RecognitionFactory(achievement=result, document_number="通工发〔2024〕8号")
    result.conversions.create(mode="service", contract_number="JS-2024-7", amount="12.5")
    result.shares.create(position=1, name="周成岩", percent="60", duty="总体方案")
    Achievement.objects.filter(pk=result.pk).update(benefit_amount="35.2000", benefit_basis="按节煤量计算。")
    file = EvidenceFactory(studio=result.studio, achievement=result, slot="benefit.proof", name="核算表.jpg")
    text = text_of(page(signed_in(people.county_reviewer), result))
    for words in (
        "通工发〔2024〕8号",
        "JS-2024-7",
        "12.5",
        "总体方案",
        "35.2",
        "按节煤量计算。",
        "核算表.jpg",
    ):
        assert words in text
    assert reverse("file_thumb", args=[file.pk]) in text


def test_a_number_with_a_wrong_check_digit_is_a_doubt(signed_in, people, studio):
    text = text_of(page(signed_in(people.county_reviewer), patent(studio, "一种割台", "201710601862.5")))
    assert "请再核对" in text


def test_a_query_asks_for_its_reason_and_keeps_what_was_typed(signed_in, people, result):
    client = signed_in(people.county_reviewer)
    assert act(client, result, A.QUERY).status_code == 422
    answer = act(client, result, A.QUERY, confirmed="", reason="证书照片看不清。")
    assert answer.status_code == 200
    assert "证书照片看不清。" in text_of(answer)
    assert not Decision.objects.exists()
    assert act(client, result, A.QUERY, reason="证书照片看不清。").status_code == 302
    assert Achievement.objects.get(pk=result.pk).state == S.QUERIED


def test_the_unit_reads_the_question_and_answers(signed_in, people, result):
    perform(result.pk, A.QUERY, actor=people.county_reviewer, reason="证书照片看不清。", process=RESULTS)
    client = signed_in(people.unit_clerk)
    text = text_of(page(client, result))
    assert "证书照片看不清。" in text
    assert reverse("achievement_edit", args=[result.studio_id, result.pk]) in text
    assert act(client, result, A.ANSWER, reason="已重新上传。").status_code == 302
    assert Achievement.objects.get(pk=result.pk).state == S.ENTERED
    assert "已重新上传。" in text_of(page(signed_in(people.county_reviewer), result))


def test_the_question_stays_after_the_entry_was_mended(signed_in, people, result):
    perform(result.pk, A.QUERY, actor=people.county_reviewer, reason="证书照片看不清。", process=RESULTS)
    Achievement.objects.filter(pk=result.pk).update(state=S.ENTERED)
    clerk = signed_in(people.unit_clerk)
    assert "证书照片看不清。" in text_of(page(clerk, result))
    assert act(clerk, result, A.ANSWER, reason="已更正。").status_code == 302
    assert 'name="action"' not in text_of(page(clerk, result))


def test_a_list_tells_what_was_changed_after_a_query(signed_in, people, result):
    perform(result.pk, A.QUERY, actor=people.county_reviewer, reason="证书照片看不清。", process=RESULTS)
    Achievement.objects.filter(pk=result.pk).update(state=S.ENTERED)
    assert "提出疑问后已改动" in text_of(signed_in(people.county_reviewer).get(reverse("result_list")))


def test_what_changed_since_the_page_was_shown_is_refused_and_then_goes(signed_in, people, result):
    client = signed_in(people.county_reviewer)
    old = hidden(text_of(page(client, result)), "facts")
    RecognitionFactory(achievement=result)
    answer = act(client, result, A.VERIFY, facts=old)
    assert answer.status_code == 409
    assert "单位改动了该成果" in text_of(answer)
    assert act(client, result, A.VERIFY).status_code == 302


def test_what_was_taken_out_is_shown_without_any_step(signed_in, people, result):
    Achievement.objects.filter(pk=result.pk).update(removed_at=timezone.now())
    text = text_of(page(signed_in(people.county_reviewer), result))
    assert "移出台账" in text
    assert 'name="action"' not in text


def many(client, results, **fields):
    data = {"pick": [result.pk for result in results], **fields}
    return client.post(reverse("result_verify_many"), data)


def confirm(client, preview, **fields):
    """Send the form of a preview as a browser would."""
    text = text_of(preview)
    form = text[text.index('name="form_key"') - 200 :]
    data = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
    data["pick"] = re.findall(r'name="pick" value="(\d+)" checked', form)
    return client.post(reverse("result_verify_many"), {**data, **fields})


def test_the_preview_changes_nothing_and_says_why_not(signed_in, people, result, studio, twins):
    undated = AchievementFactory(studio=studio, title="没有日期的成果", completed_on="")
    preview = many(signed_in(people.county_reviewer), [result, undated, twins[0]])
    text = text_of(preview)
    assert "完成、授权或认定日期" in text
    assert re.findall(r'name="pick" value="(\d+)" checked', text) == [str(result.pk)]
    assert f'name="pick" value="{twins[0].pk}"' in text
    assert not Decision.objects.exists()


def test_several_are_verified_each_by_a_step_of_its_own(signed_in, people, result, studio):
    other = AchievementFactory(studio=studio, title="另一项改造成果")
    client = signed_in(people.county_reviewer)
    done = confirm(client, many(client, [result, other]))
    assert "共 2 项，已核实 2 项" in text_of(done)
    assert set(Achievement.objects.values_list("state", flat=True)) == {S.VERIFIED}
    assert Decision.objects.count() == 2


def test_one_that_changed_meanwhile_stays_and_is_named(signed_in, people, result, studio):
    other = AchievementFactory(studio=studio, title="另一项改造成果")
    client = signed_in(people.county_reviewer)
    preview = many(client, [result, other])
    RecognitionFactory(achievement=other)
    text = text_of(confirm(client, preview))
    assert "共 2 项，已核实 1 项" in text
    assert "单位改动了该成果" in text
    assert Achievement.objects.get(pk=other.pk).state == S.ENTERED


def test_one_that_a_colleague_decided_meanwhile_stays_and_is_named(signed_in, people, result, studio):
    other = AchievementFactory(studio=studio, title="另一项改造成果")
    client = signed_in(people.county_reviewer)
    preview = many(client, [result, other])
    perform(other.pk, A.QUERY, actor=people.county_reviewer, reason="请补充。", process=RESULTS)
    text = text_of(confirm(client, preview))
    assert "共 2 项，已核实 1 项" in text
    assert people.county_reviewer.name in text
    assert Achievement.objects.get(pk=other.pk).state == S.QUERIED


def test_a_preview_sent_twice_is_done_once(signed_in, people, result):
    client = signed_in(people.county_reviewer)
    preview = many(client, [result])
    assert confirm(client, preview).status_code == 200
    assert confirm(client, preview).status_code == 302
    assert Decision.objects.count() == 1


def test_a_whole_page_goes_to_the_preview(signed_in, people, result, studio):
    other = AchievementFactory(studio=studio, title="另一项改造成果")
    answer = signed_in(people.county_reviewer).post(
        reverse("result_verify_many"), {"whole": "1", "row": [result.pk, other.pk], "pick": [result.pk]}
    )
    assert text_of(answer).count("checked") == 2


@pytest.mark.parametrize("pick", [[], ["x"], ["9" * 30]])
def test_nothing_ticked_does_nothing(signed_in, people, pick):
    answer = signed_in(people.county_reviewer).post(reverse("result_verify_many"), {"pick": pick})
    assert answer.status_code == 302


def test_the_preview_keeps_its_budget(signed_in, people, studio):
    results = [AchievementFactory(studio=studio, title=f"成果{number}") for number in range(6)]
    client = signed_in(people.county_reviewer)
    many(client, results)
    with CaptureQueriesContext(connection) as queries:
        many(client, results)
    assert len(queries) <= MOST_QUERIES


def test_of_another_county_nothing_is_taken(signed_in, people, city, result):
    theirs = AchievementFactory(studio=StudioFactory(union=city.other_unit.union))
    client = signed_in(people.county_reviewer)
    assert many(client, [theirs]).status_code == 404
    text = text_of(many(client, [theirs, result]))
    assert f'value="{theirs.pk}"' not in text


def test_the_english_pages_speak_english(signed_in, people, twins):
    client = signed_in(people.county_reviewer)
    client.post(reverse("set_language"), {"language": "en"})
    text = text_of(page(client, twins[0]))
    assert "the same number" in text
    assert "Possible duplicates" in text
    assert "Benefit" in text
