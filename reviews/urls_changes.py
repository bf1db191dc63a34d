"""Addresses of requested changes."""

from django.urls import path

from reviews.views import changes

urlpatterns = [
    path("changes/", changes.change_list, name="change_list"),
    path("changes/rechecks/", changes.recheck_list, name="recheck_list"),
    path("changes/rechecks/<int:pk>/settle/", changes.recheck_settle, name="recheck_settle"),
    path("changes/<int:pk>/", changes.change_detail, name="change_detail"),
    path("changes/<int:pk>/act/", changes.change_act, name="change_act"),
    path("studios/<int:pk>/changes/new/", changes.change_choose, name="change_choose"),
    path("studios/<int:pk>/changes/new/<slug:kind>/", changes.change_new, name="change_new"),
    path("units/<int:pk>/changes/new/", changes.unit_change_choose, name="unit_change_choose"),
    path("units/<int:pk>/changes/new/<slug:kind>/", changes.unit_change_new, name="unit_change_new"),
    path("leaders/", changes.leader_watch, name="leader_watch"),
]
