"""The data administration: reference tables to edit, import and export; everything else to look at.

It is no second door: rows come through ``visible_to``, and a system admin sees unions and
appointments there, not what studios submit.
"""

from django.contrib import admin
from import_export.admin import ExportMixin, ImportExportModelAdmin

from portal.accounts.admin import LookOnly, may_look
from portal.audit.services import record
from studios import resources
from studios.models import (
    AchievementKind,
    Appointment,
    HonourKind,
    Industry,
    Naming,
    NamingLevel,
    OwnershipKind,
    Studio,
    Union,
    Unit,
)
from studios.permissions import APPOINT_UNION, holds_anywhere


def may_keep(request):
    """Whether a person keeps the reference tables: appointed system admins; superusers only look."""
    return may_look(request) and holds_anywhere(request.user, APPOINT_UNION)


class VisibleOnly(LookOnly):
    """Rows that the person may see in the portal itself."""

    def get_queryset(self, request):
        visible = self.model._default_manager.visible_to(request.user)
        return super().get_queryset(request).filter(pk__in=visible.values("pk"))


class KeptByAdmins:
    """Added and changed by system admins, each change on record; never removed: history speaks the words."""

    def has_module_permission(self, request):
        return may_look(request)

    def has_view_permission(self, request, obj=None):
        return may_look(request)

    def has_add_permission(self, request):
        return may_keep(request)

    def has_change_permission(self, request, obj=None):
        return may_keep(request)

    def has_delete_permission(self, request, obj=None):
        return False

    def has_import_permission(self, request):
        return may_keep(request)

    def has_export_permission(self, request):
        return may_look(request)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        record("reference.save", obj, actor=request.user, changed=form.changed_data)

    def get_readonly_fields(self, request, obj=None):
        return ("code",) if obj else ()


class WordsAdmin(KeptByAdmins, ImportExportModelAdmin):
    """A table of words with import and export."""

    list_display = ("code", "name", "name_en", "order")
    search_fields = ("code", "name", "name_en")


@admin.register(OwnershipKind)
class OwnershipKindAdmin(WordsAdmin):
    resource_classes = [resources.OwnershipKindResource]
    list_display = (*WordsAdmin.list_display, "is_public")


@admin.register(Industry)
class IndustryAdmin(WordsAdmin):
    resource_classes = [resources.IndustryResource]


@admin.register(HonourKind)
class HonourKindAdmin(WordsAdmin):
    resource_classes = [resources.HonourKindResource]
    list_display = (*WordsAdmin.list_display, "group", "rank")
    list_filter = ("group", "rank")


@admin.register(AchievementKind)
class AchievementKindAdmin(WordsAdmin):
    resource_classes = [resources.AchievementKindResource]
    list_display = (*WordsAdmin.list_display, "group", "is_patent")
    list_filter = ("group",)


@admin.register(NamingLevel)
class NamingLevelAdmin(KeptByAdmins, ExportMixin, admin.ModelAdmin):
    """The ladder: its words and working days may change, its rungs are set up by whoever runs the portal."""

    resource_classes = [resources.NamingLevelResource]
    list_display = ("code", "name", "tier", "requires", "title_mode", "takes_document", "review_workdays")
    list_select_related = ("requires",)

    def has_add_permission(self, request):
        return False

    def get_readonly_fields(self, request, obj=None):
        return ("code", "tier", "requires")


@admin.register(Union)
class UnionAdmin(KeptByAdmins, ExportMixin, VisibleOnly):
    """Unions that the person sees: what else they are called may change; founding and moving are acts."""

    resource_classes = [resources.UnionResource]
    list_display = ("code", "name", "short_name", "tier", "kind", "document_prefix", "closed_on")
    list_filter = ("tier", "kind")
    search_fields = ("code", "name", "short_name")
    fields = (
        ("code", "tier", "kind", "parent"),
        "name",
        "short_name",
        "name_en",
        "mongolian_name",
        "aliases",
        "document_prefix",
        "phone",
    )

    def has_add_permission(self, request):
        return False

    def get_readonly_fields(self, request, obj=None):
        return ("code", "tier", "kind", "parent", "name", "document_prefix")


@admin.register(Unit)
class UnitAdmin(VisibleOnly):
    list_display = ("name", "credit_code", "county", "ownership", "industry")
    list_select_related = ("county", "ownership", "industry")
    search_fields = ("name", "credit_code")


@admin.register(Studio)
class StudioAdmin(VisibleOnly):
    list_display = ("short_name", "union", "county", "kind", "leader_name", "top_tier", "updated_at")
    list_select_related = ("union", "county")
    list_filter = ("kind", "top_tier")
    search_fields = ("short_name", "leader_name")


@admin.register(Naming)
class NamingAdmin(VisibleOnly):
    list_display = ("studio", "level", "granted_by", "since", "until", "document", "end_reason", "source")
    list_select_related = ("studio", "level", "granted_by", "document")
    list_filter = ("level", "source")


@admin.register(Appointment)
class AppointmentAdmin(VisibleOnly):
    list_display = ("user", "role_group", "since", "until", "appointed_by", "dismissed_at")
    list_select_related = ("user", "role_group__union", "appointed_by")
    search_fields = ("user__name", "user__username", "role_group__union__name")
