"""PORTAL_HOME: its folders, its lock, its key, its short path for sockets."""

import os
import stat
from pathlib import Path

import pytest

from portal.embedded import home
from portal.embedded.account import Account
from portal.embedded.problems import CannotStart

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the servers under another account")


def test_sockets_lie_beside_the_data_while_the_path_is_short():
    assert home.socket_folder(Path("/srv/portal/servers")) == Path("/srv/portal/servers/run")


def test_sockets_move_to_a_short_folder_when_the_path_is_long():
    long = Path("/srv") / ("long-name-" * 9) / "servers"
    folder = home.socket_folder(long)
    assert len(str(folder)) <= home.LONGEST_SOCKET_FOLDER
    assert folder == home.socket_folder(long), "the second run must find the same place"
    assert folder != home.socket_folder(long / "other")


def test_the_length_that_counts_is_that_of_the_bytes():
    chinese = Path("/srv") / ("创" * 30)
    assert len(str(chinese / "run")) <= home.LONGEST_SOCKET_FOLDER
    assert home.socket_folder(chinese) != chinese / "run"


def test_the_secret_key_is_made_once_and_for_the_owner_only(tmp_path):
    key = home.secret_key(tmp_path)
    assert len(key) >= 50
    assert home.secret_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_two_folders_have_two_keys(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert home.secret_key(tmp_path / "a") != home.secret_key(tmp_path / "b")


def test_a_second_run_in_the_same_folder_is_told_where_the_first_one_is(tmp_path):
    with (
        home.take_lock(tmp_path, "http://127.0.0.1:8000, process 4711"),
        pytest.raises(CannotStart) as problem,
    ):
        home.take_lock(tmp_path, "another")
    assert f"already runs in {tmp_path} (http://127.0.0.1:8000, process 4711)" in str(problem.value)
    assert "PORTAL_HOME=" in str(problem.value)


def test_the_folder_is_free_again_when_the_first_run_has_ended(tmp_path):
    home.take_lock(tmp_path, "first").close()
    home.take_lock(tmp_path, "second").close()
    assert (tmp_path / "lock").read_text() == "second"


def test_a_file_in_the_way_is_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(CannotStart, match="can't be used"):
        home.open_home(tmp_path / "file")


def test_the_data_of_the_servers_is_closed_to_others(tmp_path):
    opened = home.open_home(tmp_path / "home")
    for folder in (opened.servers, opened.valkey_data, opened.logs, opened.sockets):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder


def test_a_strangers_folder_in_a_shared_place_is_refused(tmp_path):
    (tmp_path / "theirs").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "theirs")
    with pytest.raises(PermissionError):
        Account().own(tmp_path / "link")


@as_root
def test_below_a_private_folder_the_servers_data_lies_elsewhere(open_folder, monkeypatch):
    monkeypatch.setattr(home, "OUTSIDE", open_folder / "outside")
    (open_folder / "private").mkdir(mode=0o700)
    opened = home.open_home(open_folder / "private" / "home")
    assert opened.servers.is_relative_to(open_folder / "outside")
    assert opened.account.can_reach(opened.servers)
    assert home.open_home(open_folder / "private" / "home").servers == opened.servers


@as_root
def test_data_that_belongs_to_somebody_is_served_as_that_person(open_folder):
    servers = open_folder / "home" / "servers"
    (servers / "postgres").mkdir(parents=True)
    os.chown(servers, 1234, 1234)
    os.chown(servers / "postgres", 1234, 1234)
    assert home.open_home(open_folder / "home").account.uid == 1234
