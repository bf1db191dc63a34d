"""Annulling a whole decision: the list, the proposal, the page that a second person signs."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.middleware import typed_text
from portal.accounts.services import AlreadyDone, once
from portal.ui.paging import page_of
from reviews.cases import Case
from reviews.choices import AnnulmentAction, AnnulmentState
from reviews.forms_cases import AnnulmentForm, ProposeAnnulmentForm
from reviews.offering import new_form_key
from reviews.queries_cases import NEWEST_FIRST, annulment_rows, documents_in_reach, live_titles_of
from reviews.services.annulments import propose_annulment, sentence_above
from reviews.services.telling_cases import tell_to_sign
from reviews.views.applications import first_values, number
from reviews.views.case_acts import act_on_case, show_case
from reviews.views.offices import demand_office
from reviews.workflow.guards import remember
from reviews.workflow.revoking import ANNULMENTS
from studios.choices import Tier
from studios.models import Naming
from studios.permissions import REVIEW_APPLICATION, holds_anywhere
from studios.services.people import NotPossible

A, S = AnnulmentAction, AnnulmentState
LOOKS = {S.PROPOSED: ("warn", "users"), S.ANNULLED: ("bad", "x-circle"), S.DROPPED: ("ok", "check")}
SHOWN_TITLES = 200


class AnnulmentCase(Case):
    """An annulment before one person."""

    process = ANNULMENTS
    form_class = AnnulmentForm
    template = "revocations/annulment_detail.html"
    url_name = "annulment_detail"
    act_url_name = "annulment_act"
    looks = LOOKS
    hints = {
        A.ANNUL: later(
            "Every title below ends with the document; all units are told and papers called back."
        ),
        A.DROP: later("The decision stands; no title ends."),
    }
    action_looks = {A.ANNUL: ("bad", "x"), A.DROP: ("ok", "check")}

    def __init__(self, subject, user):
        known = {"live": subject.has_live}
        remember(subject, known if subject.has_above else {**known, "above": ""})
        super().__init__(subject, user)

    @classmethod
    def rows(cls, user):
        """The annulments that ``user`` may open."""
        live = Naming.objects.filter(document=OuterRef("annulled"), until=None)
        above = Naming.objects.filter(basis__document=OuterRef("annulled"), until=None)
        rows = annulment_rows(user).select_related("proposed_by", "decided_by")
        return rows.annotate(has_live=Exists(live), has_above=Exists(above))

    def document_union(self):
        """The union that issued the decision; read with the case."""
        return self.subject.union

    def tiers_within(self):
        """Nothing here is inner to a union."""
        return Tier.NATION

    @property
    def entries(self):
        """The steps, with the proposal at the beginning."""
        annulment = self.subject
        proposed = {
            "title": _("annulment of a decision proposed"),
            "at": timezone.localtime(annulment.proposed_at),
            "who": f"{annulment.proposed_by.name} · {annulment.union.name}",
            "kind": "neutral",
            "icon": "users",
            "text": "",  # the grounds stand above
        }
        return [*super().entries, proposed]

    def page(self):
        """The titles that end, or that have ended."""
        if self.subject.state == S.ANNULLED:
            ended = self.subject.returns.order_by().values("naming")
            titles = Naming.objects.filter(pk__in=ended).select_related(
                "studio__union__unit", "level", "county"
            )
            titles = titles.order_by("studio", "pk")
        else:
            titles = live_titles_of(self.subject.annulled_id)
        found = list(titles[: SHOWN_TITLES + 1])
        return {"titles": found[:SHOWN_TITLES], "capped": len(found) > SHOWN_TITLES, "shown": SHOWN_TITLES}


@require_GET
@login_required
def annulment_list(request):
    """The annulments that the person may open, newest first."""
    demand_office(request.user)
    page = page_of(request, annulment_rows(request.user), keys=NEWEST_FIRST)
    for row in page.rows:
        row.kind, row.icon = LOOKS[row.state]
    may_propose = holds_anywhere(request.user, REVIEW_APPLICATION)
    return render(request, "revocations/annulment_list.html", {"page": page, "may_propose": may_propose})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def annulment_new(request):
    """Choose a decision, see whose titles would end, propose it."""
    if not holds_anywhere(request.user, REVIEW_APPLICATION):
        raise PermissionDenied
    given = request.POST if request.method == "POST" else request.GET
    documents = documents_in_reach(request.user)
    if not given.get("document"):
        page = page_of(request, documents, keys=("-issued_on", "-pk"))
        return render(request, "revocations/annulment_choose.html", {"page": page})
    document = get_object_or_404(documents, pk=number(given["document"]))
    form = ProposeAnnulmentForm(request.POST or None)
    if request.method != "POST":
        kept = typed_text(request)
        form = ProposeAnnulmentForm(initial=first_values(kept) if kept else {})
        return show_new(request, document, form)
    if not form.is_valid():
        return show_new(request, document, form, status=422)
    try:
        with once(request.POST.get("form_key"), user=request.user) as receipt:
            annulment = propose_annulment(document, form.cleaned_data["grounds"], actor=request.user)
            tell_to_sign(annulment)
            receipt.led_to = reverse("annulment_detail", args=[annulment.pk])
    except AlreadyDone as earlier:
        return redirect(earlier.led_to or "annulment_list")
    except NotPossible as problem:
        return show_new(request, document, form, problem=str(problem), status=409)
    messages.success(request, _("Proposed. A second person of your union decides."))
    return redirect(receipt.led_to)


def show_new(request, document, form, *, problem="", status=200):
    """The form with the titles that would end."""
    titles = list(live_titles_of(document)[: SHOWN_TITLES + 1])
    context = {
        "document": document,
        "form": form,
        "problem": problem,
        "above": sentence_above(document),
        "titles": titles[:SHOWN_TITLES],
        "capped": len(titles) > SHOWN_TITLES,
        "shown": SHOWN_TITLES,
        "form_key": new_form_key(),
    }
    return render(request, "revocations/annulment_new.html", context, status=status)


@require_GET
@login_required
def annulment_detail(request, pk):
    """What is annulled, why, and whose titles end with it."""
    return show_case(request, AnnulmentCase, pk)


@require_POST
@login_required
def annulment_act(request, pk):
    """The second person's yes or no."""
    return act_on_case(request, AnnulmentCase, pk)
