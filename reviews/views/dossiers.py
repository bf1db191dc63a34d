"""Frozen dossiers: one version in full, and what changed between two."""

import json

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from reviews.changes import compare, summary
from reviews.dossier_words import tables_of
from reviews.models import Application, Dossier
from reviews.views.applications import number


@require_GET
@login_required
def dossier_show(request, pk, version):
    """One version as it was frozen, with its SHA-256."""
    dossier = get_object_or_404(
        Dossier.objects.visible_to(request.user).select_related("application__studio", "frozen_by"),
        application=pk,
        version=version,
    )
    context = {
        "dossier": dossier,
        "application": dossier.application,
        "parts": tables_of(json.loads(dossier.canonical)),
    }
    return render(request, "reviews/dossier_show.html", context)


@require_GET
@login_required
def application_changes(request, pk):
    """Two versions beside each other, by default the newest and the one before it."""
    application = get_object_or_404(
        Application.objects.visible_to(request.user).select_related("studio"), pk=pk
    )
    versions = list(application.dossiers.order_by("version").values_list("version", flat=True))
    old, new = wanted(request.GET, versions)
    rows = {
        row.version: json.loads(row.canonical)
        for row in application.dossiers.filter(version__in=[old, new]).only("version", "canonical")
    }
    parts = compare(rows[old], rows[new]) if old in rows and new in rows else []
    context = {
        "application": application,
        "versions": versions,
        "old": old,
        "new": new,
        "parts": parts,
        "summary": summary(parts),
        "comparable": len(versions) > 1,
    }
    return render(request, "reviews/application_changes.html", context)


def wanted(params, versions):
    """The two versions asked for; what does not exist becomes the newest pair."""
    newest = versions[-1] if versions else 0
    new = number(params.get("to"))
    new = new if new in versions else newest
    old = number(params.get("from"))
    return (old if old in versions else max(new - 1, versions[0] if versions else 0)), new
