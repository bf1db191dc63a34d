"""One's own account, and the way in by an invitation."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth import authenticate, login
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import activate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal.accounts.forms import FirstPasswordForm
from portal.accounts.models import User
from portal.accounts.services import invitation_of
from portal.accounts.views import speak
from studios.forms.people import AccountForm
from studios.models import Appointment
from studios.services.accounts import OWN_FIELDS, change_account, come_in
from studios.views.people import posted

FORM = require_http_methods(["GET", "HEAD", "POST"])
BACKEND = "django.contrib.auth.backends.ModelBackend"
DOUBLE_CLICK = timedelta(minutes=1)


@FORM
@login_required
def account_edit(request):
    """Name, telephone, e-mail, language; the roles one holds."""
    form = AccountForm(**posted(request), instance=User.objects.get(pk=request.user.pk))
    if form.is_bound and form.is_valid():
        given = {name: form.cleaned_data[name] for name in OWN_FIELDS}
        user = change_account(request.user, actor=request.user, **given)
        if user.language:
            activate(user.language)
        messages.success(request, _("Your account has been changed."))
        response = redirect("account_edit")
        speak(response, user.language)
        return response
    return render(request, "people/account_edit.html", {"form": form, "roles": roles_of(request.user)})


def roles_of(user):
    """The appointments of a person in force today, with their unions."""
    return Appointment.objects.filter(user=user).live().select_related("role_group__union").order_by("pk")


@never_cache
@sensitive_post_parameters()
@FORM
def invitation_accept(request, token):
    """Show who is invited as what; the password set, the person is in."""
    invitation = invitation_of(token)
    if invitation is None:
        return refusal(request, "unknown", status=404)
    if not invitation.is_open():
        return just_came_in(request, invitation) or refusal(request, why_closed(invitation), invitation)
    form = FirstPasswordForm(invitation.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = come_in(invitation, password=form.cleaned_data["new_password1"])
        if user is None:  # closed while the page was open
            invitation.refresh_from_db()
            return just_came_in(request, invitation) or refusal(request, why_closed(invitation), invitation)
        return lead_in(request, user)
    context = {"form": form, "invitation": invitation, "roles": roles_of(invitation.user)}
    return render(request, "people/invitation_accept.html", context)


def lead_in(request, user):
    """Sign the person in and on to the work."""
    login(request, user, backend=BACKEND)
    messages.success(
        request,
        _("Welcome, %(name)s. Your user name is %(username)s.")
        % {
            "name": user.name,
            "username": user.username,
        },
    )
    response = redirect("work_home")
    speak(response, user.language)
    return response


def just_came_in(request, invitation):
    """The second of two clicks: the same password within a minute leads in as the first one did."""
    accepted = invitation.accepted_at
    if request.method != "POST" or accepted is None or timezone.now() - accepted > DOUBLE_CLICK:
        return None
    user = authenticate(
        request, username=invitation.user.username, password=request.POST.get("new_password1", "")
    )
    return lead_in(request, user) if user else None


def why_closed(invitation):
    """The word for why a link no longer lets anybody in."""
    if invitation.accepted_at:
        return "used"
    return "withdrawn" if invitation.withdrawn_at else "expired"


def refusal(request, why, invitation=None, status=410):
    """The page that says why the link does not work and what to do."""
    context = {"why": why, "invitation": invitation}
    return render(request, "people/invitation_closed.html", context, status=status)
