"""Jobs in the data administration: to look at, to try again, to cancel; never to edit."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.jobs import services
from portal.jobs.errors import NotPossible
from portal.jobs.models import Job


@admin.register(Job)
class JobAdmin(admin.ModelAdmin):
    """The row is written by the machinery; people act on it through services, which record who did."""

    list_display = ("id", "kind", "state", "tries", "created_at", "finished_at", "created_by", "error")
    list_filter = ("state", "kind")
    list_select_related = ("created_by",)
    ordering = ("-id",)
    show_full_result_count = False
    actions = ("retry_jobs", "cancel_jobs")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_act_permission(self, request):
        """Who may use the actions."""
        return request.user.has_perm("jobs.change_job")

    @admin.action(description=_("Try again"), permissions=["act"])
    def retry_jobs(self, request, queryset):
        self._each(request, queryset, services.retry)

    @admin.action(description=_("Cancel"), permissions=["act"])
    def cancel_jobs(self, request, queryset):
        self._each(request, queryset, services.cancel)

    def _each(self, request, queryset, service):
        done = 0
        for job in queryset:
            try:
                service(job, actor=request.user)
                done += 1
            except NotPossible as problem:
                self.message_user(request, f"{job}: {problem}", messages.WARNING)
        if done:
            text = ngettext("%(count)d job changed.", "%(count)d jobs changed.", done) % {"count": done}
            self.message_user(request, text, messages.SUCCESS)
