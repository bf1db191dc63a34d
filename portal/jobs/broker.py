"""The Celery application. All that matters is in PostgreSQL; Redis may be empty or gone at any time."""

from celery import Celery
from django.conf import settings

HOUR = 3600

app = Celery("portal")
app.conf.update(
    broker_url=settings.REDIS_URL.replace("unix://", "redis+socket://", 1),
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": HOUR},  # longer than any job may run, see below
    task_default_queue="portal",
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,  # there is no result backend: the state is in the job's row
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_enable_remote_control=False,
    worker_hijack_root_logger=False,
    task_soft_time_limit=HOUR // 2,
    task_time_limit=HOUR // 2 + 60,
    timezone=settings.TIME_ZONE,
)
