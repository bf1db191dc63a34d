"""Taking a previewed roster over into the register: all its good rows in one act, or nothing."""

from collections import Counter, defaultdict

from django.utils import timezone

from portal.audit.services import record
from portal.jobs.services import enqueue
from studios.choices import ImportState, Verdict
from studios.models import RosterImport, Studio
from studios.services import roster_changing, roster_founding, roster_matching, roster_titles
from studios.services.roster_facts import Unfit
from studios.services.roster_holding import Refused, in_one_act
from studios.services.roster_journal import bulk_record, bump_sections, refresh_top_tiers

TAKEN = (Verdict.NEW, Verdict.CHANGED)
COMPARED = (*TAKEN, Verdict.SAME)
PREVIEW = "rosters.preview"  # the kind of the job that makes a preview


def apply(roster_import, *, actor, job=None):
    """Take the rows that are new or changed over; returns {verdict: rows} as counted now.

    Asked for by a person the import is APPLYING and ``job`` does it; the command line applies a PREVIEW.
    When the register moved on since the preview, or something cannot be stored, nothing is written: the
    import is a PREVIEW again with its ``problem``, and is matched anew. That raises NotPossible, but with a
    ``job`` it returns None, so that the job's transaction keeps the way back. Raises PermissionDenied.
    """
    return in_one_act(
        roster_import,
        "apply",
        states=(ImportState.APPLYING, ImportState.PREVIEW),
        work=lambda held, tell: _take_over(held, actor, tell),
        way_back=lambda held, refused: put_back(held, refused.code, actor=actor, **refused.values),
        actor=actor,
        job=job,
    )


def put_back(roster_import, code, *, actor=None, **values):
    """An import that could not be applied is a preview again, with the reason, and is matched anew.

    In the caller's transaction; also for a job that gave up or was cancelled.
    """
    RosterImport.objects.filter(pk=roster_import.pk).update(
        state=ImportState.PREVIEW,
        problem={"code": f"apply.{code}", "values": values},
        job=enqueue(PREVIEW, {"import": roster_import.pk}, actor=actor),
    )


def _take_over(held, actor, tell):
    rows = list(held.rows.order_by("pk"))
    today = timezone.localdate()
    tell(0, len(rows))
    pairs = _still_right(held, rows, today)
    tell(len(rows) // 4, len(rows))
    work = roster_founding.Work(held, actor, today, pairs)
    try:
        roster_founding.found(work)
        tell(len(rows) // 2, len(rows))
        roster_changing.change(work)
        work.journal.write_changes()  # new titles rest on the days as they are now
        roster_titles.add_titles(work)
    except Unfit as problem:
        raise Refused(problem.code, **problem.values) from problem
    except roster_changing.Moved as problem:
        raise Refused("register_changed") from problem
    tell(3 * len(rows) // 4, len(rows))
    counts = dict(Counter(row.verdict for row in rows))
    _finish(work, counts)
    tell(len(rows), len(rows))
    return counts


def _still_right(held, rows, today):
    """The (row, Match) to take over. Raises Refused when any verdict or change is another than previewed."""
    matches, _questions = roster_matching.match(rows, union=held.union, on=today, answers=held.answers)
    for row, match in zip(rows, matches, strict=True):
        if row.verdict in COMPARED and (
            match.verdict != row.verdict or not _alike(match.changes, row.changes)
        ):
            raise Refused("register_changed")
    return [(row, match) for row, match in zip(rows, matches, strict=True) if row.verdict in TAKEN]


def _alike(changes, stored):
    """Whether changes just found are those stored as JSON."""
    return {key: list(pair) for key, pair in changes.items()} == stored


def _finish(work, counts):
    """Versions of open forms, the highest title, the rows' own record, the audit record, the state."""
    journal = work.journal
    studio_ids = set(journal.studios.values())
    bump_sections({part for part in journal.sections if part[0] not in work.founded}, actor=work.actor)
    refresh_top_tiers(studio_ids)
    journal.write_rows([row for row, _match in work.pairs])
    work.roster.state = ImportState.APPLIED
    work.roster.problem, work.roster.counts = None, counts
    work.roster.applied_by, work.roster.applied_at = work.actor, timezone.now()
    work.roster.save(update_fields=["state", "problem", "counts", "applied_by", "applied_at"])
    record("roster.import", work.roster, actor=work.actor, counts=counts, studios=len(studio_ids))
    bulk_record("roster.take", _takings(work, studio_ids), actor=work.actor)


def _takings(work, studio_ids):
    """[(Studio, what its entry says)], one for each studio touched."""
    details = defaultdict(lambda: {"import": work.roster.pk, "rows": [], "namings": [], "changed": []})
    for row, match in work.pairs:
        detail = details[work.journal.studios[row.pk]]
        detail["rows"].append(f"{row.sheet} {row.row}")
        if match.naming_id is None and (naming := work.journal.namings.get(row.pk)):
            detail["namings"].append(naming)
        detail["changed"] += sorted(match.changes)
    studios = Studio.objects.only("short_name").in_bulk(studio_ids)
    return [(studios[pk], details[pk]) for pk in sorted(studio_ids)]
