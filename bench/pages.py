"""Pages beside a bare view and beside the admin's list of the same rows.

Costs are processor seconds of this process and of its PostgreSQL backend together: they hold still
on a busy machine, and their ratios hold still between machines.
"""

import os
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.models import User
from reviews.choices import State
from reviews.models import Application

ROUNDS = 15
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Cost:
    """One page: processor milliseconds (ours, PostgreSQL's), queries, kilobytes."""

    label: str
    python_ms: float
    postgres_ms: float
    queries: int
    kilobytes: float

    @property
    def total_ms(self):
        """Both processes together."""
        return self.python_ms + self.postgres_ms


def backend_seconds(pid):
    """Processor seconds that a PostgreSQL backend on this machine has used; 0 where it is elsewhere."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK


def cost_of(label, client, url):
    """Median cost of a page over ``ROUNDS`` requests, after two to warm up."""
    for _ in range(2):
        response = client.get(url)
        if response.status_code != 200:
            raise RuntimeError(f"{url} answered {response.status_code}")
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    queries = len(captured)  # before the next request empties the log
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    ours = []
    postgres = backend_seconds(pid)
    for _ in range(ROUNDS):
        before = time.process_time()
        response = client.get(url)
        ours.append(time.process_time() - before)
    postgres = (backend_seconds(pid) - postgres) / ROUNDS
    return Cost(label, statistics.median(ours) * 1000, postgres * 1000, queries, len(response.content) / 1024)


def signed_in(username):
    """A client of one of the demonstration's people."""
    client = Client()
    client.force_login(
        User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def measure():
    """The costs of the bare view, the queue, the review page and the admin's list, in one run."""
    reviewer = signed_in("county-reviewer")
    superuser = User.objects.create_superuser("bench-superuser", name="Bench", password="unused-Bench-1")
    admin = Client()
    admin.force_login(superuser, backend="django.contrib.auth.backends.ModelBackend")
    seen = Application.objects.visible_to(User.objects.get(username="county-reviewer"))
    application = seen.filter(state=State.IN_REVIEW, tier=2, dossiers__isnull=False).first()
    rows = seen.count()
    return [
        cost_of("bare view", reviewer, reverse("bench_bare")),
        cost_of("bare view, user read", reviewer, reverse("bench_user")),
        cost_of(f"work queue ({rows} applications below)", reviewer, reverse("queue")),
        cost_of("review page", reviewer, reverse("application_detail", args=[application.pk])),
        cost_of(
            f"admin changelist ({Application.objects.count()} applications)",
            admin,
            reverse("admin:reviews_application_changelist"),
        ),
    ]


def table(costs):
    """The costs as a Markdown table with ratios to the bare view and to the admin's list."""
    bare, admin = costs[0].total_ms, costs[-1].total_ms
    lines = [
        "| page | CPU ms (ours + PostgreSQL) | × bare view | × admin list | queries | KB |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {cost.label} | {cost.python_ms:.1f} + {cost.postgres_ms:.1f} | {cost.total_ms / bare:.1f}"
        f" | {cost.total_ms / admin:.2f} | {cost.queries} | {cost.kilobytes:.0f} |"
        for cost in costs
    ]
    return "\n".join(lines)
