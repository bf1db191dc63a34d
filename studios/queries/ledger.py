"""What the pages of the ledger read beside the year itself."""

from django.db.models import Q

from studios.choices import MentorshipOutcome
from studios.models import Achievement, Evidence, Mentorship, Person, Studio
from studios.permissions import CHANGE_STUDIO
from studios.validators import folded


def team_names(studio):
    """The names of leader and members in office: suggestions for those who type."""
    persons = Person.objects.filter(_in_office(studio)).order_by("name", "pk")
    return list(dict.fromkeys(persons.values_list("name", flat=True)))


def person_of_team(studio, name):
    """The one person of this name in the present team, or None: two of a name are not told apart."""
    found = list(Person.objects.filter(_in_office(studio), name=folded(name)).distinct()[:2])
    return found[0] if len(found) == 1 else None


def _in_office(studio):
    leaders = studio.leaders.on().values("person")
    members = studio.members.on().values("person")
    return Q(pk__in=leaders) | Q(pk__in=members)


def other_apprentices(studio, master_name, but=None):
    """How many running mentorships a master of the unit has beside one."""
    running = Mentorship.objects.kept().filter(
        union=studio.union_id, master_name=master_name, outcome=MentorshipOutcome.RUNNING
    )
    return running.exclude(pk=but).count()


def files_of_entry(studio, kind, entry):
    """The files of an entry; of a kind whose files hang on the studio all of its slot."""
    files = Evidence.objects.filter(studio=studio, slot=kind.slot).on_form()
    return list((files.filter(**{kind.owner: entry}) if kind.owner else files).order_by("pk"))


def result_titles(studio):
    """(id, title) of the results, newest first, for a choice."""
    results = Achievement.objects.filter(studio=studio, removed_at=None).order_by("-completed_on", "-pk")
    return list(results.values_list("pk", "title")[:300])


def own_studios(user):
    """The studios whose ledger a person keeps, by name."""
    return list(
        Studio.objects.within(user, CHANGE_STUDIO)
        .select_related("union__unit")
        .order_by("short_name", "pk")[:200]
    )
