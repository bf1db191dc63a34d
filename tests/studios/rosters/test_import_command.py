"""A roster from the command line: the same verdicts, and nothing written without --apply."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from studios.models import RosterImport, Studio
from tests.factories.studios import AppointmentFactory, UnitFactory
from tests.studios.rosters.previewed import differences, register
from tests.studios.rosters.sheets import GOOD, NEXT, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """An empty store of its own."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture
def clerk(people):
    return people.roster_admin


@pytest.fixture
def write(tmp_path):
    """Writes a roster of these rows; returns its path."""

    def make(*rows, name="名册.xlsx", **more):
        path = tmp_path / name
        path.write_bytes(workbook(*rows, **more))
        return path

    return make


def bring(path, user, *options):
    """What the command prints."""
    said = io.StringIO()
    call_command("import_roster", str(path), "--user", user.username, *map(str, options), stdout=said)
    return said.getvalue()


def files(media):
    return [path for path in media.rglob("*") if path.is_file()]


def test_without_apply_nothing_is_written(city, clerk, write, tmp_path, media):
    before = register()
    told = tmp_path / "told.json"
    said = bring(write(GOOD, NEXT, total=3), clerk, "--report", told)
    assert not differences(before, register())
    assert not RosterImport.objects.exists()
    assert not files(media)
    assert "new 2" in said
    assert "states 3, found are 2" in said
    assert str(told) in said
    report = json.loads(told.read_text(encoding="utf-8"))
    assert list(report) == ["file", "sha256", "verdicts", "control_totals", "rows"]
    assert report["file"] == "名册.xlsx"
    assert report["verdicts"] == {"new": 2, "changed": 0, "same": 0, "question": 0, "error": 0, "skipped": 3}
    (total,) = report["control_totals"]
    assert set(total) == {"sheet", "row", "label", "stated", "found"}
    row = next(row for row in report["rows"] if row["row"] == 3)
    assert row["values"]["studio_name"] == GOOD[1]


def test_applied_the_good_rows_are_in_and_the_others_named(city, clerk, write):
    UnitFactory(parent=city.county, name="通辽市旭日机械有限公司")
    path = write(
        GOOD,
        (*NEXT[:2], "旭日机械厂", *NEXT[3:]),
        (*NEXT[:1], "李某创新工作室", "通辽北方厂", "国家级", "2020", "", "李某", 9),
    )
    said = bring(path, clerk, "--apply")
    assert Studio.objects.filter(short_name=GOOD[1]).exists()
    assert not Studio.objects.filter(short_name__in=[NEXT[1], "李某创新工作室"]).exists()
    assert "名册 row 4 (question)" in said
    assert "名册 row 5 (error)" in said
    assert RosterImport.objects.get().state == "applied"
    again = bring(path, clerk)
    assert "same 1" in again
    assert "new 0" in again


def test_answers_settle_questions(city, clerk, write, tmp_path):
    unit = UnitFactory(parent=city.county, name="通辽市旭日机械有限公司")
    path = write((*NEXT[:2], "旭日机械厂", *NEXT[3:]))
    assert "question 1" in bring(path, clerk)
    answers = tmp_path / "answers.json"
    key = "unit:150502:旭日机械厂"
    answers.write_text(json.dumps({key: f"unit:{unit.pk}"}), encoding="utf-8")
    bring(path, clerk, "--answers", answers, "--apply")
    assert Studio.objects.get(short_name=NEXT[1]).union == unit.union


def test_what_goes_wrong_while_applying_leaves_nothing(city, clerk, write, media, monkeypatch):
    from studios.services import roster_applying
    from studios.services.people import NotPossible

    def refuse(*args, **kwargs):
        raise NotPossible("The register has changed.")

    monkeypatch.setattr(roster_applying, "apply", refuse)
    with pytest.raises(CommandError, match="has changed"):
        bring(write(GOOD), clerk, "--apply")
    assert not RosterImport.objects.exists()
    assert not files(media)


def test_a_refused_file_gives_its_sentence_and_a_report(city, clerk, tmp_path):
    path, told = tmp_path / "名册.xlsx", tmp_path / "told.json"
    path.write_bytes(b"%PDF-1.7 something")
    with pytest.raises(CommandError, match="PDF"):
        bring(path, clerk, "--report", told, "--apply")
    report = json.loads(told.read_text(encoding="utf-8"))
    assert "PDF" in report["refused"]
    assert (report["verdicts"], report["rows"]) == ({}, [])
    assert not RosterImport.objects.exists()


def test_nothing_new_is_not_kept(city, clerk, write, media):
    path = write(GOOD)
    bring(path, clerk, "--apply")
    kept = files(media)
    assert "nothing was taken over" in bring(path, clerk, "--apply")
    assert RosterImport.objects.count() == 1
    assert files(media) == kept


def test_it_imports_for_the_union_of_the_person(city, people, clerk, write):
    path = write(GOOD)
    with pytest.raises(CommandError, match="may not import rosters anywhere"):
        bring(path, people.unit_clerk)
    county_clerk = people.stranger
    AppointmentFactory(user=county_clerk, union=city.other_county, role="roster_admin")
    assert "error 1" in bring(path, county_clerk)  # the rows are of the neighbour
    with pytest.raises(CommandError, match="may not import rosters for"):
        bring(path, county_clerk, "--union", city.county.code)
    AppointmentFactory(user=county_clerk, union=city.county, role="roster_admin")
    with pytest.raises(CommandError, match="name one with --union"):
        bring(path, county_clerk)
    assert "new 1" in bring(path, county_clerk, "--union", city.county.code)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--union", "999999"], "no union with the code"),
        (["--answers", "/nowhere/answers.json"], "cannot be read"),
        (["--report", "/nowhere/told.json"], "cannot be written"),
    ],
)
def test_what_it_cannot_do_it_says(city, clerk, write, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        bring(write(GOOD), clerk, *options)


def test_it_names_unknown_people_and_files(city, clerk, tmp_path):
    with pytest.raises(CommandError, match="no active user"):
        call_command("import_roster", str(tmp_path / "a.xlsx"), "--user", "nobody")
    with pytest.raises(CommandError, match="cannot be read"):
        bring(tmp_path / "a.xlsx", clerk)
