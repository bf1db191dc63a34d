"""The statistics of a period as a file: asked for, made in the background, kept like a roster."""

from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.audit.services import record
from portal.files.inspect import scratch_folder
from portal.files.kinds import XLSX
from portal.jobs.errors import GiveUp
from portal.jobs.services import enqueue
from studios.choices import ExportKind, ExportState
from studios.models import RosterExport
from studios.permissions import EXPORT_ROSTER
from studios.queries.statistics import Period
from studios.services import statistics_workbook
from studios.services.roster_exports import RIGHT_ENDED, deliver

MAKE_STATISTICS = "studios.make_statistics"
WAITING = RosterExport.objects.filter(kind=ExportKind.STATISTICS, state=ExportState.WAITING)


@transaction.atomic
def ask(union, *, period, actor):
    """Ask for the statistics of ``union`` over ``period``; returns the RosterExport.

    Raises PermissionDenied without the right to export at ``union`` or above.
    """
    if not actor.has_perm(EXPORT_ROSTER, union):
        raise PermissionDenied
    export = RosterExport.objects.create(
        kind=ExportKind.STATISTICS, union=union, since=period.first, as_of=period.last, created_by=actor
    )
    export.job = enqueue(MAKE_STATISTICS, {"export": export.pk}, actor=actor)
    export.save(update_fields=["job"])
    record("roster.ask", export, actor=actor, since=period.first, as_of=period.last)
    return export


def produce(job, export_id):
    """Make the workbook of an export that waits. Harmless to run again; GiveUp when the right has ended."""
    export = WAITING.select_related("union", "created_by").filter(pk=export_id).first()
    if export is None:
        return
    if not export.created_by.has_perm(EXPORT_ROSTER, export.union):
        raise GiveUp(RIGHT_ENDED)
    with scratch_folder() as folder:
        path = Path(folder, f"statistics{XLSX.suffix}")
        period = Period(export.since, export.as_of)
        written = statistics_workbook.write(
            str(path), user=export.created_by, union=export.union, period=period
        )
        deliver(export, path, written, since=export.since, as_of=export.as_of)
