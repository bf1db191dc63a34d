"""The private store: generated names, complete files only, and a sweep that keeps what is in use."""

import errno
import io
import os
import time

import pytest

from portal.files import store
from portal.files.kinds import KINDS
from portal.files.refusals import Refused
from tests.files import makers

JPEG = KINDS["jpeg"]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


def files_in(media):
    return sorted(path.relative_to(media).as_posix() for path in media.rglob("*") if path.is_file())


def test_an_upload_lies_in_quarantine_under_a_generated_name(media):
    data = makers.jpeg()
    stored = store.quarantine(io.BytesIO(data), JPEG)
    assert store.NAME.fullmatch(stored.name) and stored.name.startswith("quarantine/")
    assert stored.size == len(data)
    assert store.path_of(stored.name).read_bytes() == data
    assert files_in(media) == [stored.name]


def test_files_and_folders_are_for_the_portal_alone(media):
    stored = store.quarantine(io.BytesIO(b"x"), JPEG)
    path = store.path_of(stored.name)
    assert path.stat().st_mode & 0o777 == 0o600
    assert {folder.stat().st_mode & 0o777 for folder in (media, path.parent, path.parent.parent)} == {0o700}
    with pytest.raises(ValueError, match="no address"):
        store.private_storage().url(stored.name)


def test_what_passed_is_kept_beside_the_quarantined_file(media, tmp_path):
    first = store.quarantine(io.BytesIO(b"%PDF"), KINDS["pdf"])
    kept = store.keep_quarantined(first.name)
    assert kept.sha256 == first.sha256 and kept.name.startswith("kept/") and kept.name.endswith(".pdf")
    assert store.exists(first.name)
    store.delete(first.name)
    store.delete(first.name)
    assert files_in(media) == [kept.name]
    made = tmp_path / "full.jpg"
    made.write_bytes(b"picture")
    with store.open_file(store.keep(made, JPEG).name) as file:
        assert file.read() == b"picture"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/etc/passwd",
        "../../etc/passwd",
        "kept/../../x.jpg",
        "kept/ab/" + "a" * 32 + ".svg",
        "kept/ab/" + "a" * 32 + ".jpg\n",
    ],
)
def test_a_name_that_was_not_made_here_is_refused(name):
    for act in (store.path_of, store.open_file, store.delete, store.exists):
        with pytest.raises(ValueError, match="Not the name"):
            act(name)


def test_a_full_disk_is_said_clearly_and_leaves_nothing_behind(media, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused) as caught:
        store.quarantine(io.BytesIO(b"x" * 1000), JPEG)
    assert caught.value.code == "no_space"
    assert files_in(media) == []


def test_an_upload_that_breaks_off_leaves_nothing_behind(media):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise ConnectionError("gone")

    with pytest.raises(ConnectionError):
        store.quarantine(Broken(), JPEG)
    assert files_in(media) == []


def test_an_endless_source_is_stopped(media):
    class Endless:
        def seek(self, where):
            return where

        def read(self, size):
            return bytes(size)

    with pytest.raises(Refused) as caught:
        store.quarantine(Endless(), JPEG)
    assert caught.value.code == "too_large"
    assert files_in(media) == []


def test_the_sweep_removes_only_old_files_that_nobody_uses(media):
    used, forgotten, fresh = (store.quarantine(io.BytesIO(b"x"), JPEG).name for _ in range(3))
    half = media / "partial" / "0123"
    half.write_bytes(b"half")
    stranger = media / "kept" / "readme.txt"
    stranger.parent.mkdir(exist_ok=True)
    stranger.write_text("not ours")
    long_ago = time.time() - 3 * store.DAY
    for path in (store.path_of(used), store.path_of(forgotten), half, stranger):
        os.utime(path, (long_ago, long_ago))
    assert store.sweep([used]) == [forgotten]
    assert files_in(media) == sorted([used, fresh, "kept/readme.txt"])


def test_rows_without_a_file_are_named():
    there = store.quarantine(io.BytesIO(b"x"), JPEG).name
    gone = there[:11] + "00/" + "0" * 32 + ".jpg"
    assert store.missing([there, gone]) == [gone]
    assert store.free_bytes() > 0
