"""Results that may be one and the same are found among all studios, and shown to whom they may be shown."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from studios.models import AchievementKind
from studios.queries.twins import twins_of, visible_to
from tests.factories.studios import AchievementFactory, EvidenceFactory, StudioFactory

DETAIL = 0x0F0F0F0F0F0F0F0F


@pytest.fixture
def studio(city, people):
    return StudioFactory(union=city.unit.union)


@pytest.fixture
def elsewhere(city, people):
    """A studio of another county."""
    return StudioFactory(union=city.other_unit.union)


def patent(studio, number, **fields):
    return AchievementFactory(
        studio=studio, kind=AchievementKind.objects.get(code="utility_model"), number=number, **fields
    )


def proof(achievement, **fields):
    return EvidenceFactory(
        studio=achievement.studio, achievement=achievement, slot="achievement.proof", **fields
    )


def found(achievement):
    return {twin.achievement: [reason.code for reason in twin.reasons] for twin in twins_of(achievement)}


def test_a_result_alone_has_no_twin(studio):
    result = patent(studio, "ZL200820009767.0", title="免耕播种机防堵装置")
    proof(result, image_hash=DETAIL)
    assert twins_of(result) == []
    assert visible_to([], None) == ([], 0)


def test_the_same_number_in_another_spelling_is_found_in_another_county(studio, elsewhere):
    result = patent(studio, "ZL 2008 2 0009767.0", title="免耕播种机防堵装置")
    twin = patent(elsewhere, "２００８２０００９７６７０", title="一种秸秆清理机构")
    patent(elsewhere, "ZL200820132792.8", title="挤奶机真空报警")
    assert found(result) == {twin: ["number"]}
    assert found(twin) == {result: ["number"]}


def test_the_same_file_is_found(studio, elsewhere):
    result, twin = (
        AchievementFactory(studio=studio, title="降低药耗"),
        AchievementFactory(studio=elsewhere, title="育种"),
    )
    mine = proof(result)
    proof(twin, sha256=mine.sha256)
    refused = AchievementFactory(studio=elsewhere, title="护理流程")
    proof(refused, sha256=mine.sha256, state="refused")
    assert found(result) == {twin: ["file"]}


@pytest.mark.parametrize(("bits", "is_found"), [(0, True), (1, True), (6, True), (7, False), (30, False)])
def test_a_picture_is_near_when_it_differs_in_six_bits_at_most(studio, elsewhere, bits, is_found):
    result, twin = (
        AchievementFactory(studio=studio, title="降低药耗"),
        AchievementFactory(studio=elsewhere, title="育种"),
    )
    proof(result, image_hash=DETAIL)
    proof(twin, image_hash=DETAIL ^ int("1" * bits or "0", 2) << 13)
    assert found(result) == ({twin: ["picture"]} if is_found else {})


def test_pictures_with_the_highest_bit_are_compared_as_well(studio, elsewhere):
    result, twin = (
        AchievementFactory(studio=studio, title="降低药耗"),
        AchievementFactory(studio=elsewhere, title="育种"),
    )
    proof(result, image_hash=DETAIL - 2**63)
    proof(twin, image_hash=DETAIL)
    assert found(result) == {twin: ["picture"]}


def test_an_even_surface_is_no_hint(studio, elsewhere):
    result, other = (
        AchievementFactory(studio=studio, title="降低药耗"),
        AchievementFactory(studio=elsewhere, title="育种"),
    )
    proof(result, image_hash=0)
    proof(other, image_hash=0)
    assert found(result) == {}


def test_a_nearly_identical_title_is_found_in_the_own_studio_too(studio, elsewhere):
    result = AchievementFactory(studio=studio, title="免耕播种机秸秆防堵装置的研制")
    near = AchievementFactory(studio=elsewhere, title="免耕播种机“秸秆防堵”装置研制")
    own = AchievementFactory(studio=studio, title="免耕播种机秸秆防堵装置的研制（二）")
    AchievementFactory(studio=elsewhere, title="玉米收割机秸秆粉碎装置")
    AchievementFactory(studio=elsewhere, title=result.title, removed_at="2024-01-01T00:00Z")
    assert found(result) == {near: ["title"], own: ["title"]}
    assert "%" in str(twins_of(result)[0].reasons[0])


def test_every_reason_is_named_and_the_strongest_stands_first(studio, elsewhere):
    result = patent(studio, "ZL200820009767.0", title="免耕播种机秸秆防堵装置")
    by_title = AchievementFactory(studio=elsewhere, title="免耕播种机秸秆防堵装置")
    twin = patent(elsewhere, "200820009767.0", title="免耕播种机秸秆防堵装置")
    mine = proof(result, image_hash=DETAIL)
    proof(twin, sha256=mine.sha256, image_hash=DETAIL)
    assert list(found(result).items()) == [(twin, ["number", "file", "title"]), (by_title, ["title"])]


def test_numbers_that_a_unit_gives_out_itself_are_compared_within_the_unit(studio, elsewhere):
    kind = AchievementKind.objects.get(code="rational_proposal")
    result, own = (
        AchievementFactory(studio=studio, kind=kind, number="JY-2024-001", title=t) for t in ("节水", "采光")
    )
    AchievementFactory(studio=elsewhere, kind=kind, number="JY-2024-001", title="护理")
    assert found(result) == {own: ["number"]}


def test_a_reader_sees_the_twins_of_the_own_scope_and_the_number_of_the_others(studio, elsewhere, people):
    result = patent(studio, "ZL200820009767.0", title="播种")
    near, far = (
        patent(studio, "200820009767.0", title="收割"),
        patent(elsewhere, "200820009767.0", title="挤奶"),
    )
    twins = twins_of(result)
    assert {twin.achievement for twin in twins} == {near, far}

    def seen(reader):
        shown, others = visible_to(twins, reader)
        return [twin.achievement for twin in shown], others

    assert seen(people.county_reviewer) == ([near], 1)
    assert seen(people.city_reviewer) == ([near, far], 0)


def test_three_statements_whatever_is_found(studio, elsewhere):
    result = patent(studio, "ZL200820009767.0", title="播种")
    for _ in range(5):
        twin = patent(elsewhere, "200820009767.0", title="播种")
        proof(twin, image_hash=DETAIL)
    proof(result, image_hash=DETAIL)
    result = type(result).objects.select_related("kind").get(pk=result.pk)
    with CaptureQueriesContext(connection) as asked:
        twins = twins_of(result)
        assert len({twin.achievement.union.name for twin in twins}) == 1
    assert (len(asked), len(twins)) == (3, 5)


FILL = """
INSERT INTO studios_achievement (studio_id, union_id, kind_id, title, completed_on, number, patent_status,
  holder, details, authors, summary, benefit_basis, social_benefit, state, number_key, title_key)
