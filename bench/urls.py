"""The portal's addresses and one bare view, the limit that no page can beat."""

from django.http import HttpResponse
from django.urls import path

from portal.urls import urlpatterns as portal_urls


def bare(request):
    """Nothing but Django's own handling and its middleware."""
    return HttpResponse("ok")


def bare_signed_in(request):
    """The same with the session and the user read."""
    return HttpResponse(request.user.name)


urlpatterns = [
    path("bench/bare", bare, name="bench_bare"),
    path("bench/user", bare_signed_in, name="bench_user"),
    *portal_urls,
]
