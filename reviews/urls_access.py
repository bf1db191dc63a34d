"""Addresses of requests for access."""

from django.urls import path

from reviews.views import access

urlpatterns = [
    path("access/new/", access.access_new, name="access_new"),
    path("access/<uuid:reference>/", access.access_status, name="access_status"),
    path("access/requests/", access.access_list, name="access_list"),
    path("access/requests/<int:pk>/", access.access_detail, name="access_detail"),
    path("access/requests/<int:pk>/act/", access.access_act, name="access_act"),
]
