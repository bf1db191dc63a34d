"""Freezing a dossier with its findings at submission."""

from portal.audit.services import record
from reviews.eligibility import standing_of
from reviews.models import Dossier, Finding
from studios.dossier import canonical, digest


def freeze(application, *, actor):
    """Store the studio's dossier as it stands, with its hash and the findings on it."""
    application.__dict__.pop("_standing", None)
    standing = standing_of(application)
    frozen = {
        **standing.dossier,
        "application": {"number": application.number, "level": application.level.code},
    }
    if application.statement:
        frozen["application"]["statement"] = application.statement
    text = canonical(frozen)
    dossier = Dossier.objects.create(
        application=application,
        version=application.submissions,
        canonical=text,
        sha256=digest(text),
        frozen_by=actor,
    )
    Finding.objects.bulk_create(
        Finding(
            dossier=dossier,
            clause=finding.clause,
            order=order,
            verdict=str(finding.verdict.value),
            body=finding.to_json(),
        )
        for order, finding in enumerate(standing.findings)
    )
    record("application.freeze", application, actor=actor, version=dossier.version, sha256=dossier.sha256)
    return dossier
