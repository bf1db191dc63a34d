"""The processes of a run: looked after, ended with their group, or by the next run."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from portal.embedded import processes
from portal.embedded.children import Child, Register
from portal.embedded.problems import CannotStart

SLEEP = "import time; time.sleep(60)"
DEAF = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
WITH_CHILD = (
    "import subprocess, sys, time; command = [sys.executable, '-c', 'import time; time.sleep(60)'];"
    "print(subprocess.Popen(command).pid, flush=True); time.sleep(60)"
)


@pytest.fixture
def child(tmp_path):
    """Makes children that are gone after the test."""
    made = []

    def make(code, **how):
        how.setdefault("grace", 0.3)
        made.append(Child("sample", [sys.executable, "-c", code], env={}, log=tmp_path / "sample.log", **how))
        made[-1].start()
        return made[-1]

    yield make
    for one in made:
        one.kill()
        one.process.wait()


def wait_for(condition, seconds=10):
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)
    return found


def test_a_child_stops_when_asked(child):
    sample = child(SLEEP)
    assert sample.stop() is True
    assert sample.process.returncode == -signal.SIGTERM


def test_a_child_that_does_not_listen_is_killed_after_its_grace(child):
    sample = child(DEAF)
    wait_for(lambda: "deaf" in sample.last_words())
    assert sample.stop() is False
    assert sample.process.returncode == -signal.SIGKILL


def test_what_a_child_started_ends_with_it(child):
    sample = child(WITH_CHILD)
    grandchild = int(wait_for(lambda: sample.last_words().strip()))
    sample.stop()
    wait_for(lambda: not processes.is_alive(grandchild))


def test_a_child_that_ended_comes_back_and_says_so(child):
    sample = child(SLEEP)
    first = sample.pid
    os.kill(first, signal.SIGKILL)
    assert "sample ended (code -9)" in wait_for(sample.revive)
    assert "started again" in wait_for(sample.revive)
    assert sample.pid != first


def test_a_child_that_keeps_failing_comes_back_later_each_time(child):
    sample = child("")
    pauses = []
    for _ in range(3):
        wait_for(sample.revive)
        pauses.append(sample.start_after - time.monotonic())
        wait_for(sample.revive)
    assert pauses[0] < pauses[1] < pauses[2]


def test_a_child_that_ends_while_the_run_starts_shows_the_end_of_its_log(child):
    sample = child("import sys; sys.exit('no room on the disk')")
    sample.process.wait()
    with pytest.raises(CannotStart, match="no room on the disk"):
        sample.demand_alive()


def test_a_program_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(CannotStart, match="ghost could not be started"):
        Child("ghost", [tmp_path / "ghost"], env={}).start()


def test_a_full_log_is_put_aside(child, tmp_path, monkeypatch):
    monkeypatch.setattr("portal.embedded.children.LOG_LIMIT", 10)
    (tmp_path / "sample.log").write_text("old " * 10)
    sample = child("print('new')")
    sample.process.wait()
    assert sample.last_words() == "new\n"
    assert (tmp_path / "sample.log.1").read_text().startswith("old")


def test_children_die_with_a_parent_that_is_killed(tmp_path):
    supervisor = (
        "import sys, time; from portal.embedded.children import Child;"
        f"child = Child('sample', [sys.executable, '-c', {SLEEP!r}], env={{}}); child.start();"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", supervisor], stdout=subprocess.PIPE, text=True)
    with parent:
        orphan = int(parent.stdout.readline())
        parent.kill()
    wait_for(lambda: not processes.is_alive(orphan))


def test_the_next_run_ends_what_a_killed_one_left(child, tmp_path):
    sample = child(SLEEP)
    register = Register(tmp_path / "children.json")
    register.write([sample])
    assert register.end_leftovers() is True
    wait_for(lambda: sample.has_ended)
    assert register.end_leftovers() is False, "a run that ended in order leaves nothing"


def test_a_process_that_only_inherited_the_number_is_spared(child, tmp_path):
    sample = child(SLEEP)
    register = Register(tmp_path / "children.json")
    register.path.write_text(json.dumps([["sample", sample.pid, processes.started_at(sample.pid) - 1]]))
    register.end_leftovers()
    assert not sample.has_ended
