"""What a start prepares: only what changed, and a failure is not passed over."""

import pytest
from django.core.management import CommandError
from django.db import connection

from portal.embedded import prepare


@pytest.fixture
def step(tmp_path):
    """A step that makes ``product`` and counts how often it ran."""
    product = tmp_path / "product"

    def run():
        run.times += 1
        product.write_text("made")

    run.times, run.product = 0, product
    return run


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "source"
    path.write_text("one")
    return path


def test_a_step_runs_once_for_the_same_files(step, source):
    for _ in range(3):
        prepare.once_per_content(step.product, [source], step)
    assert step.times == 1


def test_a_step_runs_again_when_a_file_changed_or_was_added(step, source):
    prepare.once_per_content(step.product, [source], step)
    source.write_text("another")
    prepare.once_per_content(step.product, [source], step)
    added = source.with_name("added")
    added.touch()
    prepare.once_per_content(step.product, [source, added], step)
    assert step.times == 3


def test_a_step_runs_again_when_its_product_is_gone(step, source):
    prepare.once_per_content(step.product, [source], step)
    step.product.unlink()
    prepare.once_per_content(step.product, [source], step)
    assert step.times == 2


def test_a_step_that_failed_runs_again(step, source):
    def fail():
        step.product.touch()
        raise OSError("no space left")

    with pytest.raises(OSError):
        prepare.once_per_content(step.product, [source], fail)
    prepare.once_per_content(step.product, [source], step)
    assert step.times == 1


def test_what_ran_beside_is_waited_for(tmp_path):
    prepare.wait_for(prepare.beside((tmp_path / "done").touch))
    assert (tmp_path / "done").exists()


def test_a_failure_beside_is_one_of_the_start(capfd):
    def fail():
        raise OSError("no space left")

    with pytest.raises(CommandError, match="reason is above"):
        prepare.wait_for(prepare.beside(fail))
    assert "no space left" in capfd.readouterr().err


@pytest.mark.django_db
def test_each_database_has_an_identity_of_its_own():
    ours = prepare.database_identity()
    assert ours == prepare.database_identity()
    with connection.cursor() as cursor:
        cursor.execute("SELECT oid FROM pg_database WHERE datname = 'postgres'")
        assert ours.split("/")[1] != str(cursor.fetchone()[0])
