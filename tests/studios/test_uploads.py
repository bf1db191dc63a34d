"""Uploaded evidence: taking in, checking, refusing, serving, taking off the form."""

import io
import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from portal.files import store
from portal.jobs import worker
from portal.jobs.choices import JobState
from portal.jobs.models import Job
from studios.choices import Section
from studios.models import Evidence
from studios.queries.files import same_elsewhere
from studios.services import evidence as services
from tests.factories.studios import AchievementFactory, EvidenceFactory, StudioFactory
from tests.files.makers import blank_png, jpeg, located_photo
from tests.studios.posting import form_of

SCRIPT = {"X-Requested-With": "upload"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """An empty store of its own."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture
def studio(city, people):
    return StudioFactory(union=city.unit.union)


@pytest.fixture
def clerk(client, people):
    client.force_login(people.unit_clerk)
    return client


def send(client, studio, data, name="照片 1.jpg", slot="venue.photo", **fields):
    upload = SimpleUploadedFile(name, data)
    address = reverse("file_upload", args=[studio.pk])
    return client.post(address, {"slot": slot, "file": upload, **fields}, headers=SCRIPT)


def run_jobs():
    """What the worker would do; to the test's transaction, jobs lie in the future."""
    Job.objects.update(not_before=timezone.now() - timedelta(hours=1))
    return [state for _pk, state in worker.run_pending()]


def stored_files(media):
    return [path for path in Path(media).rglob("*") if path.is_file()]


def checked(client, studio, data, **kwargs):
    """An uploaded file after its check."""
    answer = send(client, studio, data, **kwargs)
    assert answer.status_code == 201, answer.json()
    run_jobs()
    return Evidence.objects.latest("pk")


def read(response):
    """All of an answer; reading to the end closes the file behind it."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def pdf(pages=1):
    """A PDF of white pages."""
    import pikepdf

    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(595, 842))
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def test_a_photo_is_checked_in_the_background_and_stripped_of_its_place(
    clerk, studio, media, django_capture_on_commit_callbacks
):
    answer = send(clerk, studio, located_photo())
    row = Evidence.objects.get()
    assert row.state == "checking"
    assert f'data-poll="{reverse("file_status", args=[row.pk])}"' in answer.json()["row"]
    with django_capture_on_commit_callbacks(execute=True):
        assert run_jobs() == [JobState.DONE]
    row.refresh_from_db()
    assert (row.state, row.width, row.height) == ("ready", 480, 640)  # turned as the camera was held
    with store.open_file(row.stored) as file:
        assert dict(Image.open(file).getexif()) == {}
    assert len(stored_files(media)) == 3  # full, preview, thumbnail; what was sent is gone
    status = clerk.get(reverse("file_status", args=[row.pk])).json()
    assert status["state"] == "ready"
    assert "#panel-standards" in status["fragments"]


def test_a_pdf_is_kept_as_it_is(clerk, studio):
    data = pdf(pages=3)
    row = checked(clerk, studio, data, name="专利证书.pdf", slot="leader.honour")
    assert (row.state, row.pages) == ("ready", 3)
    assert read(clerk.get(reverse("file_show", args=[row.pk]))) == data


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.jpg", b""),
        ("report.docx", b"PK\x03\x04" + b"word/document.xml" + b"\0" * 40),
        ("page.jpg", b"<!doctype html><html><script>1</script>"),
        ("photo.pdf", jpeg()),
        ("bomb.png", blank_png(9000, 9000)),
        ("both.pdf", pdf() + b"PK\x05\x06" + b"\0" * 18),
        ("big.jpg", b"\xff\xd8\xff" + b"\0" * (20 * 1024 * 1024 + 1)),
    ],
)
def test_what_is_not_taken_is_told_at_once_and_leaves_nothing(clerk, studio, media, name, data):
    answer = send(clerk, studio, data, name=name)
    assert answer.status_code == 422
    assert len(answer.json()["error"]) > 10
    assert (Evidence.objects.count(), Job.objects.count(), stored_files(media)) == (0, 0, [])


def test_a_damaged_picture_is_refused_by_its_check_with_a_sentence(clerk, studio):
    row = checked(clerk, studio, jpeg()[:400])
    assert (row.state, row.problem["code"]) == ("refused", "damaged_picture")
    status = clerk.get(reverse("file_status", args=[row.pk])).json()
    assert "data-poll" not in status["row"] and 'class="error"' in status["row"]
    assert clerk.get(reverse("file_show", args=[row.pk])).status_code == 404


def test_the_same_file_sent_twice_is_one_row(clerk, studio):
    first, second = send(clerk, studio, jpeg()), send(clerk, studio, jpeg())
    assert (first.status_code, second.status_code) == (201, 201)
    assert Evidence.objects.count() == Job.objects.count() == 1


def test_a_check_that_runs_twice_changes_nothing(clerk, studio, media):
    row = checked(clerk, studio, jpeg())
    before = row.stored
    services.check(row.pk)
    row.refresh_from_db()
    assert row.stored == before


def test_a_failed_row_takes_its_file_away_again(clerk, studio, media, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the database went away")

    monkeypatch.setattr(services, "enqueue", fail)
    with pytest.raises(RuntimeError):
        send(clerk, studio, jpeg())
    assert (Evidence.objects.count(), stored_files(media)) == (0, [])


def test_files_that_no_row_names_are_swept_after_a_day(clerk, studio, media):
    row = checked(clerk, studio, jpeg())
    lost = services.store.quarantine(io.BytesIO(jpeg()), services.KINDS["jpeg"])
    old = time.time() - 3 * 24 * 3600
    for path in stored_files(media):
        os.utime(path, (old, old))
    services.sweep()
    assert not store.exists(lost.name)
    assert all(store.exists(name) for name in (row.stored, row.thumb, row.preview))


def test_a_unit_that_has_used_its_room_is_told_how_much(clerk, studio, settings):
    EvidenceFactory(studio=studio, size=5_000)
    settings.UNIT_FILE_QUOTA = 6_000
    answer = send(clerk, studio, jpeg())
    assert answer.status_code == 422
    assert Evidence.objects.count() == 1


def test_proof_hangs_on_an_achievement_of_the_same_studio(clerk, studio, city):
    own = AchievementFactory(studio=studio)
    foreign = AchievementFactory(studio=StudioFactory(union=city.other_unit.union))
    taken = send(clerk, studio, jpeg(), slot="achievement.proof", achievement=own.pk)
    refused = send(clerk, studio, jpeg(), slot="achievement.proof", achievement=foreign.pk)
    assert (taken.status_code, refused.status_code) == (201, 422)
    assert [row.achievement for row in Evidence.objects.all()] == [own]


@pytest.mark.parametrize("slot", ["", "no.such", "venue.photo' OR 1=1"])
def test_an_unknown_slot_is_refused(clerk, studio, slot):
    assert send(clerk, studio, jpeg(), slot=slot).status_code == 422


def test_a_plain_form_takes_several_files_and_says_what_became_of_each(clerk, studio):
    uploads = [SimpleUploadedFile("a.jpg", jpeg()), SimpleUploadedFile("b.txt", b"words")]
    sent = clerk.post(
        reverse("file_upload", args=[studio.pk]), {"slot": "other", "file": uploads}, follow=True
    )
    assert sent.redirect_chain[0][0] == reverse("studio_section", args=[studio.pk, Section.EVIDENCE])
    words = " ".join(str(message) for message in sent.context["messages"])
    assert "a.jpg" in words and "b.txt" in words
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example"]
)
def test_an_upload_never_leads_to_another_site(clerk, studio, back):
    form = {"slot": "other", "file": SimpleUploadedFile("a.jpg", jpeg()), "back": back}
    sent = clerk.post(reverse("file_upload", args=[studio.pk]), form)
    assert sent.headers["Location"] == reverse("studio_section", args=[studio.pk, Section.EVIDENCE])


def test_under_review_nothing_is_added_or_removed(clerk, studio):
    row = EvidenceFactory(studio=studio)
    studio.locked_sections = sorted(Section.values)
    studio.save()
    assert send(clerk, studio, jpeg()).status_code == 422
    clerk.post(reverse("file_remove", args=[row.pk]))
    row.refresh_from_db()
    assert row.removed_at is None


def test_after_a_return_files_go_into_every_slot(clerk, studio):
    studio.locked_sections = sorted(set(Section.values) - {"team", "evidence"})
    studio.save()
    assert send(clerk, studio, jpeg()).status_code == 201


def test_a_removed_file_leaves_the_form_and_stays_readable(clerk, studio):
    row = checked(clerk, studio, jpeg())
    clerk.post(reverse("file_remove", args=[row.pk]))
    page = clerk.get(reverse("studio_section", args=[studio.pk, "studio"])).content.decode()
    assert reverse("file_show", args=[row.pk]) not in page
    shown = clerk.get(reverse("file_show", args=[row.pk]))
    assert shown.status_code == 200
    read(shown)


def test_a_download_is_an_attachment_that_no_browser_runs(clerk, studio):
    row = checked(clerk, studio, jpeg(), name="车间“照片”.jpg")
    shown = clerk.get(reverse("file_show", args=[row.pk]))
    assert shown.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%E8%BD%A6")
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert shown.headers["Content-Type"] == "image/jpeg"
    read(shown)


def test_thumbnails_are_asked_for_anew_and_answered_briefly(clerk, studio):
    row = checked(clerk, studio, jpeg())
    for page in ("file_thumb", "file_preview"):
        shown = clerk.get(reverse(page, args=[row.pk]))
        assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/jpeg")
        assert shown.headers["Cache-Control"] == "private, no-cache"
        again = clerk.get(reverse(page, args=[row.pk]), headers={"If-None-Match": shown.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


FILE_PAGES = ["file_show", "file_thumb", "file_preview", "file_status"]


def test_files_are_for_those_who_may_see_the_studio(client, clerk, people, studio):
    row = checked(clerk, studio, jpeg())
    allowed = ["unit_clerk", "unit_chair", "county_reviewer", "city_approver", "auditor", "superuser"]
    barred = ["other_unit_clerk", "ready_clerk", "other_county_reviewer", "industry_reviewer", "stranger"]
    for who, status in [(name, 200) for name in allowed] + [(name, 404) for name in barred]:
        client.force_login(getattr(people, who))
        for page in FILE_PAGES:
            shown = client.get(reverse(page, args=[row.pk]))
            assert shown.status_code == status, (who, page)
            read(shown)
    client.logout()
    assert client.get(reverse("file_show", args=[row.pk])).status_code == 302


def test_only_people_of_the_unit_upload_and_remove(client, people, studio):
    row = EvidenceFactory(studio=studio)
    for who, status in {"county_reviewer": 403, "superuser": 403, "other_unit_clerk": 404}.items():
        client.force_login(getattr(people, who))
        assert send(client, studio, jpeg()).status_code == status, who
        assert client.post(reverse("file_remove", args=[row.pk])).status_code == status, who


def test_the_same_file_of_another_studio_is_named_to_who_may_see_it_and_counted_for_others(people, city):
    mine, near, far = (StudioFactory(union=u.union) for u in (city.unit, city.ready_unit, city.other_unit))
    rows = [EvidenceFactory(studio=studio, sha256="ab" * 32) for studio in (mine, mine, near, far)]
    EvidenceFactory(studio=far, sha256="cd" * 32)
    assert same_elsewhere(rows[0], people.county_reviewer) == (2, [near])
    assert same_elsewhere(rows[0], people.unit_clerk) == (2, [])
    total, seen = same_elsewhere(rows[0], people.city_reviewer)
    assert (total, set(seen)) == (2, {near, far})


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\扫描\\证书.pdf", "证书.pdf"),
        ("a\u202egpj.exe.jpg", "agpj.exe.jpg"),
        ("\x00", "file"),
        ("长" * 300 + ".jpg", "长" * 116 + ".jpg"),
    ],
)
def test_names_are_cleaned_but_kept(sent, kept):
    assert services.clean_name(sent) == kept


def test_the_page_offers_an_upload_for_each_slot_without_javascript(clerk, studio):
    page = clerk.get(reverse("studio_section", args=[studio.pk, "studio"]))
    assert page.content.decode().count('enctype="multipart/form-data"') == 7
    assert "slot" not in form_of(page)
