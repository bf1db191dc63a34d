"""Addresses of studios, their sections and files, of units and of people."""

from django.urls import include, path, register_converter

from studios.choices import Section
from studios.views import files, sections, studios, units


class SectionConverter:
    """The name of a section of the form."""

    regex = "|".join(Section.values)

    def to_python(self, value):
        return Section(value)

    def to_url(self, value):
        return str(value)


register_converter(SectionConverter, "section")

urlpatterns = [
    path("studios/", studios.studio_list, name="studio_list"),
    path("studios/new/", studios.studio_new, name="studio_new"),
    path("studios/<int:pk>/", studios.studio_detail, name="studio_detail"),
    path("studios/<int:pk>/<section:section>/", sections.studio_section, name="studio_section"),
    path("studios/<int:pk>/achievements/new/", studios.achievement_new, name="achievement_new"),
    path(
        "studios/<int:pk>/achievements/<int:achievement>/", sections.achievement_edit, name="achievement_edit"
    ),
    path(
        "studios/<int:pk>/achievements/<int:achievement>/remove/",
        studios.achievement_remove,
        name="achievement_remove",
    ),
    path("studios/<int:pk>/leader/change/", studios.leader_change, name="leader_change"),
    path("studios/<int:pk>/files/", files.file_upload, name="file_upload"),
    path("files/<int:pk>/", files.file_show, name="file_show"),
    path("files/<int:pk>/remove/", files.file_remove, name="file_remove"),
    path("files/<int:pk>/status/", files.file_status, name="file_status"),
    path("files/<int:pk>/thumb/", files.file_thumb, name="file_thumb"),
    path("files/<int:pk>/preview/", files.file_preview, name="file_preview"),
    path("units/<int:pk>/", units.unit_detail, name="unit_detail"),
    path("units/<int:pk>/edit/", units.unit_edit, name="unit_edit"),
    path("", include("studios.urls_ledger")),
    path("", include("studios.urls_people")),
    path("", include("studios.urls_rosters")),
    path("", include("studios.urls_statistics")),
]
