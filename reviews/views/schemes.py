"""Schemes of points: the versions, one as a table, its items while it is a draft, publishing, and a trial."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.middleware import typed_text
from portal.accounts.services import AlreadyDone, once
from reviews import queries_schemes as queries
from reviews.choices import ScoreRule
from reviews.forms_schemes import ItemForm, SchemeForm, lines_of
from reviews.forms_trial import TrialForm
from reviews.models import SchemeItem
from reviews.scoring import engine, wording
from reviews.services import schemes as services
from studios.permissions import REVIEW_APPLICATION, VIEW_ACCESS, holds_anywhere
from studios.services.people import NotPossible

PAGE_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
@login_required
def scheme_list(request):
    """Every version of the schemes of the union and of those above and below."""
    demand_office(request.user)
    return render(request, "schemes/scheme_list.html", {"page": queries.scheme_page(request)})


@require_GET
@login_required
def scheme_detail(request, pk):
    """One version as a table, with what may be done about it."""
    return detail(request, visible(request, pk))


@require_POST
@login_required
def scheme_copy(request, pk):
    """Make the next version, as a draft."""
    scheme = visible(request, pk)
    try:
        with once(request.POST.get("once"), user=request.user) as receipt:
            draft = services.copy_scheme(scheme, actor=request.user)
            receipt.led_to = reverse("scheme_detail", args=[draft.pk])
    except AlreadyDone as earlier:
        return redirect(earlier.led_to or "scheme_list")
    except NotPossible as problem:
        return detail(request, scheme, problem=str(problem), status=409)
    messages.success(request, _("Version %(version)d is a draft now.") % {"version": draft.version})
    return redirect(receipt.led_to)


@PAGE_METHODS
@login_required
def scheme_edit(request, pk):
    """Title and marks of a draft."""
    scheme = draft_of(request, pk)
    form = SchemeForm(request.POST if request.method == "POST" else kept(request), instance=scheme)
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in form.Meta.fields}
        if done(
            request, form, services.change_scheme, queries.schemes_seen_by(request.user).get(pk=pk), fields
        ):
            return redirect("scheme_detail", pk=pk)
    context = {"scheme": scheme, "form": form}
    return render(request, "schemes/scheme_edit.html", context, status=status_of(request, form))


@PAGE_METHODS
@login_required
def scheme_item_new(request, pk):
    """A further item of a draft; the address names its kind of rule."""
    scheme = draft_of(request, pk)
    rule = request.GET.get("rule", "")
    if rule not in ScoreRule.values:
        return redirect("scheme_detail", pk=pk)
    return item_page(request, scheme, SchemeItem(scheme=scheme, rule=rule, order=scheme.items.count() + 1))


@PAGE_METHODS
@login_required
def scheme_item_edit(request, pk, item):
    """One item of a draft."""
    scheme = draft_of(request, pk)
    return item_page(request, scheme, get_object_or_404(scheme.items, pk=item))


@require_POST
@login_required
def scheme_item_remove(request, pk, item):
    """Take an item out of a draft."""
    scheme = draft_of(request, pk)
    try:
        services.remove_item(scheme, item, actor=request.user)
    except NotPossible as problem:
        return detail(request, visible(request, pk), problem=str(problem), status=409)
    messages.success(request, _("The item has been removed."))
    return redirect("scheme_detail", pk=pk)


@require_POST
@login_required
def scheme_publish(request, pk):
    """Publish a draft; what keeps it back is listed in full."""
    scheme = visible(request, pk)
    try:
        services.publish(scheme, actor=request.user)
    except NotPossible as problem:
        return detail(request, visible(request, pk), problem=str(problem), status=409)
    messages.success(request, _("The scheme has been published. It stays as it is from now on."))
    return redirect("scheme_detail", pk=pk)


@PAGE_METHODS
@login_required
def scheme_try(request, pk):
    """Inputs for every item, and what they come to; nothing is kept."""
    scheme = queries.scheme_of(found := visible(request, pk))
    form = TrialForm(request.POST if request.method == "POST" else None, scheme=scheme)
    context = {"scheme": found, "form": form}
    result = None
    if request.method == "POST" and form.is_valid():
        result = context["result"] = engine.total(scheme, form.inputs())
        context["grade"] = engine.grade_for(result, scheme.pass_mark, scheme.excellent_mark).label
        context["failed"] = [wording.label(scheme.item(code)) for code in result.gates_failed]
    context["parts"] = [
        (item, wording.label(item), fields, result and outcome_of(item, result))
        for item, fields in form.parts
    ]
    return render(request, "schemes/scheme_try.html", context, status=422 if form.errors else 200)


def outcome_of(item, result):
    """What an item's input came to in the trial: points, or why there are none."""
    problem = result.refused.get(item.code)
    return {
        "points": result.by_item[item.code],
        "problem": wording.sentence(problem) if problem else "",
        "is_missing": item.code in result.missing,
    }


