"""Addresses of review work."""

from django.urls import include, path

from reviews.views import acts, applications, dossiers, queue, standards

urlpatterns = [
    path("queue/", queue.queue, name="queue"),
    path("applications/", applications.application_list, name="application_list"),
    path("applications/open/", applications.application_open, name="application_open"),
    path("applications/<int:pk>/", applications.application_detail, name="application_detail"),
    path("applications/<int:pk>/act/", acts.application_act, name="application_act"),
    path("applications/<int:pk>/judge/", acts.application_judge, name="application_judge"),
    path("applications/<int:pk>/statement/", acts.application_write, name="application_write"),
    path("applications/<int:pk>/dossier/<int:version>/", dossiers.dossier_show, name="dossier_show"),
    path("applications/<int:pk>/changes/", dossiers.application_changes, name="application_changes"),
    path("studios/<int:pk>/standards/", standards.studio_standards, name="studio_standards"),
    path("", include("reviews.urls_access")),
    path("", include("reviews.urls_cases")),
    path("", include("reviews.urls_changes")),
    path("", include("reviews.urls_schemes")),
    path("", include("reviews.urls_years")),
    path("", include("reviews.urls_money")),
    path("", include("reviews.urls_results")),
    path("", include("reviews.urls_watch")),
]
