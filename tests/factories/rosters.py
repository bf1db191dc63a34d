"""Imports with their rows, and exports. There is no file behind ``stored``."""

import hashlib

import factory
from django.utils import timezone

from studios.models import RosterExport, RosterImport, RosterRow
from tests.factories.accounts import UserFactory
from tests.factories.studios import UnionFactory

KEPT_FOR = timezone.timedelta(days=7)


class RosterImportFactory(factory.django.DjangoModelFactory):
    """A workbook that has been read, without rows; say ``counts`` where rows come with it."""

    class Meta:
        model = RosterImport

    union = factory.SubFactory(UnionFactory)
    name = factory.Sequence(lambda n: f"名册{n}.xlsx")
    sha256 = factory.Sequence(lambda n: hashlib.sha256(b"roster %d" % n).hexdigest())
    size = 48_000
    stored = factory.LazyAttribute(lambda row: f"kept/{row.sha256[:2]}/{row.sha256[:32]}.xlsx")
    state = "preview"
    previewed_at = factory.LazyFunction(timezone.now)
    created_by = factory.SubFactory(UserFactory)


class RosterRowFactory(factory.django.DjangoModelFactory):
    """A row about a new studio with a county title."""

    class Meta:
        model = RosterRow

    roster = factory.SubFactory(RosterImportFactory)
    sheet = "Sheet1"
    row = factory.Sequence(lambda n: n + 3)
    verdict = "new"
    values = factory.Sequence(
        lambda n: {
            "studio_name": f"名册第{n}创新工作室",
            "unit_name": f"通辽名册第{n}机械有限公司",
            "level": "county",
            "named_on": "2021-05",
            "document_number": f"科工发〔2021〕{n + 1}号",
        }
    )


class RosterExportFactory(factory.django.DjangoModelFactory):
    """A roster that is being made."""

    class Meta:
        model = RosterExport

    union = factory.SubFactory(UnionFactory)
    as_of = factory.LazyFunction(timezone.localdate)
    created_by = factory.SubFactory(UserFactory)

    class Params:
        ready = factory.Trait(
            state="ready",
            stored=factory.Sequence(lambda n: f"kept/{n % 256:02x}/{n:032x}.xlsx"),
            content_hash=factory.Sequence(lambda n: hashlib.sha256(b"export %d" % n).hexdigest()),
            size=52_000,
            count=120,
            expires_at=factory.LazyFunction(lambda: timezone.now() + KEPT_FOR),
        )
