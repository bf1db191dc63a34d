"""Addresses of rosters: what comes in, what goes out."""

from django.urls import path

from studios.views import roster_exports, roster_imports, rosters

urlpatterns = [
    path("rosters/", rosters.roster_list, name="roster_list"),
    path("rosters/import/", roster_imports.roster_import_new, name="roster_import_new"),
    path("rosters/import/template/", rosters.roster_template, name="roster_template"),
    path("rosters/imports/<int:pk>/", roster_imports.roster_import, name="roster_import"),
    path(
        "rosters/imports/<int:pk>/status/", roster_imports.roster_import_status, name="roster_import_status"
    ),
    path(
        "rosters/imports/<int:pk>/answers/", roster_imports.roster_import_answer, name="roster_import_answer"
    ),
    path(
        "rosters/imports/<int:pk>/confirm/",
        roster_imports.roster_import_confirm,
        name="roster_import_confirm",
    ),
    path("rosters/imports/<int:pk>/undo/", roster_imports.roster_import_undo, name="roster_import_undo"),
    path("rosters/imports/<int:pk>/drop/", roster_imports.roster_import_drop, name="roster_import_drop"),
    path(
        "rosters/imports/<int:pk>/remarks/",
        roster_imports.roster_import_remarks,
        name="roster_import_remarks",
    ),
    path(
        "rosters/imports/<int:pk>/report/", roster_imports.roster_import_report, name="roster_import_report"
    ),
    path("rosters/export/", roster_exports.roster_export_new, name="roster_export_new"),
    path("rosters/exports/<int:pk>/", roster_exports.roster_export, name="roster_export"),
    path(
        "rosters/exports/<int:pk>/status/", roster_exports.roster_export_status, name="roster_export_status"
    ),
    path(
        "rosters/exports/<int:pk>/cancel/", roster_exports.roster_export_cancel, name="roster_export_cancel"
    ),
    path("rosters/exports/<int:pk>/file/", roster_exports.roster_export_file, name="roster_export_file"),
]
