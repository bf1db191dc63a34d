"""What Celery calls: one task for every job, the ticks of the clock, and the daily clean-up."""

from datetime import time, timedelta

from django.db.models.functions import Now

from portal.jobs import clock, relay, sweeper, worker
from portal.jobs.broker import app
from portal.jobs.choices import JobState
from portal.jobs.models import Job
from portal.jobs.registry import daily, handler

KEPT = timedelta(days=30)


@app.task(name=relay.RUN_TASK)
def run_job(job):
    """The message is {"job": id}."""
    worker.run(job)


@app.task(name="jobs.relay")
def relay_tick():
    """Publish what no request could publish."""
    with clock.tick("relay") as mine:
        job_ids = relay.claim_due() if mine else []
    relay.publish(job_ids)


@app.task(name="jobs.sweeper")
def sweeper_tick():
    """Return what dead workers held, and have it taken up at once."""
    with clock.tick("sweeper") as mine:
        freed = sweeper.sweep() if mine else 0
    if freed:
        relay.publish_due()


@app.task(name="jobs.daily")
def daily_tick():
    """Ask for the jobs of the day, and for those that are needed just now."""
    with clock.tick("daily") as mine:
        if mine:
            clock.ask_for_daily_jobs()
            clock.ask_for_frequent_jobs()


@handler("jobs.cleanup")
def clean_up(job, payload):
    """Forget jobs that were done or cancelled a month ago; failed ones stay until a person has seen them."""
    old = Job.objects.filter(finished_at__lt=Now() - KEPT)
    old.filter(state__in=[JobState.DONE, JobState.CANCELLED]).delete()


daily("jobs.cleanup", at=time(3, 10))
