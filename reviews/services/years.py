"""The sheet of one yearly assessment: ledger, self score and assessor's score; writing and freezing them.

State is moved by the engine alone (``reviews.workflow.assessing``).
"""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.services import record
from reviews.choices import AssessmentState
from reviews.models import Assessment, Score
from reviews.queries_schemes import scheme_of
from reviews.queries_years import scored
from reviews.scoring.engine import Refused, Total, grade_for, plain, points_of, prefill, total
from reviews.services.ties import has_ties_to
from reviews.services.year_facts import Span, read_ledger
from reviews.workflow.terms import TransitionNotAllowed
from studios.choices import Tier
from studios.dossier import canonical, digest
from studios.permissions import CHANGE_STUDIO, REVIEW_APPLICATION, unions_where

SCHEMA = 1


class Stale(Exception):
    """Somebody saved meanwhile; ``current`` is the assessment as it is now."""

    def __init__(self, current):
        super().__init__(str(current.version))
        self.current = current


@dataclass
class Sheet:
    """Both scores of an assessment beside what the ledger gives; inputs are {item code: input}."""

    scheme: object
    ledger: dict
    rows: dict
    suggested: dict = field(default_factory=dict)

    @property
    def items(self):
        """The items of the scheme in order; none where the year has no scheme."""
        return self.scheme.items if self.scheme else ()

    @property
    def own(self):
        """The unit's inputs; what it has not touched is as the ledger gives it."""
        return self.suggested | self.given_in("self_input")

    @property
    def assessed(self):
        """The assessor's inputs."""
        return self.given_in("input")

    def given_in(self, column):
        """{item code: input} of one column of the scores, without the empty ones."""
        found = {code: getattr(row, column) for code, row in self.rows.items()}
        return {code: value for code, value in found.items() if value is not None}

    @property
    def own_total(self) -> Total | None:
        """What the unit's inputs come to, None without a scheme."""
        return total(self.scheme, self.own) if self.scheme else None

    @property
    def assessed_total(self) -> Total | None:
        """What the assessor's inputs come to, None without a scheme."""
        return total(self.scheme, self.assessed) if self.scheme else None

    @property
    def grade(self):
        """The grade that the assessor's points suggest; "" while items are not scored or there are none."""
        found = self.assessed_total
        if not self.items or not found.is_complete:
            return ""
        return grade_for(found, self.scheme.pass_mark, self.scheme.excellent_mark)

    @property
    def gates_failed(self):
        """Titles of the items that must be met and are not, by the assessor's score."""
        if not self.items:
            return []
        failed = self.assessed_total.gates_failed
        return [item.title for item in self.items if item.code in failed]

    @property
    def gates_open(self):
        """Titles of the items that must be met and that the unit has not answered."""
        own = self.own
        return [item.title for item in self.items if item.is_gate and own.get(item.code) is None]

    @property
    def not_scored(self):
        """Titles of the items that the assessor has not scored."""
        missing = self.assessed_total.missing if self.scheme else ()
        return [item.title for item in self.items if item.code in missing]


def sheet_of(assessment, *, live=None):
    """The ``Sheet``: the ledger as it is now while the unit has it, as it was frozen afterwards.

    Three queries, two when frozen; ``live`` overrides which.
    """
    live = assessment.state == AssessmentState.OPEN if live is None else live
    campaign = assessment.campaign
    scheme = scheme_of(campaign.scheme) if campaign else None
    if live:
        ledger = read_ledger(assessment.studio_id, Span.of(assessment)).frozen()
    else:
        ledger = assessment.report or {"lists": {}, "facts": {}, "by_kind": {}}
    suggested = prefill(scheme, ledger["facts"]) if scheme else {}
    return Sheet(scheme, ledger, scored(assessment), suggested)


def is_intact(assessment):
    """Whether the frozen report still has the hash it was frozen with."""
    return assessment.report is None or digest(canonical(assessment.report)) == assessment.report_sha256


def freeze(assessment, *, actor):
    """Fix what the ledger and the unit say; the caller saves the assessment."""
    sheet = sheet_of(assessment, live=True)
    own, result = sheet.own, sheet.own_total
    _store(assessment, sheet, own, side="self_", actor=actor)
    span = Span.of(assessment)
    report = {
        "schema": SCHEMA,
        "studio": {"id": assessment.studio_id, "name": assessment.studio.short_name},
        "year": assessment.year,
        "period": [span.since.isoformat(), span.until.isoformat()],
        "summary": assessment.summary,
        "plan": assessment.plan,
        **sheet.ledger,
        "scheme": {"code": sheet.scheme.code, "version": sheet.scheme.version} if sheet.scheme else None,
        "self": {code: plain(value) for code, value in own.items()},
    }
    assessment.report = report
    assessment.report_sha256 = digest(canonical(report))
    assessment.self_points = result.points if sheet.items else None


