"""Addresses of the ledger and of entering something quickly."""

from django.urls import path, register_converter

from studios.ledger.entries import KINDS
from studios.views import ledger, ledger_entries, ledger_quick


class EntryKindConverter:
    """The code of a kind of entry."""

    regex = "|".join(KINDS)

    def to_python(self, value):
        return KINDS[value]

    def to_url(self, value):
        return getattr(value, "code", value)


register_converter(EntryKindConverter, "entrykind")

urlpatterns = [
    path("quick/", ledger_quick.quick, name="quick"),
    path("studios/<int:pk>/quick/", ledger_quick.ledger_quick, name="ledger_quick"),
    path("studios/<int:pk>/ledger/", ledger.ledger, name="ledger"),
    path(
        "studios/<int:pk>/ledger/<entrykind:kind>/new/",
        ledger_entries.ledger_entry_new,
        name="ledger_entry_new",
    ),
    path(
        "studios/<int:pk>/ledger/<entrykind:kind>/<int:entry>/",
        ledger_entries.ledger_entry,
        name="ledger_entry",
    ),
    path(
        "studios/<int:pk>/ledger/<entrykind:kind>/<int:entry>/remove/",
        ledger_entries.ledger_entry_remove,
        name="ledger_entry_remove",
    ),
]
