"""The way into the workspace: each person to where the own work is."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from portal.ui import navigation
from studios.permissions import (
    APPOINT_UNION,
    APPROVE_APPLICATION,
    CHANGE_STUDIO,
    IMPORT_ROSTER,
    REVIEW_APPLICATION,
    VIEW_AUDIT,
    VIEW_STUDIO,
    holds_anywhere,
)

WHERE = (  # the first permission that a person holds says where; the pages of reviews are named, not imported
    (REVIEW_APPLICATION, "queue"),
    (APPROVE_APPLICATION, "queue"),
    (CHANGE_STUDIO, "studio_list"),
    (VIEW_AUDIT, "audit_list"),
    (APPOINT_UNION, "people_list"),
    (IMPORT_ROSTER, "roster_list"),
    (VIEW_STUDIO, "studio_list"),
)


@require_GET
@login_required
def work_home(request):
    """Lead on; a person without any role is told so."""
    for perm, name in WHERE:
        if request.user.is_superuser or holds_anywhere(request.user, perm):
            try:
                return redirect(reverse(name))
            except NoReverseMatch:
                continue
    links = [link for _title, links in navigation.sections_for(request.user, "") for link in links]
    return render(request, "people/no_role.html", {"links": links})
