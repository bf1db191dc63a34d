"""A person at the pages of an application: reads the hidden fields as a browser would and sends the form."""

import re
import uuid

from django.urls import reverse


class Person:
    """Signed in as ``user`` with a client of their own."""

    def __init__(self, client_class, user):
        self.client = client_class()
        self.client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def page(self, application):
        """The page of an application."""
        return self.client.get(reverse("application_detail", args=[application.pk]))

    def act(self, application, action, *, page=None, **fields):
        """Send the decision form of ``page`` (by default as it is now); ``fields`` are what is typed."""
        text = (page or self.page(application)).content.decode()
        data = {
            "action": action,
            "seen": hidden(text, "seen"),
            "form_key": hidden(text, "form_key") or str(uuid.uuid4()),
            "expected_number": hidden(text, "expected_number"),
            "confirmed": "1",
            **fields,
        }
        return self.client.post(reverse("application_act", args=[application.pk]), data)

    def judge(self, application, clause, *, verdict="met", note="", version=0, script=True):
        """Send a judgement as the page's script does, or as a plain form."""
        return self.client.post(
            reverse("application_judge", args=[application.pk]),
            {"clause": clause, "verdict": verdict, "note": note, "version": version},
            headers={"X-Requested-With": "autosave"} if script else {},
        )


def hidden(text, name):
    """The value of the first hidden field of this name on a page, "" when there is none."""
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    return found[1] if found else ""
