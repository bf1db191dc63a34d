"""Addresses of the three-year watch."""

from django.urls import path

from reviews.views import watch

urlpatterns = [path("watch/", watch.watch_list, name="watch_list")]
