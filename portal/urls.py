"""Every address of the portal, by app."""

from django.contrib import admin
from django.urls import include, path

from portal import pages

urlpatterns = [
    path("", include("portal.accounts.urls")),
    path("", include("portal.audit.urls")),
    path("", include("portal.messages.urls")),
    path("", include("studios.urls_public")),
    path("", include("studios.urls_people")),
    path("", include("studios.urls")),
    path("", include("reviews.urls")),
    path("livez", pages.livez, name="livez"),
    path("readyz", pages.readyz, name="readyz"),
    path("admin/", admin.site.urls),
]
