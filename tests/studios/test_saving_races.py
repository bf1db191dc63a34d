"""Two people saving the same part, and saving while the dossier is being frozen, on real connections."""

import threading

import pytest
from django.db import connection, transaction

from portal.accounts.models import User
from studios.choices import Section
from studios.models import Studio
from studios.services.sections import Closed, Sent, Stale, save
from tests import cast
from tests.factories.studios import StudioFactory


@pytest.fixture
def place(transactional_db):
    """A studio of a unit with its clerk and chair, committed."""
    with transaction.atomic():
        cast.load_reference(actor=User.objects.system())
        place = cast.build_city()
        people = cast.build_people(place)
        return StudioFactory(union=place.unit.union), people


def in_threads(*acts):
    """What each act came to: its value or the exception; one connection each, begun together."""
    outcomes, barrier = [None] * len(acts), threading.Barrier(len(acts))

    def run(number, act):
        try:
            barrier.wait(timeout=10)
            outcomes[number] = act()
        except Exception as problem:
            outcomes[number] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def write(studio, actor, words):
    return lambda: save(studio, Section.STUDIO, Sent({"specialty": words}), actor=actor, version=0)


def test_of_two_who_save_at_once_one_wins_and_the_other_is_told(place):
    studio, people = place
    outcomes = in_threads(write(studio, people.unit_clerk, "甲"), write(studio, people.unit_chair, "乙"))
    lost = [outcome for outcome in outcomes if isinstance(outcome, Stale)]
    won = [outcome for outcome in outcomes if not isinstance(outcome, Exception)]
    assert (len(won), len(lost)) == (1, 1), outcomes
    studio.refresh_from_db()
    assert studio.specialty == ("甲" if outcomes[0] is won[0] else "乙")
    assert lost[0].part.version == won[0].version == 1


def test_nothing_is_saved_after_the_sections_were_closed_meanwhile(place):
    studio, people = place
    outcome = []
    with transaction.atomic():
        Studio.objects.select_for_update().get(pk=studio.pk)
        saving = threading.Thread(
            target=lambda: outcome.extend(in_threads(write(studio, people.unit_clerk, "太晚了")))
        )
        saving.start()
        saving.join(timeout=0.5)  # it waits for the submission, which closes the sections
        Studio.objects.filter(pk=studio.pk).update(locked_sections=sorted(Section.values))
    saving.join(timeout=30)
    assert isinstance(outcome[0], Closed)
    studio.refresh_from_db()
    assert studio.specialty == ""