def item_page(request, scheme, item):
    """The form of one item; a button for one more line shows it again."""
    data = request.POST if request.method == "POST" else kept(request)
    form = ItemForm(data, instance=item, rule=item.rule)
    rows = lines_of(item.rule, item, data)
    sent = request.method == "POST" and form.is_valid() & (rows is None or rows.is_valid())
    if sent and done(request, form, save_once, request, scheme, item.pk, form.item_fields(rows)):
        messages.success(request, _("The item has been saved."))
        return redirect("scheme_detail", pk=scheme.pk)
    context = {
        "scheme": scheme,
        "item": item,
        "form": form,
        "rows": rows,
        "rule": ScoreRule(item.rule).label,
        "once": uuid.uuid4(),
    }
    is_more = rows is not None and rows.edited
    return render(
        request,
        "schemes/scheme_item_edit.html",
        context,
        status=200 if is_more else status_of(request, form, rows),
    )


def save_once(request, scheme, item_id, fields, *, actor):
    """Save an item; a form for a new one that is sent twice makes one."""
    try:
        with once(request.POST.get("once"), user=actor):
            services.save_item(scheme, item_id, fields, actor=actor)
    except AlreadyDone:
        pass


def done(request, form, act, *args):
    """Whether the act went through; its refusal stands on the form otherwise."""
    try:
        act(*args, actor=request.user)
    except NotPossible as problem:
        form.add_error(None, str(problem))
        return False
    return True


def detail(request, scheme, *, problem="", status=200):
    """The page of one version."""
    plain = queries.as_plain(scheme)
    titles = {item["code"]: item for item in plain["items"]}
    found = engine.faults(plain)
    context = {
        **table_of(scheme, plain),
        "is_draft": scheme.published_at is None,
        "standing": services.standing_of(scheme, request.user),
        "faults": faults_of(found, titles),
        "is_ready": engine.is_publishable(found),
        "rules": ScoreRule.choices,
        "problem": problem,
        "once": uuid.uuid4(),
    }
    return render(request, "schemes/scheme_detail.html", context, status=status)


def faults_of(found, titles):
    """(item or None, sentence, whether it is a hint) of each fault, the same sentence once."""
    lines = {(f.item, wording.fault_sentence(f)): f.is_warning for f in found}
    return [(titles.get(item), sentence, is_warning) for (item, sentence), is_warning in lines.items()]


def table_of(scheme, plain):
    """What the table of a scheme shows."""
    read = engine.Scheme.of(plain)
    return {
        "scheme": scheme,
        "groups": grouped(read, {item["code"]: item for item in plain["items"]}),
        "whole": wording.trim(read.whole),
        "bonus_cap": wording.trim(read.bonus_cap),
    }


def grouped(scheme, stored):
    """(group, its items as lines of the table) in order."""
    groups = []
    for item in scheme.items:
        name = wording.group_of(item)
        if not groups or groups[-1][0] != name:
            groups.append((name, []))
        groups[-1][1].append(
            {
                "pk": stored[item.code]["id"],
                "code": item.code,
                "title": wording.label(item),
                "points": wording.trim(item.points),
                "rule": ScoreRule(item.rule).label,
                "words": wording.explain(item),
                "mode": wording.MODES.get(item.params.get("mode"), ""),
                "evidence": item.evidence,
                "is_gate": item.is_gate,
                "is_bonus": item.is_bonus,
            }
        )
    return groups


def sees_schemes(user):
    """Whether the person's role has to do with schemes and years."""
    return user.is_superuser or holds_anywhere(user, VIEW_ACCESS)


def demand_office(user):
    """403 for people whose role has nothing to do with schemes and years."""
    if not sees_schemes(user):
        raise PermissionDenied


def visible(request, pk):
    """The scheme, or 404."""
    return get_object_or_404(queries.schemes_seen_by(request.user), pk=pk)


def draft_of(request, pk):
    """A scheme the person may write in while it is a draft, else 403; services refuse published ones."""
    scheme = visible(request, pk)
    services.demand(request.user, REVIEW_APPLICATION, scheme.union_id)
    return scheme


def kept(request):
    """What was typed before the session ended, as form data, or None."""
    fields = typed_text(request)
    if fields is None:
        return None
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    return data


def status_of(request, *forms):
    """422 when what was sent has to be changed."""
    return (
        422 if request.method == "POST" and any(form is not None and form.errors for form in forms) else 200
    )
