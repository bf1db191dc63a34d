"""One result in depth: what its kind asks for, uses, shares, the way back to "entered", its pictures."""

import io
import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from PIL import Image, ImageDraw, ImageEnhance

from portal.audit.models import Entry
from reviews.dossier_words import tables_of
from studios import dossier
from studios.choices import LEDGER_SLOTS, ActivityKind, Section
from studios.ledger.kinds import DETAILS, OF_KIND, check_details, columns_of, details_of, details_shown
from studios.ledger.pictures import NEAR, distance
from studios.models import Achievement, AchievementKind, Activity, Person
from studios.services import evidence as services
from studios.services.people import NotPossible
from studios.validators import doubts_of_number
from tests.factories.studios import AchievementFactory, EvidenceFactory, RecognitionFactory, StudioFactory
from tests.studios.posting import add_row, form_of

KINDS = json.loads(Path("fixtures/achievement_kinds.json").read_text())
CODES = [row["fields"]["code"] for row in KINDS]
AUTOSAVE = {"X-Requested-With": "autosave"}


@pytest.fixture
def studio(city, people):
    return StudioFactory(union=city.unit.union)


@pytest.fixture
def clerk(client, people):
    client.force_login(people.unit_clerk)
    return client


@pytest.fixture
def result(studio):
    """A patent with its data."""
    kind = AchievementKind.objects.get(code="invention_patent")
    return AchievementFactory(studio=studio, kind=kind, number="ZL201710601862.3", patent_status="granted")


def address(result):
    return reverse("achievement_edit", args=[result.studio_id, result.pk])


def saved(clerk, result, **values):
    """The answer to a save of the page with these values changed."""
    return clerk.post(address(result), form_of(clerk.get(address(result))) | values, headers=AUTOSAVE)


def pk_of(code):
    return str(AchievementKind.objects.get(code=code).pk)


# what a kind asks for


def test_every_kind_of_the_reference_has_its_fields():
    assert set(OF_KIND) == set(CODES)
    assert {name for names in OF_KIND.values() for name in names} == set(DETAILS)
    assert all(details_of(code) for code in CODES)


@pytest.mark.parametrize("code", [row["fields"]["code"] for row in KINDS if not row["fields"]["is_patent"]])
def test_nobody_but_patents_is_asked_about_a_grant(code):
    assert not {"patent_status", "granted_on"} & set(columns_of(code))


@pytest.mark.parametrize(
    ("code", "details"),
    [
        ("paper", {"inventors": "甲"}),
        ("paper", {"is_core": "perhaps"}),
        ("qc", {"qc_year": "去年"}),
        ("qc", {"qc_group": 3}),
        ("other", {"nature": "长" * 161}),
    ],
)
def test_details_that_do_not_belong_are_refused(code, details):
    with pytest.raises(ValidationError):
        check_details(code, details)


def test_details_are_shown_in_words_and_unknown_names_are_not_lost():
    check_details("paper", {"is_core": "yes", "journal": "农机化研究"})
    with translation.override("en"):
        shown = [(str(label), words) for label, words in details_shown({"old": "x", "is_core": "yes"})]
    assert shown == [("core journal", "yes"), ("old", "x")]


def test_the_page_asks_for_what_the_kind_has(clerk, result):
    names = set(form_of(clerk.get(address(result))))
    assert {"filed_on", "patent_status", "granted_on", "holder", "detail_inventors"} <= names
    saved(clerk, result, kind_id=pk_of("paper"))
    names = set(form_of(clerk.get(address(result))))
    assert {"detail_journal", "detail_issue", "detail_is_core"} <= names
    assert not {"patent_status", "granted_on", "filed_on", "detail_inventors"} & names


def test_another_kind_brings_its_fields_at_once_and_drops_the_others(clerk, result):
    saved(clerk, result, holder="某公司", granted_on="2019-05-01", detail_inventors="甲、乙")
    result.refresh_from_db()
    assert (result.details, result.holder) == ({"inventors": "甲、乙"}, "某公司")
    answer = saved(clerk, result, kind_id=pk_of("qc")).json()
    assert "detail_qc_group" in answer["fragments"]["#kind-fields"]
    result.refresh_from_db()
    assert (result.details, result.holder, result.patent_status, result.granted_on) == ({}, "", "", None)
    assert "#kind-fields" not in saved(clerk, result, detail_qc_group="焊花").json()["fragments"]
    result.refresh_from_db()
    assert result.details == {"qc_group": "焊花"}


def test_a_year_that_is_none_is_named_and_the_rest_is_saved(clerk, result):
    answer = saved(clerk, result, kind_id=pk_of("qc"))
    answer = saved(clerk, result, detail_qc_year="1819", detail_association="中国质量协会")
    assert list(answer.json()["errors"]) == ["detail_qc_year"]
    result.refresh_from_db()
    assert result.details == {"association": "中国质量协会"}


