"""Yearly assessments as lists: the list, confirming many, the year as a whole, the sample."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.services import AlreadyDone, once
from portal.ui.paging import page_of
from reviews import queries_years as queries
from reviews.assessment_page import GRADE_LOOKS, LOOKS
from reviews.choices import AssessmentAction as A
from reviews.choices import AssessmentState as S
from reviews.choices import Grade
from reviews.forms_years import YearFilterForm
from reviews.models import Assessment
from reviews.offering import new_form_key
from reviews.services.year_sampling import draw, may_draw
from reviews.views.schemes import sees_schemes
from reviews.workflow.assessing import TABLE, allowed_excellent
from reviews.workflow.engine import may, obstacle, perform
from reviews.workflow.guards import remember
from reviews.workflow.processes import ASSESSMENTS
from reviews.workflow.terms import TransitionNotAllowed
from studios.choices import Tier
from studios.models import AchievementKind
from studios.permissions import APPROVE_APPLICATION, VIEW_APPLICATION, holds_anywhere, unions_where

MOST_AT_ONCE = 100


@require_GET
@login_required
def assessment_list(request):
    """The assessments that the person may open, with counts per state."""
    user = request.user
    of_office = is_of_office(user)
    rows = Assessment.objects.visible_to(user)
    filters = YearFilterForm(request.GET, words=queries.filter_words(user))
    wanted = filters.cleaned_data if filters.is_valid() else {}
    others = {name: value for name, value in wanted.items() if name not in ("state", "late")}
    counts = queries.state_counts(queries.filtered(rows, others, of_office=of_office))
    found = queries.filtered(rows, wanted, of_office=of_office)
    page = page_of(request, queries.for_list(found), keys=queries.NEWEST_FIRST)
    confirms = holds_anywhere(user, APPROVE_APPLICATION)
    for row in page.rows:
        dress(row, user, of_office=of_office, confirms=confirms)
    context = {
        "page": page,
        "filters": filters,
        "of_office": of_office,
        "tabs": tabs(request, counts, wanted),
        "can_confirm": any(row.can_confirm for row in page.rows),
        "years": sorted({row.year for row in page.rows}, reverse=True) if of_office else [],
        "places": "county" in filters.fields,
        "sees_schemes": sees_schemes(user),
    }
    return render(request, "assessments/assessment_list.html", context)


def is_of_office(user):
    """Whether the person looks at assessments from above a unit."""
    return user.is_superuser or any(tier != Tier.BASE for tier, _pk in unions_where(user, VIEW_APPLICATION))


def dress(row, user, *, of_office, confirms):
    """What a row of the list shows besides its columns."""
    row.look = LOOKS[row.state]
    known = row.grade or (row.proposed_grade if of_office and row.state == S.GRADED else "")
    row.grade_look = (*GRADE_LOOKS[known], dict(Grade.choices)[known]) if known else None
    row.can_confirm = confirms and row.state == S.GRADED and may(row, TABLE[A.CONFIRM], user)
    row.is_late = is_late(row)


def is_late(row):
    """Whether its report did not come by its day."""
    if row.state != S.OPEN or row.reported_at is not None or row.campaign is None:
        return False
    return row.campaign.report_due_on < timezone.localdate()


def tabs(request, counts, wanted):
    """A card for each state, and one for those that are late, each leading to its rows."""
    kept = request.GET.copy()
    for name in ("before", "after", "state", "late"):
        kept.pop(name, None)
    cards = []
    for name, label in [*S.choices, ("late", _("Late"))]:
        query = kept.copy()
        query["late" if name == "late" else "state"] = "1" if name == "late" else name
        current = bool(wanted.get("late")) if name == "late" else wanted.get("state") == name
        kind = "warn" if name == "late" and counts[name] else "neutral"
        cards.append(
            {
                "label": label,
                "count": counts[name],
                "url": f"?{query.urlencode()}",
                "current": current,
                "kind": kind,
            }
        )
    return cards


def chosen(request):
    """The ids that were ticked, in order and no more than can be looked over at once."""
    ids = {
        int(text)
        for text in request.POST.getlist("pk")
        if text.isascii() and text.isdigit() and len(text) < 19
    }
    return sorted(ids)[:MOST_AT_ONCE]


@require_POST
@login_required
def assessment_confirm(request):
    """Many grades confirmed at once: first a verdict on each, then each through the engine."""
    if not holds_anywhere(request.user, APPROVE_APPLICATION):
        raise PermissionDenied
    ids = chosen(request)
    if not ids:
        messages.error(request, _("Tick at least one row."))
        return redirect("assessment_list")
    if request.POST.get("confirmed") != "1":
        return preview(request, ids)
    done, left = 0, []
    try:
        with once(request.POST.get("form_key"), user=request.user) as receipt:
            receipt.led_to = reverse("assessment_list")
            done, left = confirm_all(ids, request.user)
    except AlreadyDone:
        messages.info(request, _("This was already done; it was not done twice."))
        return redirect("assessment_list")
    if done:
        messages.success(
            request, ngettext("%(n)d grade confirmed.", "%(n)d grades confirmed.", done) % {"n": done}
        )
    for sentence in left:
        messages.warning(request, sentence)
    return redirect("assessment_list")


def confirm_all(ids, user):
    """Confirm each that can be; ``(how many, sentences about the others)``.

    All rows are locked first and in one order, so that two people with overlapping lists do not wait for
    each other in a circle.
    """
    visible = queries.for_detail(user).filter(pk__in=ids).order_by("pk")
    list(
        Assessment.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").values_list("pk")
    )
    done, left = 0, []
    for assessment in visible:
        problem = verdict(assessment, user)
        if not problem:
            try:
                perform(assessment.pk, A.CONFIRM, actor=user, process=ASSESSMENTS)
                done += 1
            except TransitionNotAllowed as refusal:
                problem = str(refusal)
        if problem:
            left.append(_("“%(studio)s”: %(problem)s") % {"studio": assessment.studio, "problem": problem})
    return done, left


def verdict(assessment, user):
    """Why this one cannot be confirmed together with others, or ""."""
    step = TABLE[A.CONFIRM]
    if assessment.state not in step.sources:
        return _("The state is “%(state)s”.") % {"state": assessment.get_state_display()}
    if not may(assessment, step, user):
        return _("Another office concludes it.")
    if assessment.is_sampled:
        return _("It is in the sample: open it and conclude it by itself.")
    if assessment.proposed_grade == Grade.FAIL:
        return _("It is to fail: open it and conclude it by itself.")
    remember(
        assessment,
        {("ties", user.pk): assessment.is_tied, "room": (assessment.whole, assessment.excellent)},
    )
    return obstacle(assessment, step, user)


def preview(request, ids):
    """Every ticked row with its verdict, and one button."""
    rows = list(queries.for_detail(request.user).filter(pk__in=ids).order_by("pk"))
    if not rows:
        raise Http404
    for row in rows:
        row.problem = verdict(row, request.user)
        kind, icon = GRADE_LOOKS.get(row.proposed_grade, ("neutral", "clock"))
        row.grade_look = (kind, icon, dict(Grade.choices).get(row.proposed_grade, "—"))
    context = {
        "rows": rows,
        "ready": [row for row in rows if not row.problem],
        "form_key": new_form_key(),
    }
    return render(request, "assessments/confirm_many.html", context)


@require_GET
@login_required
def assessment_year(request, year):
    """The year as a whole: how far the counties are, the late list, the grades, the results."""
    campaign = campaign_of(request, year)
    rows = Assessment.objects.visible_to(request.user).filter(campaign=campaign)
    counties = queries.by_county(rows)
    context = {
        "campaign": campaign,
        "counties": counties,
        "total": added(counties),
        "sums": [(words, name) for name, words in SUM_WORDS],
        "late": queries.late_rows(rows),
        "kinds": kinds(queries.kinds_reported(rows)),
        "may_draw": may_draw(campaign, request.user),
        "form_key": new_form_key(),
        "sees_share": is_whole_city(campaign, request.user),
    }
    context["allowed"] = allowed_excellent(campaign.excellent_percent, context["total"]["whole"])
    return render(request, "assessments/assessment_year.html", context)


SUM_WORDS = (
    ("results", later("Results")),
    ("conversions", later("Put to use")),
    ("projects", later("Projects")),
    ("activities", later("Activities")),
    ("people_trained", later("People trained")),
    ("mentorships", later("Mentorships")),
    ("apprentices_graduated", later("Graduated")),
    ("benefit_amount", later("Benefit (10,000 yuan)")),
    ("funds", later("Funds (10,000 yuan)")),
)


def campaign_of(request, year):
    """The year that the person may look at; ``?union=`` chooses where several offices set one."""
    rows = queries.campaigns_of(request.user, year)
    union = request.GET.get("union") or request.POST.get("union") or ""
    if union.isascii() and union.isdigit():
        rows = rows.filter(union=int(union[:18]))
    found = rows.first()
    if found is None:
        raise Http404
    return found


def is_whole_city(campaign, user):
    """Whether the person sees every assessment of the year, so that a share of the whole can be told."""
    if user.is_superuser:
        return True
    return any(tier >= campaign.union.tier for tier, _pk in unions_where(user, VIEW_APPLICATION))


def added(counties):
    """The sums over the counties."""
    names = [name for name in (counties[0] if counties else {}) if not name.startswith("county")]
    return {"whole": 0} | {name: sum(row[name] for row in counties) for name in names}


def kinds(found):
    """(kind in words, number); one query where there is anything."""
    if not found:
        return []
    words = {kind.code: kind.label for kind in AchievementKind.objects.filter(code__in=found)}
    return [(words.get(code, code), number) for code, number in found.items()]


@require_POST
@login_required
def assessment_sample(request, year):
    """Draw the sample among the graded ones."""
    campaign = campaign_of(request, year)
    if not may_draw(campaign, request.user):
        raise PermissionDenied
    try:
        with once(request.POST.get("form_key"), user=request.user) as receipt:
            receipt.led_to = reverse("assessment_year", args=[year])
            number = draw(campaign.pk, actor=request.user)
    except AlreadyDone:
        messages.info(request, _("This was already done; it was not done twice."))
        return redirect("assessment_year", year)
    if number:
        messages.success(
            request,
            ngettext("%(n)d drawn into the sample.", "%(n)d drawn into the sample.", number) % {"n": number},
        )
    else:
        messages.info(
            request, _("There is nothing to draw from: no county has graded ones without a sample.")
        )
    return redirect("assessment_year", year)
