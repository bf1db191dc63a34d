"""What is kept only for a while goes."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from portal.accounts.models import FormReceipt
from portal.accounts.services import forget_old_forms

pytestmark = pytest.mark.django_db


def test_old_receipts_and_ended_sessions_go_and_the_others_stay():
    now = timezone.now()
    old = FormReceipt.objects.create(created_at=now - timedelta(days=8))
    new = FormReceipt.objects.create()
    Session.objects.create(session_key="ended", session_data="", expire_date=now - timedelta(hours=1))
    Session.objects.create(session_key="live", session_data="", expire_date=now + timedelta(hours=1))
    forget_old_forms()
    assert list(FormReceipt.objects.all()) == [new] and old not in FormReceipt.objects.all()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["live"]