def same(given, suggested):
    """Whether an input says what the ledger says: then it is left to the ledger, which may still grow."""
    return suggested is not None and canonical(plain(given)) == canonical(plain(suggested))


def unfreeze(assessment):
    """Let what the unit had left to the ledger follow it again, when the report goes back."""
    sheet = sheet_of(assessment)
    own = sheet.given_in("self_input")
    untouched = [code for code, value in own.items() if same(value, sheet.suggested.get(code))]
    Score.objects.filter(assessment=assessment, item__code__in=untouched).update(
        self_input=None, self_points=None
    )


def _store(assessment, sheet, inputs, *, side, actor, remarks=None):  # noqa: PLR0913 - two sides of one row
    """Write inputs with their points; an input of None takes a score back."""
    ids = dict(assessment.campaign.scheme.items.values_list("code", "pk")) if sheet.scheme else {}
    written, now = [], timezone.now()
    for item in sheet.items:
        if item.code not in inputs and item.code not in (remarks or {}):
            continue
        given = plain(inputs.get(item.code))
        values = {f"{side}input": given, f"{side}points": None if given is None else points_of(item, given)}
        if not side:
            values |= {"remark": (remarks or {}).get(item.code, ""), "scored_by": actor, "scored_at": now}
        written.append(Score(assessment=assessment, item_id=ids[item.code], **values))
    columns = ["input", "points"] if side else ["input", "points", "remark", "scored_by", "scored_at"]
    Score.objects.bulk_create(
        written,
        update_conflicts=True,
        unique_fields=["assessment", "item"],
        update_fields=[f"{side}{name}" for name in columns],
    )


def locked(pk, version):
    """The assessment under its lock; raises Stale when the page that wrote is older than the row."""
    assessment = Assessment.objects.select_for_update(of=("self",)).get(pk=pk)
    if version is not None and assessment.version != version:
        raise Stale(assessment)
    return assessment


def demand(assessment, state, place, actor, perm):
    """Raise unless the assessment is in ``state`` and ``actor`` may write at ``place``."""
    if place not in unions_where(actor, perm):
        raise PermissionDenied
    if assessment.state != state:
        raise TransitionNotAllowed(
            _("Not possible while the state is “%(state)s”.") % {"state": assessment.get_state_display()}
        )


@transaction.atomic
def write_report(pk, *, actor, summary, plan, inputs, version=None):  # noqa: PLR0913 - keyword-only
    """Keep what the unit writes while it has the report. ``version``: of the page it was written on.

    Raises Stale, PermissionDenied, TransitionNotAllowed; ``scoring.Refused`` for an input without points.
    """
    assessment = locked(pk, version)
    demand(assessment, AssessmentState.OPEN, (Tier.BASE, assessment.union_id), actor, CHANGE_STUDIO)
    sheet = sheet_of(assessment)
    touched = {
        code: None if same(value, sheet.suggested.get(code)) else value for code, value in inputs.items()
    }
    _store(assessment, sheet, touched, side="self_", actor=actor)
    return _kept(assessment, {"summary": summary, "plan": plan}, "write", actor)


@transaction.atomic
def write_scores(pk, *, actor, inputs, remarks, version=None):
    """Keep the assessor's score as a draft; the state stays. Raises as ``write_report`` does."""
    assessment = locked(pk, version)
    demand(assessment, AssessmentState.REPORTED, assessment.supervisor(), actor, REVIEW_APPLICATION)
    if has_ties_to(assessment.union_id, actor):
        raise TransitionNotAllowed(_("You belong or belonged to this unit: somebody else must act here."))
    sheet = sheet_of(assessment)
    _store(assessment, sheet, inputs, side="", actor=actor, remarks=remarks)
    points = sheet_of(assessment).assessed_total
    return _kept(assessment, {"points": points.points if points else None}, "score", actor)


def _kept(assessment, values, what, actor):
    """Count the version up and put the writing on record."""
    Assessment.objects.filter(pk=assessment.pk).update(version=assessment.version + 1, **values)
    if what == "write":
        record("assessment.write", assessment, actor=actor)
    else:
        record("assessment.score", assessment, actor=actor, points=str(values["points"]))
    for name, value in values.items():
        setattr(assessment, name, value)
    assessment.version += 1
    return assessment


def refused_inputs(scheme, inputs):
    """``{item code: Refused}`` of inputs that give no points."""
    found = {}
    for item in scheme.items if scheme else ():
        given = inputs.get(item.code)
        if given is None:
            continue
        try:
            points_of(item, given)
        except Refused as problem:
            found[item.code] = problem
    return found