SELECT %(studio)s, %(union)s, %(kind)s, t, '2024', n::text, '', '', '{}', '', '', '', '', 'entered',
  'patent:' || n, t
FROM (SELECT n, md5(n::text) || md5((n + 1)::text) AS t
  FROM generate_series(200000000000, 200000029999) n) made
"""
FILES = """
INSERT INTO studios_evidence (studio_id, union_id, slot, achievement_id, image_hash, name, size, media_type,
  sha256, stored, thumb, preview, state, uploaded_by_id, uploaded_at)
SELECT studio_id, union_id, 'achievement.proof', id, ('x' || left(md5(title), 16))::bit(64)::bigint, 'a', 1,
  'a', encode(sha256(title::bytea), 'hex'), 's', '', '', 'ready', %(user)s, now()
FROM studios_achievement WHERE number_key LIKE 'patent:2000000%%'
"""
SETTLE = (  # what a vacuum would have done meanwhile
    "SELECT gin_clean_pending_list('achievement_by_title'), gin_clean_pending_list('evidence_by_picture')",
    "ANALYZE studios_achievement, studios_evidence",
)


def test_among_many_rows_every_question_reads_an_index(studio, people):
    result = patent(studio, "200820009767.0", title="免耕播种机秸秆防堵装置")
    proof(result, image_hash=DETAIL)
    here = {
        "studio": studio.pk,
        "union": studio.union_id,
        "kind": result.kind_id,
        "user": people.unit_clerk.pk,
    }
    with connection.cursor() as cursor:
        for statement in (FILL, FILES, *SETTLE):
            cursor.execute(statement, here)
    with CaptureQueriesContext(connection) as asked:
        assert twins_of(result) == []
    question = max((query["sql"] for query in asked), key=len)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {question}")
        plan = "\n".join(line for (line,) in cursor)
    for index in (
        "achievement_by_number_key",
        "achievement_by_title",
        "evidence_by_hash",
        "evidence_by_picture",
    ):
        assert index in plan, plan
    assert "Seq Scan" not in plan, plan
