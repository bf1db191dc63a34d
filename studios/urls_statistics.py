"""Addresses of the statistics and of the targets."""

from django.urls import path

from studios.views import roster_statistics as views

urlpatterns = [
    path("rosters/statistics/", views.roster_statistics, name="roster_statistics"),
    path("rosters/statistics/targets/", views.roster_targets, name="roster_targets"),
]