# numbers


@pytest.mark.parametrize(
    ("kind", "number", "more", "word"),
    [
        ("invention_patent", "ZL201710601862.4", {}, "check digit"),
        ("utility_model", "ZL201710601862.3", {}, "means invention"),
        ("invention_patent", "CN107345678A", {}, "an application was published"),
        ("invention_patent", "CN107345678B", {}, "a granted patent (invention) was announced"),
        ("invention_patent", "ZL201710601862.3", {"status": "filed"}, "ZL"),
        ("invention_patent", "201710601862.3", {"filed_on": "2018-02-01"}, "lies in 2018"),
        ("invention_patent", "201710601862.3", {"granted_on": "2016-02-01"}, "after the grant in 2016"),
        ("software_copyright", "软著登字第1234567号", {}, "certificate number"),
        ("patent_pct", "CN2019123456", {}, "PCT/CN2019/123456"),
        ("standard", "GB/T 1234", {}, "a year"),
    ],
)
def test_a_number_that_is_not_right_is_doubted_with_the_reason(kind, number, more, word):
    with translation.override("en"):
        assert any(word in doubt for doubt in doubts_of_number(kind, number, **more))


def test_a_right_number_is_not_doubted():
    more = {"filed_on": "2017-07-20", "granted_on": "2019-05-01", "status": "granted"}
    assert doubts_of_number("invention_patent", "ZL 2017 1 0601862.3", **more) == []
    assert doubts_of_number("standard", "DB15/T 1234.1—2020") == []


def test_a_grant_before_the_filing_is_refused(clerk, result):
    answer = saved(clerk, result, filed_on="2019-06-01", granted_on="2019-05-01")
    assert list(answer.json()["errors"]) == ["granted_on"]


# uses and shares


def test_uses_are_kept_and_ask_for_what_their_way_needs(clerk, result):
    data = form_of(clerk.get(address(result)))
    more = {"counterparty": "某厂", "contract_number": "HT-1", "registration_number": "2024150500001"}
    add_row(data, "conversions", mode="service", amount="12.5", **more)
    add_row(data, "conversions", mode="roll_out", places="7")
    assert clerk.post(address(result), data, headers=AUTOSAVE).json()["errors"] == {}
    service, roll_out = result.conversions.order_by("pk")
    assert (service.amount, service.registration_number, roll_out.places) == (12.5, "2024150500001", 7)
    again = form_of(clerk.get(address(result)))
    assert again["conversions-0-amount"] == "12.5"
    assert "conversions-1-places" in again and "conversions-1-contract_number" not in again
    unchanged = clerk.post(address(result), again, headers=AUTOSAVE).json()
    assert unchanged["errors"] == {}
    assert result.conversions.count() == 2


def test_shares_name_persons_and_other_studios_where_there_is_just_one(clerk, result, city):
    person = Person.objects.create(union=result.union, name="白志强")
    for _ in range(2):
        Person.objects.create(union=result.union, name="李娜")
    other = StudioFactory(union=city.other_unit.union, short_name="远方创新工作室")
    data = form_of(clerk.get(address(result)))
    for place, name in enumerate(("白志强", "远方创新工作室", "李娜"), 1):
        add_row(data, "shares", position=str(place), name=name, percent="30", duty="")
    assert clerk.post(address(result), data, headers=AUTOSAVE).json()["errors"] == {}
    links = [(share.person, share.other_studio) for share in result.shares.order_by("position")]
    assert links == [(person, None), (None, other), (None, None)]


def test_shares_have_places_of_their_own_and_no_more_than_the_whole(clerk, result):
    data = form_of(clerk.get(address(result)))
    for place, percent in (("1", "60"), ("1", "10"), ("2", "50")):
        add_row(data, "shares", position=place, name=f"第{percent}人", percent=percent, duty="")
    errors = clerk.post(address(result), data, headers=AUTOSAVE).json()["errors"]
    assert set(errors) == {"shares-1-position", "shares-2-percent"}
    assert "120" in errors["shares-2-percent"][0]
    assert [share.percent for share in result.shares.all()] == [60]


# looked at again


@pytest.mark.parametrize("state", ["verified", "queried"])
@pytest.mark.parametrize("values", [{"summary": "改写"}, {"recognitions-0-name": "另一个奖"}])
def test_a_changed_result_is_to_be_looked_at_again(clerk, result, state, values):
    RecognitionFactory(achievement=result)
    Achievement.objects.filter(pk=result.pk).update(state=state)
    assert saved(clerk, result, **values).json()["errors"] == {}
    result.refresh_from_db()
    assert result.state == "entered"
    told = Entry.objects.filter(verb="studio.save").latest("pk").detail
    assert (told["achievement"], told["was"], told["state"]) == (result.pk, state, "entered")


