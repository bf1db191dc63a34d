"""The sign of life of a running job: lease, progress, and whether a person wants it stopped.

The handler's transaction stays open until its end, so nothing written in it can be seen by others. Progress
therefore goes through a second connection: a thread of its own writes it at once and renews the lease every
15 seconds. A job that is quicker than that and reports nothing costs no second connection. The two never wait
for each other: the handler's transaction touches the job's row only in its last statement.
"""

import logging
import threading
from datetime import timedelta

from django.db import connection
from django.db.models.functions import Now

from portal.jobs.errors import Cancelled, LeaseLost
from portal.jobs.models import Job

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
RENEW_SECONDS = 15.0
PAUSE_SECONDS = 0.5  # between two writes, however often progress is reported


class Beat:
    """Base: remembers the latest progress of one run."""

    def __init__(self, job):
        self.job = job
        self.lost = self.unwanted = False
        self._progress = {}

    def report(self, done, total, note):
        done = max(0, int(done))
        total = None if total is None else max(int(total), done)
        self._progress = {"progress_done": done, "progress_total": total, "progress_note": str(note)[:200]}
        self.written()
        if self.unwanted:
            raise Cancelled
        if self.lost:
            raise LeaseLost(f"{self.job} was given to another worker")

    def latest(self):
        """The columns of the latest progress, to be written with "done"."""
        return self._progress

    def renew(self):
        """Write progress and lease; learn whether the job is still ours and still wanted."""
        held = Job.objects.held_by(self.job)
        if held.update(heartbeat_at=Now(), lease_until=Now() + LEASE, **self._progress):
            self.unwanted = held.filter(cancel_asked_at__isnull=False).exists()
        else:
            self.lost = True

    def written(self):
        """Called after each report."""

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        return None


class InlineBeat(Beat):
    """For runs inside somebody's transaction (tests): one connection only, which writes in place."""

    def written(self):
        self.renew()


class ThreadBeat(Beat):
    """For workers: a thread with a connection of its own."""

    def __init__(self, job):
        super().__init__(job)
        self._wake, self._end = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._keep_beating, name=f"beat of {job}", daemon=True)

    def written(self):
        self._wake.set()

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *problem):
        self._end.set()
        self._wake.set()
        self._thread.join()

    def _keep_beating(self):
        try:
            while not self.lost:
                self._wake.wait(RENEW_SECONDS)
                self._wake.clear()
                if self._end.is_set():
                    return
                self._try_to_renew()
                self._end.wait(PAUSE_SECONDS)
        finally:
            connection.close()

    def _try_to_renew(self):
        try:
            self.renew()
        except Exception as problem:  # the database may be back before the lease is over
            log.warning("No sign of life from job %s: %s", self.job, problem)
            connection.close()
