"""Accounts in the data administration: to look at. They are made and closed by appointing and dismissing."""

from django.contrib import admin
from django.contrib.auth.models import Group

from portal.accounts.models import Invitation, User

SYSTEM_ADMIN = "studios.appoint_at_unions"  # what only system admins hold

admin.site.unregister(Group)  # groups follow from the role table; nobody edits them


def may_look(request):
    """Whether a person may look around in the data administration: staff who are system admins."""
    user = request.user
    # without an object, a superuser holds every permission: they look
    return user.is_active and user.is_staff and user.has_perm(SYSTEM_ADMIN)


class LookOnly(admin.ModelAdmin):
    """Rows to look at; nothing is added, changed or removed here."""

    actions = None
    show_full_result_count = False

    def has_module_permission(self, request):
        return may_look(request)

    def has_view_permission(self, request, obj=None):
        return may_look(request)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(User)
class UserAdmin(LookOnly):
    """Everybody with an account."""

    list_display = ("username", "name", "is_active", "is_staff", "is_superuser", "date_joined", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser")
    search_fields = ("username", "name")
    fields = ("username", "name", "phone", "email", "language", "is_active", "is_staff", "is_superuser")


@admin.register(Invitation)
class InvitationAdmin(LookOnly):
    """Who was invited, and whether they came; the link is not here."""

    list_display = ("user", "created_by", "created_at", "expires_at", "accepted_at", "withdrawn_at")
    list_select_related = ("user", "created_by")
    fields = list_display