def test_a_save_that_changes_nothing_leaves_it_verified(clerk, result):
    Achievement.objects.filter(pk=result.pk).update(state="verified")
    saved(clerk, result)
    result.refresh_from_db()
    assert result.state == "verified"


# files


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")


def drawing(shade=1.0, **saving):
    """A drawn certificate."""
    picture = Image.new("RGB", (640, 480), "white")
    pen = ImageDraw.Draw(picture)
    for place in range(9):
        pen.rectangle(
            [place * 70, (place * 97) % 400, place * 70 + 90, (place * 97) % 400 + 80],
            fill=(90, place * 20, 60),
        )
    file = io.BytesIO()
    ImageEnhance.Brightness(picture).enhance(shade).save(file, **{"format": "JPEG", "quality": 90, **saving})
    return file.getvalue()


def sent(studio, actor, data, slot, **owner):
    upload = SimpleUploadedFile("照片.jpg", data)
    return services.receive(studio, slot=slot, upload=upload, actor=actor, **owner)


def test_a_picture_saved_anew_is_near_and_another_is_not(result, people, media):
    noise = Image.effect_noise((640, 480), 90).convert("RGB")
    other = io.BytesIO()
    noise.save(other, "JPEG")
    prints = []
    for data in (drawing(), drawing(shade=0.9, quality=40), other.getvalue()):
        row = sent(result.studio, people.unit_clerk, data, "achievement.proof", achievement_id=result.pk)
        services.check(row.pk)
        row.refresh_from_db()
        assert (row.state, -(2**63) <= row.image_hash < 2**63) == ("ready", True)
        prints.append(row.image_hash)
    assert distance(prints[0], prints[1]) <= NEAR < distance(prints[0], prints[2])


@pytest.mark.parametrize("slot", LEDGER_SLOTS)
def test_no_review_closes_the_files_of_the_ledger(studio, people, media, slot):
    studio.locked_sections = list(Section.values)
    studio.save(update_fields=["locked_sections"])
    row = sent(studio, people.unit_clerk, drawing(), slot)
    services.remove(row, actor=people.unit_clerk)
    assert (row.slot, row.achievement) == (slot, None)


def test_a_photo_hangs_on_an_activity_of_the_same_studio(studio, people, media, city):
    activity = Activity.objects.create(
        studio=studio, union=studio.union, kind=ActivityKind.DRILL, title="练兵"
    )
    row = sent(studio, people.unit_clerk, drawing(), "activity.photo", activity_id=activity.pk)
    assert row.activity == activity
    elsewhere = StudioFactory(union=city.unit.union)
    with pytest.raises(NotPossible):
        sent(elsewhere, people.unit_clerk, drawing(), "activity.photo", activity_id=activity.pk)


def test_more_proof_answers_a_query_and_less_proof_ends_a_verification(result, people, media):
    Achievement.objects.filter(pk=result.pk).update(state="queried")
    row = sent(result.studio, people.unit_clerk, drawing(), "achievement.proof", achievement_id=result.pk)
    result.refresh_from_db()
    assert result.state == "entered"
    Achievement.objects.filter(pk=result.pk).update(state="verified")
    sent(result.studio, people.unit_clerk, drawing(0.5), "achievement.proof", achievement_id=result.pk)
    result.refresh_from_db()
    assert result.state == "verified"
    services.remove(row, actor=people.unit_clerk)
    result.refresh_from_db()
    assert result.state == "entered"


# the dossier


def test_the_dossier_has_what_became_of_a_result(clerk, result):
    data = form_of(clerk.get(address(result))) | {
        "holder": "某公司",
        "filed_on": "2017-07-20",
        "detail_inventors": "甲",
    }
    add_row(data, "conversions", mode="own_use")
    add_row(data, "shares", position="1", name="甲", percent="100", duty="设计")
    clerk.post(address(result), data, headers=AUTOSAVE)
    EvidenceFactory(studio=result.studio, slot="activity.photo")
    built = dossier.build(result.studio_id)
    [row] = built["achievements"]
    assert (row["holder"], row["filed_on"], row["details"]) == ("某公司", "2017-07-20", {"inventors": "甲"})
    assert [use["mode"] for use in row["conversions"]] == ["own_use"]
    assert [(share["name"], share["percent"]) for share in row["shares"]] == [("甲", "100.00")]
    assert built["files"] == []
    assert json.loads(dossier.canonical(built)) == built
    titles = {str(table["title"]) for table in tables_of(built)[8]["rows"][0]["inner"]}
    assert len(titles) == 2


def test_a_dossier_from_before_is_read_and_has_nothing_of_it(result):
    old = dossier.build(result.studio_id)
    for name in ("holder", "filed_on", "details", "conversions", "shares"):
        del old["achievements"][0][name]
    [row] = tables_of(old)[8]["rows"]
    assert row["inner"] == []
