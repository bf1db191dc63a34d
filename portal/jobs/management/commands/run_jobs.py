"""Run waiting jobs in this process: for developing without Redis and a worker."""

import time

from django.core.management.base import BaseCommand

from portal.jobs import clock, sweeper, worker


class Command(BaseCommand):
    """``manage.py run_jobs`` empties the queue once, ``--follow`` stays until Ctrl-C."""

    help = "Run the waiting background jobs here, without Redis and without a worker."

    def add_arguments(self, parser):
        parser.add_argument("--follow", action="store_true", help="go on until Ctrl-C")

    def handle(self, *args, follow, **options):
        try:
            self._round()
            while follow:
                time.sleep(1)
                self._round()
        except KeyboardInterrupt:
            self.stdout.write("")

    def _round(self):
        sweeper.sweep()
        with clock.tick("daily") as mine:
            if mine:
                clock.ask_for_daily_jobs()
                clock.ask_for_frequent_jobs()
        for job_id, state in worker.run_pending():
            self.stdout.write(f"job {job_id}: {state}")
