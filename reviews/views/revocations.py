"""Cases of titles: the list, opening one, the one page that everybody concerned reads, the printed notice."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.middleware import typed_text
from portal.accounts.services import AlreadyDone, once
from portal.files.refusals import Refused
from portal.ui.paging import asked, page_of
from reviews import evidence_words as words
from reviews.cases import Case
from reviews.choices import RevocationAction, RevocationState
from reviews.forms_cases import CaseFilterForm, OpenCaseForm, RevocationForm
from reviews.models import Assessment, DormancyFlag
from reviews.offering import new_form_key
from reviews.queries_cases import (
    NEWEST_FIRST,
    Filters,
    candidates,
    case_rows,
    counties_of,
    evidence_of,
    for_detail,
    standing_of,
    terms_on,
    titles_in_reach,
)
from reviews.rules.procedure import BY_THE_CLOCK
from reviews.services.cases import attach, open_case, sentence_in_time
from reviews.views.applications import first_values, number
from reviews.views.case_acts import act_on_case, case_of, show_case
from reviews.workflow.guards import looked_up, remember
from reviews.workflow.revoking import REVOCATIONS
from studios.choices import EndReason, Tier
from studios.permissions import (
    REVIEW_APPLICATION,
    SCOPE_COLUMN,
    VIEW_APPLICATION,
    holds_anywhere,
    unions_where,
)
from studios.services.people import NotPossible
from studios.services.sections import Closed
from studios.views.shown import file_shown

A, S = RevocationAction, RevocationState
STATE_LOOKS = {
    S.OPEN: ("neutral", "edit"),
    S.RECTIFYING: ("warn", "clock"),
    S.ANSWERED: ("info", "eye"),
    S.CHECKED: ("info", "scale"),
    S.PROPOSED: ("warn", "users"),
    S.REVOKED: ("bad", "x-circle"),
    S.DROPPED: ("ok", "check"),
    S.STOPPED: ("ok", "check-circle"),
}


class RevocationCase(Case):
    """A case about one title before one person."""

    process = REVOCATIONS
    form_class = RevocationForm
    template = "revocations/revocation_detail.html"
    url_name = "revocation_detail"
    act_url_name = "revocation_act"
    looks = STATE_LOOKS
    hints = {
        A.SERVE: later("The unit reads your text with the evidence and has time until the day below."),
        A.ANSWER: later("It goes to the union above you, which checks it. The title stays meanwhile."),
        A.CHECK: later("What you found goes to the union that decides."),
        A.EXTEND: later("The unit has time again, until the day below."),
        A.PROPOSE: later("A second person of your union signs; only then the title ends."),
        A.REVOKE: later("The title ends with the document below; plaque and papers are called back."),
        A.SEND_BACK: later("The reviewer looks at it again; your reason goes with it."),
        A.KEEP: later("The case is closed and the title stays; the unit reads your reason."),
        A.DISCARD: later("The case is closed without a decision; the title stays."),
    }
    action_looks = {
        A.SERVE: ("warn", "mail"),
        A.ANSWER: ("now", "edit"),
        A.LAPSE: ("warn", "clock"),
        A.CHECK: ("neutral", "eye"),
        A.EXTEND: ("neutral", "clock"),
        A.PROPOSE: ("now", "users"),
        A.REVOKE: ("bad", "x"),
        A.SEND_BACK: ("warn", "back"),
        A.KEEP: ("ok", "check"),
        A.DISCARD: ("ok", "check"),
        A.STOP: ("ok", "check"),
    }

    def __init__(self, subject, user):
        known = {"naming": subject.naming, ("ties", user.pk): subject.is_tied}
        remember(subject, known if subject.has_above else {**known, "above": []})
        super().__init__(subject, user)

    @classmethod
    def rows(cls, user):
        """The cases that ``user`` may open."""
        return for_detail(user)

    def document_union(self):
        """The union that decides; read with the case."""
        return {Tier.COUNTY: self.subject.county, Tier.CITY: self.subject.city}[self.subject.tier]

    def initial(self):
        """The usual last day is filled in."""
        found = super().initial()
        if any("mend_until" in choice.asks for choice in self.open_choices):
            found["mend_until"] = terms_on().last_day(self.subject.cause, timezone.localdate())
        return found

    def page(self):
        """Facts, frozen evidence, files, what is to come back."""
        case = self.subject
        files = case.files.select_related("evidence") if case.has_files else []
        return {
            "naming": case.naming,
            "title_rows": words.title_rows(case.evidence),
            "clock_rows": words.clock_rows(case.evidence),
            "results": case.evidence.get("clock", {}).get("results", []),
            "assessment_rows": words.assessment_rows(case.evidence),
            "evidence_on": words.day(case.evidence["on"]),
            "files": [file_shown(row.evidence, changeable=False) for row in files],
            "returns": list(case.returns.all()) if case.state == S.REVOKED else [],
            "above": self.above(),
            "fresh": self.fresh(),
        }

    @property
    def entries(self):
        """The steps, with the opening at the beginning."""
        case = self.subject
        opened = {
            "title": _("case of a title opened"),
            "at": timezone.localtime(case.opened_at),
            "who": f"{case.opened_by.name} · {self.document_union().name}",
            "kind": "neutral",
            "icon": "flag",
            "text": "",  # the grounds stand above
        }
        return [*super().entries, opened]

    def above(self):
        """Higher titles that stand in the way, with ``may_open``: whether the reader opens their cases."""
        found = looked_up(self.subject, "above", list) if self.choices else []
        own = unions_where(self.user, REVIEW_APPLICATION)
        for title in found:
            tier = title.level.tier
            title.may_open = (tier, getattr(title, SCOPE_COLUMN.get(tier, ""), None)) in own
        return found

    def fresh(self):
        """The sentence of a result that now speaks against the case, for whoever reads an open one."""
        case = self.subject
        if not case.is_open or case.cause not in BY_THE_CLOCK:
            return ""
        standing = looked_up(case, "standing", lambda: standing_of(case.naming, case.cause))
        return sentence_in_time(standing) if standing is not None and not standing.is_over else ""


def demand_reader(user):
    """403 for people whose role has nothing to do with cases."""
    if not (user.is_superuser or holds_anywhere(user, VIEW_APPLICATION)):
        raise PermissionDenied


@require_GET
@login_required
def case_list(request):
    """The cases that the person may open, newest first."""
    demand_reader(request.user)
    form = CaseFilterForm(request.GET, counties=counties_of(request.user))
    data = form.cleaned_data if form.is_valid() else {}
    filters = Filters(
        state=data.get("state", ""),
        cause=data.get("cause", ""),
        county=data.get("county") or 0,
        overdue=bool(data.get("overdue")),
        text=data.get("q", ""),
    )
    page = page_of(request, filters.on(case_rows(request.user)), keys=NEWEST_FIRST)
    today = timezone.localdate()
    for row in page.rows:
        row.kind, row.icon = STATE_LOOKS[row.state]
        waits = row.state in (S.RECTIFYING, S.ANSWERED)
        row.is_late = waits and row.mend_until is not None and row.mend_until < today
    return render(
        request,
        "revocations/case_list.html",
        {
            "page": page,
            "filters": form,
            "in_use": filters.in_use,
            "may_open": holds_anywhere(request.user, REVIEW_APPLICATION),
            "of_office": holds_anywhere(request.user, REVIEW_APPLICATION) or request.user.is_superuser,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def case_new(request):
    """Choose a title (from a flag, a failed assessment, or by name), see the evidence, open the case."""
    if not holds_anywhere(request.user, REVIEW_APPLICATION):
        raise PermissionDenied
    given = request.POST if request.method == "POST" else request.GET
    if not given.get("naming"):
        text = asked(request, "q")
        return render(
            request, "revocations/case_choose.html", {"rows": candidates(request.user, text), "q": text}
        )
    naming = get_object_or_404(titles_in_reach(request.user), pk=number(given["naming"]))
    flag, assessment = origin_of(naming, given)
    if request.method == "POST":
        return open_from(request, naming, flag, assessment)
    kept = typed_text(request)
    form = OpenCaseForm(initial=first_values(kept) if kept else suggested(flag, assessment))
    return show_new(request, naming, flag, assessment, form)


def origin_of(naming, given):
    """The flag and the assessment that the address names, of this studio; 404 for others."""
    flag = assessment = None
    if given.get("flag"):
        flag = get_object_or_404(DormancyFlag, pk=number(given["flag"]), studio=naming.studio_id)
    if given.get("assessment"):
        assessment = get_object_or_404(Assessment, pk=number(given["assessment"]), studio=naming.studio_id)
    return flag, assessment


def suggested(flag, assessment):
    """The cause that the way here suggests."""
    if flag is not None:
        return {"cause": EndReason.NO_RESULT_3Y}
    return {"cause": EndReason.FAILED_ASSESSMENT} if assessment is not None else {}


def show_new(request, naming, flag, assessment, form, *, problem="", status=200):
    """The form with what would be frozen with the case."""
    evidence = evidence_of(naming, EndReason.NO_RESULT_3Y, flag=flag, assessment=assessment)
    return render(
        request,
        "revocations/case_new.html",
        {
            "naming": naming,
            "flag": flag,
            "assessment": assessment,
            "form": form,
            "problem": problem,
            "title_rows": words.title_rows(evidence),
            "clock_rows": words.clock_rows(evidence),
            "assessment_rows": words.assessment_rows(evidence),
            "form_key": new_form_key(),
        },
        status=status,
    )


def open_from(request, naming, flag, assessment):
    """Open the case once; refused: the form again with the sentence."""
    form = OpenCaseForm(request.POST)
    if not form.is_valid():
        return show_new(request, naming, flag, assessment, form, status=422)
    try:
        with once(request.POST.get("form_key"), user=request.user) as receipt:
            case = open_case(
                naming,
                form.cleaned_data["cause"],
                form.cleaned_data["grounds"],
                actor=request.user,
                flag=flag,
                assessment=assessment,
            )
            receipt.led_to = reverse("revocation_detail", args=[case.pk])
    except AlreadyDone as earlier:
        return redirect(earlier.led_to or "case_list")
    except NotPossible as problem:
        return show_new(request, naming, flag, assessment, form, problem=str(problem), status=409)
    messages.success(request, _("The case is open. Nothing has been sent to the unit yet."))
    return redirect(receipt.led_to)


@require_GET
@login_required
def revocation_detail(request, pk):
    """Read it, answer it, check it, decide it: whatever the reader's role offers now."""
    return show_case(request, RevocationCase, pk)


