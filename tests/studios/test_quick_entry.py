"""Entering something from a phone: one line is kept whatever becomes of the photo."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from studios.choices import Section
from studios.models import Achievement, Activity, Evidence, MediaReport
from studios.services import ledger as services
from tests.factories.ledger import ActivityFactory
from tests.factories.studios import StudioFactory
from tests.files.makers import jpeg
from tests.studios.posting import form_of

SCRIPT = {"X-Requested-With": "quick"}
TODAY = str(timezone.localdate())


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """An empty store of its own."""
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def studio(city, people):
    return StudioFactory(union=city.unit.union)


@pytest.fixture
def clerk(client, people):
    client.force_login(people.unit_clerk)
    return client


def photo(data=None, name="IMG_1.jpg"):
    return SimpleUploadedFile(name, data or jpeg(), content_type="image/jpeg")


def send(client, studio, headers=None, **values):
    values = {"line": "钳工技能比武", "what": "activity", "day": TODAY, "once": str(uuid.uuid4())} | values
    return client.post(reverse("ledger_quick", args=[studio.pk]), values, headers=headers or {})


def closed(studio):
    studio.locked_sections = list(Section.values)
    studio.save(update_fields=["locked_sections"])


def test_a_line_and_a_photo_are_an_activity_of_today(clerk, studio):
    sent = send(clerk, studio, photo=photo())
    made = Activity.objects.get()
    assert (made.title, made.held_on, made.kind) == ("钳工技能比武", TODAY, "training")
    file = Evidence.objects.get()
    assert (file.slot, file.activity) == ("activity.photo", made)
    page = clerk.get(sent.headers["Location"]).content.decode()
    assert made.title in page and "照片已收到" in page
    assert reverse("ledger_entry", args=[studio.pk, "activity", made.pk]) in page


def test_a_result_takes_the_photo_as_its_proof(clerk, studio):
    sent = send(clerk, studio, what="result", photo=photo())
    made = Achievement.objects.select_related("kind").get()
    assert (made.title, made.completed_on, made.kind.code) == ("钳工技能比武", TODAY, "other")
    assert Evidence.objects.get().achievement == made
    assert (
        reverse("achievement_edit", args=[studio.pk, made.pk])
        in clerk.get(sent.headers["Location"]).content.decode()
    )


def test_a_report_in_the_media_is_kept_with_its_copy(clerk, studio):
    send(clerk, studio, what="media", photo=photo())
    made = MediaReport.objects.get()
    assert (made.title, made.published_on, made.outlet) == ("钳工技能比武", TODAY, "")
    assert Evidence.objects.get().slot == "media.copy"


def test_without_a_photo_the_line_is_enough(clerk, studio):
    assert send(clerk, studio).status_code == 302
    assert (Activity.objects.count(), Evidence.objects.count()) == (1, 0)


def test_day_and_kind_can_be_changed(clerk, studio):
    send(clerk, studio, day="2025-03-04", activity_kind="lecture")
    made = Activity.objects.get()
    assert (made.held_on, made.kind) == ("2025-03-04", "lecture")


def test_sent_twice_is_one_entry_with_one_photo(clerk, studio):
    key = str(uuid.uuid4())
    places = {send(clerk, studio, once=key, photo=photo()).headers["Location"] for _ in range(2)}
    assert len(places) == 1
    assert (Activity.objects.count(), Evidence.objects.count()) == (1, 1)


def test_a_photo_that_got_lost_is_sent_again_to_the_same_entry(clerk, studio):
    key = str(uuid.uuid4())
    first = send(clerk, studio, SCRIPT, once=key)
    again = send(clerk, studio, SCRIPT, once=key, photo=photo())
    assert first.json()["done"] == again.json()["done"]
    assert Evidence.objects.get().activity == Activity.objects.get()


@pytest.mark.parametrize("headers", [{}, SCRIPT])
def test_a_refused_photo_does_not_take_the_line_with_it(clerk, studio, headers):
    sent = send(clerk, studio, headers, photo=photo(b"this is no picture"))
    made = Activity.objects.get()
    assert (made.title, Evidence.objects.count()) == ("钳工技能比武", 0)
    if headers:
        assert sent.status_code == 422 and sent.json()["problem"] and sent.json()["done"]
    else:
        page = clerk.get(sent.headers["Location"]).content.decode()
        assert "文字已保存，照片未能接收" in page and made.title in page


def test_the_line_is_kept_before_the_photo_is_looked_at(clerk, studio, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr(services.evidence, "receive", broken)
    with pytest.raises(OSError, match="disk"):
        send(clerk, studio, photo=photo())
    assert Activity.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"line": " "}, "line"),
        ({"line": "长" * 121}, "line"),
        ({"what": "nonsense"}, "what"),
        ({"day": "昨天"}, "day"),
        ({"day": "2999-01-01"}, "day"),
        ({"day": "2098-01-01"}, "day"),
        ({"day": "0026-01-01"}, "day"),
    ],
)
def test_bad_input_is_told_and_the_rest_stays(clerk, studio, wrong, field):
    page = send(clerk, studio, **wrong)
    assert page.status_code == 422 and list(page.context["form"].errors) == [field]
    assert form_of(page, "quick")["line"] == wrong.get("line", "钳工技能比武")
    told = send(clerk, studio, SCRIPT, **wrong)
    assert told.status_code == 422 and told.json()["problem"]
    assert Activity.objects.count() == 0


def test_a_result_under_review_is_told_and_kept_as_an_activity(clerk, studio):
    closed(studio)
    page = send(clerk, studio, what="result", photo=photo())
    assert page.status_code == 423 and Achievement.objects.count() == 0
    text = page.content.decode()
    assert "先登记为活动" in text and "审核中" in text
    again = form_of(page, "quick")
    assert (again["line"], again["what"]) == ("钳工技能比武", "activity")
    assert clerk.post(reverse("ledger_quick", args=[studio.pk]), again).status_code == 302
    assert Activity.objects.get().title == "钳工技能比武"
    told = send(clerk, studio, SCRIPT, what="result")
    assert told.status_code == 423 and told.json()["closed"] is True


def test_a_closed_result_is_not_offered(clerk, studio):
    address = reverse("ledger_quick", args=[studio.pk])
    choice = 'value="result" id="id_what_1"'
    assert f"{choice} disabled" not in clerk.get(address).content.decode()
    closed(studio)
    assert f"{choice} disabled" in clerk.get(address).content.decode()


def test_the_only_studio_is_not_asked_for(clerk, studio):
    sent = clerk.get(reverse("quick"))
    assert sent.headers["Location"] == reverse("ledger_quick", args=[studio.pk])


def test_of_several_studios_the_chosen_one_is_remembered(clerk, studio):
    sister = StudioFactory(union=studio.union)
    page = clerk.get(reverse("quick"))
    assert page.status_code == 200 and {studio, sister} == set(page.context["studios"])
    send(clerk, sister)
    assert clerk.get(reverse("quick")).headers["Location"] == reverse("ledger_quick", args=[sister.pk])
    assert clerk.get(reverse("quick"), {"choose": "1"}).status_code == 200


def test_a_unit_without_a_studio_is_led_to_registering_one(clerk, city, people):
    page = clerk.get(reverse("quick"))
    assert page.status_code == 200 and reverse("studio_new") in page.content.decode()


def test_only_people_of_the_unit_enter_anything(client, people, studio):
    for who, status in (("county_reviewer", 403), ("other_unit_clerk", 404), ("superuser", 403)):
        client.force_login(getattr(people, who))
        assert send(client, studio).status_code == status
        assert client.get(reverse("ledger_quick", args=[studio.pk])).status_code == status
    client.force_login(people.county_reviewer)
    assert client.get(reverse("quick")).status_code == 403
    assert Activity.objects.count() == 0


def test_what_is_done_is_only_shown_of_the_own_studio(clerk, studio, city):
    elsewhere = ActivityFactory(studio=StudioFactory(union=city.other_unit.union), title="别处的活动")
    address = reverse("ledger_quick", args=[studio.pk])
    page = clerk.get(f"{address}?done=activity-{elsewhere.pk}").content.decode()
    assert "别处的活动" not in page and 'id="quick"' in page


def test_a_photo_is_not_hung_on_an_entry_of_another_unit(clerk, studio, city):
    elsewhere = ActivityFactory(studio=StudioFactory(union=city.other_unit.union))
    address = reverse("file_upload", args=[studio.pk])
    sent = {"slot": "activity.photo", "activity": elsewhere.pk, "file": photo()}
    assert clerk.post(address, sent, headers={"X-Requested-With": "upload"}).status_code == 422
    assert Evidence.objects.count() == 0


def test_a_file_of_an_entry_stands_on_its_page(clerk, studio):
    entry = ActivityFactory(studio=studio)
    page = reverse("ledger_entry", args=[studio.pk, "activity", entry.pk])
    sent = {"slot": "activity.photo", "activity": entry.pk, "file": photo(), "back": f"{page}#files"}
    assert clerk.post(reverse("file_upload", args=[studio.pk]), sent).headers["Location"] == f"{page}#files"
    assert Evidence.objects.get().activity == entry
    assert "IMG_1.jpg" in clerk.get(page).content.decode()


def test_text_survives_the_end_of_the_session(client, studio, people):
    address = reverse("ledger_quick", args=[studio.pk])
    typed = {
        "line": "会议中写下的",
        "what": "media",
        "day": TODAY,
        "typed_by": people.unit_clerk.pk,
        "typed_on": address,
    }
    assert client.post(address, typed).status_code == 302
    session = client.session
    kept = session["typed_text"]
    client.force_login(people.unit_clerk)
    session = client.session
    session["typed_text"] = kept
    session.save()
    again = form_of(client.get(address), "quick")
    assert (again["line"], again["what"]) == ("会议中写下的", "media")
