"""Addresses by the names that the layouts link to; nothing behind them is ever called."""

from django.http import HttpResponse
from django.urls import include, path

NAMES = {
    "login": "sign-in/",
    "logout": "sign-out/",
    "password_change": "password/",
    "work_home": "work/",
    "queue": "work/queue/",
    "studio_list": "work/studios/",
    "access_new": "access/",
    "studio_public_list": "studios/",
    "message_list": "work/messages/",
}


def page(request):
    return HttpResponse("")


urlpatterns = [
    path("", page, name="home"),
    path("i18n/", include("django.conf.urls.i18n")),
    *(path(route, page, name=name) for name, route in NAMES.items()),
]