@require_POST
@login_required
def revocation_act(request, pk):
    """Take the step that the form names; files that come with an answer are taken in first.

    An answer whose proof was refused waits: after it the unit can send no other file.
    """
    if request.POST.get("action") != A.ANSWER or not (problems := take_files(request, pk)):
        return act_on_case(request, RevocationCase, pk)
    case = case_of(RevocationCase, request, pk)
    form = case.make_form(request.POST)
    form.is_valid()
    return render(request, case.template, case.context(form, problem=" ".join(problems)), status=422)


def take_files(request, pk):
    """Keep what was sent with an answer, whatever becomes of the rest; the sentences of what was refused."""
    uploads, problems = request.FILES.getlist("files"), []
    case = case_of(RevocationCase, request, pk) if uploads else None
    if case is None or A.ANSWER not in [choice.action for choice in case.open_choices]:
        return problems
    for upload in uploads:
        try:
            attach(case.subject, upload, actor=request.user)
        except (Refused, NotPossible, Closed) as problem:
            values = {"name": upload.name, "problem": problem}
            problems.append(_("“%(name)s” was not taken: %(problem)s") % values)
    return problems


@require_GET
@login_required
def revocation_notice(request, pk):
    """The notice as a sheet of paper; 404 until it was served."""
    case = get_object_or_404(case_rows(request.user).exclude(served_at=None), pk=pk)
    served = case.decisions.filter(action=A.SERVE).select_related("union").order_by("pk").first()
    if served is None:
        raise Http404
    context = {
        "case": case,
        "naming": case.naming,
        "served": served,
        "by_the_clock": case.cause in BY_THE_CLOCK,
        "title_rows": words.title_rows(case.evidence),
        "facts": words.clock_rows(case.evidence) + words.assessment_rows(case.evidence),
    }
    return render(request, "revocations/notice.html", context)
