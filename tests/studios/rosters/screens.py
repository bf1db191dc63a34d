"""A person before the pages of rosters: looking and sending."""

import uuid

from django.test import Client
from django.urls import reverse


def as_user(user):
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(client, name, *args, query="", status=200):
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == status
    return answer.content.decode()


def send(client, name, *args, **fields):
    return client.post(reverse(name, args=args), {"once": str(uuid.uuid4()), **fields})
