"""People in roles: who is in office, inviting, replacing, ending, sending the link again."""

import uuid
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.middleware import typed_text
from portal.accounts.services import AlreadyDone, once, sent_before
from portal.ui.paging import asked
from studios.choices import Role
from studios.forms.people import DismissForm, InviteForm, ReplaceForm
from studios.models import Appointment, Union
from studios.permissions import VIEW_PERSON, holds_anywhere
from studios.queries import people as queries
from studios.services import people

FORM = require_http_methods(["GET", "HEAD", "POST"])


def led_by_an_earlier_click(view):
    """Decorator: a form sent again leads where it led first, though what it changed is no longer there."""

    @wraps(view)
    def wrapped(request, pk):
        led_to = request.method == "POST" and sent_before(request.POST.get("once"), user=request.user)
        return redirect(led_to) if led_to else view(request, pk)

    return wrapped


@require_GET
@login_required
def people_list(request):
    """Appointments of the unions whose people one may see; ``?left=1`` those who have left."""
    if not (request.user.is_superuser or holds_anywhere(request.user, VIEW_PERSON)):
        raise PermissionDenied
    filters = queries.Filters.of(request)
    page = queries.people_page(request, filters)
    for row in page.rows:
        row.may_change = people.may_appoint(request.user, row.role_group.union)
    return render(
        request,
        "people/people_list.html",
        {
            "page": page,
            "filters": filters,
            "roles": Role.choices,
            "may_invite": queries.may_fill_any(request.user),
            "now": timezone.now(),
        },
    )


@FORM
@login_required
def person_invite(request):
    """Choose a union by search, then a role and a person for it."""
    if not queries.may_fill_any(request.user):
        raise PermissionDenied
    union = chosen_union(request)
    if union is None:
        text = asked(request, "q")
        found = queries.unions_matching(request.user, text)
        if len(found) != 1 or text:
            return render(
                request,
                "people/person_invite_where.html",
                {"unions": found, "text": text, "limit": queries.CHOICES},
            )
        union = found[0]
    form = InviteForm(**posted(request), union=union)
    if form.is_bound and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("role", "name", "phone", "email")}
        return act(
            request,
            lambda: people.invite_into(union, actor=request.user, **given),
            lambda done: _("%(name)s has been invited.") % {"name": done.user.name},
        )
    return render(
        request,
        "people/person_invite.html",
        {"form": form, "union": union, "holders": queries.holders(union), "once": uuid.uuid4()},
    )


def chosen_union(request):
    """The union of ``?union=``: 404 when not visible, 403 when one may not appoint there; None without."""
    pk = request.GET.get("union", "")
    if not pk:
        return None
    visible = Union.objects.visible_to(request.user).open().select_related("parent")
    union = get_object_or_404(visible, pk=int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 18 else 0)
    if not people.may_appoint(request.user, union):
        raise PermissionDenied
    return union


@FORM
@login_required
@led_by_an_earlier_click
def person_replace(request, pk):
    """One form: the old appointment ends, the new person is invited."""
    appointment = changeable(request, pk)
    form = ReplaceForm(**posted(request))
    if form.is_bound and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "phone", "email", "reason")}
        return act(
            request,
            lambda: people.replace(appointment, actor=request.user, **given),
            lambda done: (
                _("%(new)s takes over from %(old)s and has been invited.")
                % {"new": done.user.name, "old": appointment.user.name}
            ),
            gone=appointment.user_id == request.user.pk,
        )
    return render(
        request,
        "people/person_replace.html",
        {"form": form, "appointment": appointment, "once": uuid.uuid4()},
    )


@FORM
@login_required
@led_by_an_earlier_click
def person_dismiss(request, pk):
    """End an appointment, with a warning where nobody is left in the role."""
    appointment = changeable(request, pk)
    empty = queries.becomes_empty(appointment)
    is_self = appointment.user_id == request.user.pk
    form = DismissForm(**posted(request))
    if form.is_bound and form.is_valid():
        if empty and is_self:
            form.add_error(None, _("You are the last one in this role: name a successor instead."))
        else:
            return act(
                request,
                lambda: people.dismiss(
                    appointment, actor=request.user, reason=form.cleaned_data["reason"].strip()
                ),
                lambda done: _("The appointment of %(name)s has ended.") % {"name": done.user.name},
                gone=is_self,
            )
    context = {"form": form, "appointment": appointment, "empty": empty, "is_self": is_self}
    return render(request, "people/person_dismiss.html", {**context, "once": uuid.uuid4()})


@FORM
@login_required
def invitation_resend(request, pk):
    """Send a new link: the first one was lost or ran out, or the password was forgotten."""
    appointment = changeable(request, pk)
    may = people.may_invite_again(request.user, appointment.user)
    if request.method == "POST":
        return act(
            request,
            lambda: people.invite_again(appointment, actor=request.user),
            lambda done: (
                _("A new link has been sent to %(name)s; earlier links no longer work.")
                % {"name": done.user.name}
            ),
        )
    user = appointment.user
    rows = [(_("User name"), user.username), (_("E-mail"), user.email), (_("Mobile phone"), user.phone)]
    context = {"appointment": appointment, "may": may, "rows": rows, "once": uuid.uuid4()}
    return render(request, "people/invitation_resend.html", context)


def changeable(request, pk):
    """The live appointment: 404 when not visible, 403 when not to be changed, 404 when it has ended."""
    found = Appointment.objects.visible_to(request.user).select_related(
        "user", "role_group__union__parent", "role_group__group"
    )
    appointment = get_object_or_404(found.live(), pk=pk)
    if not people.may_appoint(request.user, appointment.role_group.union):
        raise PermissionDenied
    return appointment


def posted(request):
    """The form's data: what was sent, or what waited since the session was lost."""
    if request.method == "POST":
        return {"data": request.POST}
    kept = typed_text(request)
    if kept:
        messages.info(request, _("What you typed before signing in again is still here."))
    return {"initial": {name: values[-1] for name, values in (kept or {}).items()}}


def act(request, verb, sentence, *, gone=False):
    """Do it once and say so; ``gone``: the person gave up the own role and may see the list no more."""
    led_to = reverse("work_home" if gone else "people_list")
    try:
        with once(request.POST.get("once"), user=request.user) as receipt:
            receipt.led_to = led_to
            done = verb()
    except AlreadyDone as earlier:
        return redirect(earlier.led_to or led_to)
    except people.NotPossible as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, sentence(done))
    return redirect(led_to)
