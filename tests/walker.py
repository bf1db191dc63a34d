"""A person walking through the matrix: each visit with what came back, what was written, what was asked."""

from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import matrix

BACKEND = "django.contrib.auth.backends.ModelBackend"
TOKEN = "t" * 32  # what the browser sends back as cookie and as field


@dataclass(frozen=True)
class Visit:
    """One request of one person and what came back.

    ``writes`` maps tables to the rows touched, undone ones included; ``text`` is "" for a file.
    """

    method: str
    row: str
    path: str
    status: int
    headers: dict
    text: str
    writes: dict
    queries: int

    @property
    def is_page(self):
        """Whether it is HTML that a person reads, not a fragment for a script."""
        return self.headers.get("Content-Type", "").startswith("text/html") and "<html" in self.text


class Walk(list):
    """The visits of one person, and the names of the things in the own and in the other county then."""

    def __init__(self, visits, own, other):
        super().__init__(visits)
        self.own, self.other = own, other

    def pages(self):
        """What was looked at and shown."""
        return [visit for visit in self if visit.method == "GET"]


class Walker:
    """A person with a browser of their own, walking through the table."""

    def __init__(self, who, world):
        self.world, self.token = world, TOKEN
        self.client = Client(enforce_csrf_checks=True, headers={"accept-language": "zh-hans"})
        if who != "nobody":
            self.client.force_login(getattr(world.people, who), backend=BACKEND)
        self.client.cookies["csrftoken"] = TOKEN
        self.cookies = self.client.cookies.output(header="", sep=";")

    def walk(self, rows, side=None):
        """A ``Visit`` for each address of ``rows``, (method, row) pairs; what an act changed is undone."""
        side = side or self.world.own
        for method, row in rows:
            for path in matrix.addresses(row, side):
                yield self.visit(method, row, path, side)

    def visit(self, method, row, path, side):
        """One request, as a browser would send it."""
        data = {}
        if method == "POST":
            data = {"csrfmiddlewaretoken": self.token, **matrix.form_of(row, side)}
        self.client.cookies = SimpleCookie(self.cookies)  # signing out ends with the visit
        before = rows_touched()
        with undone(), CaptureQueriesContext(connection) as asked:
            response = getattr(self.client, method.lower())(path, data)
            body = b"".join(response)  # to its end, which closes a file
        kind = response.get("Content-Type", "")
        return Visit(
            method,
            row,
            path,
            status=response.status_code,
            headers=dict(response.items()),
            text=body.decode() if kind.startswith(("text/", "application/json")) else "",
            writes=changes(before, rows_touched()),
            queries=queries_of(asked),
        )


@contextmanager
def undone():
    """Takes back what is written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows_touched():
    """``{table: rows inserted, changed or deleted}`` in this transaction so far, undone ones included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return dict(cursor.fetchall())


def changes(before, after):
    return {
        table: count - before.get(table, 0) for table, count in after.items() if count != before.get(table, 0)
    }


def queries_of(asked):
    """How many questions a page asked; the marks of transactions are none."""
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")) for query in asked)
