"""Review work in the data administration: to look at, as far as the person may see it in the portal."""

from django.contrib import admin

from portal.accounts.admin import LookOnly
from reviews.models import AccessRequest, Application, Round, RuleClause, RuleSet
from studios.admin import VisibleOnly


class ClauseInline(admin.TabularInline):
    """The clauses of a rule set, in their order."""

    model = RuleClause
    fields = ("order", "clause", "title", "kind", "levels", "blocks", "params")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_view_permission(self, request, obj=None):
        return True  # whoever sees the rule set

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(RuleSet)
class RuleSetAdmin(LookOnly):
    """Published rules are never edited: applications rest on them."""

    list_display = ("code", "title", "effective_from", "effective_until", "state", "published_by")
    list_select_related = ("published_by",)
    inlines = [ClauseInline]


@admin.register(Round)
class RoundAdmin(LookOnly):
    """Calls for applications."""

    list_display = ("title", "level", "union", "opens_on", "closes_on")
    list_select_related = ("level", "union")


@admin.register(Application)
class ApplicationAdmin(VisibleOnly):
    """Where applications stand; only the engine moves them."""

    list_display = ("number", "studio", "level", "state", "tier", "county", "reviewer", "due_on")
    list_select_related = ("studio", "level", "county", "reviewer")
    list_filter = ("level", "state", "tier")
    search_fields = ("number", "studio__short_name")


@admin.register(AccessRequest)
class AccessRequestAdmin(VisibleOnly):
    """Units that asked to be let in."""

    list_display = ("unit_name", "union", "state", "asked_at", "decided_at")
    list_select_related = ("union",)
    list_filter = ("state",)
