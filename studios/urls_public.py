"""Addresses of the public pages."""

from django.urls import path

from studios.views import public

urlpatterns = [
    path("", public.home, name="home"),
    path("public/studios/", public.studio_public_list, name="studio_public_list"),
    path("public/studios/<int:pk>/", public.studio_public, name="studio_public"),
]
