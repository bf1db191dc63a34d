"""Texts and people for the tests of messages and mail."""

import re

import pytest
from django.utils.translation import gettext_lazy as _

from portal.accounts.services import invitation_link, invitation_of
from portal.messages import registry
from tests.factories.accounts import UserFactory


@pytest.fixture(autouse=True)
def said():
    """A registered template; "Time", "Message" and "Open" are translated strings of the portal."""
    before = dict(registry.TEMPLATES)
    registry.template("test.named", title=_("Message"), body="%(recipient)s: %(studio)s, %(on)s")
    registry.template("test.plain", title="%(n)s", body="")
    yield
    registry.TEMPLATES.clear()
    registry.TEMPLATES.update(before)


@pytest.fixture
def reader(db):
    return UserFactory(name="白玉兰", language="zh-hans", email="bai@example.cn")


@pytest.fixture
def stranger(db):
    return UserFactory(name="陈建国")


def invitations_in(text, invitation):
    """The invitations that the links in ``text`` open; one invitation's links differ every second."""
    before, token = invitation_link(invitation).rstrip("/").rsplit("/", 1)
    found = re.findall(re.escape(before) + r"/([^/\s\"<]+)", text)
    return [invitation_of(one) for one in found]
