"""The panel about what follows a studio's titles: years assessed, cases, changes, subsidies.

All of it comes along with the studio's live titles (``studio_panels.titles_of``): no query of its own.
"""

from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from reviews.choices import (
    REVOCATION_CLOSED,
    AssessmentState,
    ChangeKind,
    ChangeState,
    Grade,
    RevocationState,
    SubsidyState,
)
from reviews.models import Assessment, ChangeRequest, Revocation, Subsidy
from reviews.models.revocation import CAUSES
from studios.permissions import (
    CHANGE_STUDIO,
    REVIEW_APPLICATION,
    VIEW_APPLICATION,
    holds_anywhere,
)

MOST = 4  # of each; the lists have them all
GRADE_LOOKS = {Grade.EXCELLENT: "gold", Grade.PASS: "ok", Grade.FAIL: "bad"}


def life_columns(studio_id):
    """Annotations for the live titles of one studio, beside ``queries_watch.clock_columns``."""
    cases = Revocation.objects.filter(naming__studio=studio_id).exclude(state__in=REVOCATION_CLOSED)
    changes = ChangeRequest.objects.filter(studio=studio_id, state=ChangeState.IN_REVIEW)
    years = Assessment.objects.filter(studio=studio_id).order_by("-year")
    money = Subsidy.objects.filter(naming__studio=studio_id).exclude(state=SubsidyState.REFUSED)
    return {
        "life_cases": _rows(cases.order_by("-pk"), state="state", cause="cause"),
        "life_changes": _rows(changes.order_by("-pk"), kind="kind"),
        "life_years": _rows(years, year="year", state="state", grade="grade"),
        "life_money": _rows(
            money.order_by("-pk"), year=F("scheme__year"), state="state", amount="amount", paid="paid"
        ),
    }


def _rows(queryset, **columns):
    return ArraySubquery(queryset.annotate(row=JSONObject(pk="pk", **columns)).values("row")[:MOST])


def life_panel(titles):
    """The panel's builder; ``titles(studio)`` gives the annotated live titles."""

    def build(request, studio):
        known = titles(studio)
        if not known or not request.user.has_perm(VIEW_APPLICATION, studio):
            return None
        first, inside = known[0], request.user.has_perm(CHANGE_STUDIO, studio)
        lines = [*_cases(first.life_cases, inside), *_changes(first.life_changes)]
        lines += [*_years(first.life_years), *_money(first.life_money, inside)]
        return "reviews/_studio_life.html", {"lines": lines, "doors": _doors(request.user, studio)}

    return build


def _line(title, state, look, url_name, pk):
    return {"title": title, "state": state, "look": look, "url": reverse(url_name, args=[pk])}


def _cases(rows, inside):
    """What an office only prepares is not yet before the unit."""
    for row in rows:
        if inside and row["state"] == RevocationState.OPEN:
            continue
        title = _("Case about the title: %(cause)s") % {"cause": dict(CAUSES)[row["cause"]]}
        yield _line(title, RevocationState(row["state"]).label, "warn", "revocation_detail", row["pk"])


def _changes(rows):
    for row in rows:
        title = str(ChangeKind(row["kind"]).label)
        yield _line(title, ChangeState.IN_REVIEW.label, "info", "change_detail", row["pk"])


def _years(rows):
    for row in rows:
        grade = row["grade"]
        state = Grade(grade).label if grade else AssessmentState(row["state"]).label
        look = GRADE_LOOKS.get(grade, "info")
        title = _("Yearly assessment of %(year)s") % {"year": row["year"]}
        yield _line(title, state, look, "assessment_detail", row["pk"])


def _money(rows, inside):
    """The same of what is only proposed."""
    for row in rows:
        if inside and row["state"] == SubsidyState.PROPOSED:
            continue
        title = _("Subsidy %(year)s: %(amount)s yuan") % {
            "year": row["year"],
            "amount": f"{float(row['amount']):,.2f}",
        }
        yield _line(title, SubsidyState(row["state"]).label, "neutral", "subsidy_detail", row["pk"])


def _doors(user, studio):
    """(address, words) of what the person may begin from here."""
    doors = []
    if user.has_perm(CHANGE_STUDIO, studio):
        doors.append((reverse("change_choose", args=[studio.pk]), _("Ask for a change")))
    if holds_anywhere(user, REVIEW_APPLICATION):
        doors.append(
            (f"{reverse('case_new')}?{urlencode({'q': studio.short_name})}", _("Open a case about a title"))
        )
    return doors
