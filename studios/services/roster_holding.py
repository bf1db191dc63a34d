"""What applying and undoing an import share: the locks, the right, and what becomes of a refusal."""

from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from studios.models import RosterImport
from studios.models.organisation import PATH_STEP
from studios.permissions import IMPORT_ROSTER
from studios.rosters.remarks import sentence
from studios.services.people import NotPossible

ADVISORY = 0x726F7374  # the class of our advisory locks; the second number is the union
PATIENCE = "SET LOCAL lock_timeout = '60s'"  # another import is let finish


class Refused(Exception):
    """Nothing is written: ``code`` and ``values`` of the sentence that says why."""

    def __init__(self, code, **values):
        super().__init__(code)
        self.code, self.values = code, values

    def told(self, act):
        """The sentence, ``act`` being ``apply`` or ``undo``."""
        return str(sentence(f"{act}.{self.code}", self.values))


def in_one_act(roster_import, act, *, states, work, way_back, actor, job):
    """What ``work(held, tell)`` returns, done as a whole under the import's lock, or the way back taken.

    ``act`` is ``apply`` or ``undo``; ``states`` are what a person's request and, without a ``job``, the
    command line start from. A refusal takes ``way_back(held, refused)`` and raises NotPossible; with a job
    it returns None instead, so that the job's transaction keeps the way back. What the database may do
    another time (OperationalError) is raised for the job to be tried again. Raises PermissionDenied.
    """
    asked, direct = states
    with transaction.atomic():
        held = hold(roster_import, asked, *([direct] if job is None else []), actor=actor)
        try:
            with all_or_nothing():
                return work(held, teller(job))
        except Refused as problem:
            refused = problem
            way_back(held, refused)
        except OperationalError as problem:
            if job is not None:
                raise
            raise NotPossible(Refused("database", what=str(problem)[:300]).told(act)) from problem
    if job is None:
        raise NotPossible(refused.told(act))
    return None


def hold(roster_import, *states, actor):
    """The import under a lock, in one of ``states``; and no other import at, above or below its union works.

    Raises NotPossible in another state, PermissionDenied when the actor's right is gone.
    """
    with connection.cursor() as cursor:
        cursor.execute(PATIENCE)
    held = (
        RosterImport.objects.select_for_update(of=("self",)).select_related("union").get(pk=roster_import.pk)
    )
    if held.state not in states:
        raise NotPossible(
            _("This import is “%(state)s” already; nothing was done.") % {"state": held.get_state_display()}
        )
    if not actor.has_perm(IMPORT_ROSTER, held.union):
        raise PermissionDenied
    _keep_others_out(held.union)
    return held


def _keep_others_out(union):
    """Until the transaction ends: shared locks on the unions above, from the top, an exclusive one here."""
    steps = [union.path[at : at + PATH_STEP] for at in range(0, len(union.path), PATH_STEP)]
    *above, here = [int(step, 36) for step in steps]
    with connection.cursor() as cursor:
        for pk in above:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [ADVISORY, pk])
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ADVISORY, here])


@contextmanager
def all_or_nothing():
    """Everything inside is written, or nothing and Refused says why; what the database refuses, too."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS naming_keeps_the_ladder DEFERRED")  # rungs move one by one
            yield
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what is wrong shows here, not later
    except (IntegrityError, DataError) as problem:
        told = getattr(problem.__cause__, "diag", None)
        what = (told and (told.message_detail or told.message_primary)) or ""
        raise Refused("database", what=what[:300]) from problem


def teller(job):
    """``tell(done, total)`` for the job's page; without a job nobody is told."""
    return job.progress if job is not None else lambda done, total=None, note="": None
