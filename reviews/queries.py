"""One function a page: everything its template touches, in a number of queries that rows do not change."""

from datetime import date, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone
from django.utils.translation import get_language

from portal.accounts.models import User
from portal.ui.paging import COUNT_CAP
from reviews.choices import CLOSED, AccessState, Action, State
from reviews.models import AccessRequest, Application, Decision, Dossier, Finding, Judgement, Remark
from studios.choices import Tier
from studios.models import Evidence, Industry, NamingLevel, Union
from studios.permissions import (
    APPROVE_APPLICATION,
    CONFIRM_APPLICATION,
    DECIDE_ACCESS,
    REVIEW_APPLICATION,
    SUBMIT_APPLICATION,
    VIEW_APPLICATION,
    scope_q,
    unions_where,
)

NEAR_WORKDAYS = 3
MOST_TWINS = 200  # files that others claim too; beyond that the page need not count
DONE_DAYS = 30
NO_LAST_DAY = date(9999, 12, 31)  # sorts what is with its unit behind what is due
BY_DUE_DATE = ("due", "pk")
NEWEST_FIRST = ("-updated_at", "-pk")
SENDING_BACK = (Action.RETURN, Action.HAND_BACK)
FINISHING = (
    Action.CONFIRM,
    Action.NAME_AT_BASE,
    Action.ENDORSE,
    Action.NAME,
    Action.WAITLIST,
    Action.REJECT,
    Action.REJECT_FINAL,
)


class CappedCount(Subquery):
    """How many rows a queryset has, counted to one above the cap and no further."""

    template = "(SELECT count(*) FROM (%(subquery)s) capped)"
    output_field = IntegerField()
    empty_result_set_value = 0

    def __init__(self, queryset):
        super().__init__(queryset.order_by().values("pk")[: COUNT_CAP + 1])


def acting_unions(user):
    """Ids of the unions at which ``user`` confirms, reviews or approves."""
    perms = (CONFIRM_APPLICATION, REVIEW_APPLICATION, APPROVE_APPLICATION)
    return sorted({pk for perm in perms for _tier, pk in unions_where(user, perm)})


def waiting(user):
    """Everything that ``user`` can do something about now."""
    own = Q(state=State.PROPOSED, proposed_by=user)
    return Application.objects.waiting_for(user).exclude(own)


def mine(user):
    """Of these, what is in no colleague's hands: taken on by ``user``, or waiting for this signature."""
    taken = Q(state__in=[State.IN_REVIEW, State.WAITLISTED], reviewer=user)
    return waiting(user).filter(
        taken | Q(tier=Tier.BASE) | Q(state__in=[State.PROPOSED, State.DRAFT, State.RETURNED])
    )


def overdue(user):
    """What stands too long at a union where ``user`` acts, whoever has to act."""
    return Application.objects.at_unions_of(user).overdue().exclude(state=State.WAITLISTED)


def returned(user):
    """What is with its unit for correction: the clerk's own, or what ``user``'s union sent back."""
    sent_back = Decision.objects.filter(
        application=OuterRef("pk"), action__in=SENDING_BACK, union__in=acting_unions(user)
    )
    found = Application.objects.visible_to(user).filter(state=State.RETURNED)
    return found.filter(Q(scope_q(user, SUBMIT_APPLICATION)) | Exists(sent_back))


def done(user):
    """What ``user``'s union finished with lately; for a unit, what was closed lately."""
    since = timezone.now() - timedelta(days=DONE_DAYS)
    finished = Decision.objects.filter(
        application=OuterRef("pk"), action__in=FINISHING, union__in=acting_unions(user), at__gte=since
    )
    closed = scope_q(user, SUBMIT_APPLICATION) & Q(state__in=CLOSED, decided_at__gte=since)
    return Application.objects.visible_to(user).filter(Q(updated_at__gte=since) & (closed | Exists(finished)))


TABS = {
    "mine": (mine, BY_DUE_DATE),
    "waiting": (waiting, BY_DUE_DATE),
    "overdue": (overdue, BY_DUE_DATE),
    "returned": (returned, NEWEST_FIRST),
    "done": (done, NEWEST_FIRST),
}


def work_counts(user):
    """``waiting`` and ``access`` (requests to decide) for the badges of every page; one query a request."""
    kept = getattr(user, "_work_counts", None)
    if kept is None:
        kept = user._work_counts = counted(user, ["waiting", "access"])
    return kept


def queue_counts(user):
    """The rows of every tab and the requests to decide; one query, which serves the badges too."""
    user._work_counts = counted(user, [*TABS, "access"])
    return user._work_counts


def counted(user, names):
    """``{name: rows}``, each capped, in one query."""
    rows = {name: TABS[name][0](user) if name in TABS else access_to_decide(user) for name in names}
    columns = {f"n_{name}": CappedCount(queryset) for name, queryset in rows.items()}
    found = User.objects.filter(pk=user.pk).annotate(**columns).values_list(*columns).get()
    return dict(zip(names, found, strict=True))


def filter_words(user):
    """``{field: [(id, label)]}`` of the filters, one query; counties only for those above them."""
    cities = [pk for tier, pk in unions_where(user, VIEW_APPLICATION) if tier == Tier.CITY]
    counties = Union.objects.filter(tier=Tier.COUNTY)
    counties = counties if user.is_superuser else counties.filter(city__in=cities)
    english = (get_language() or "").startswith("en")
    tables = {
        "level": (NamingLevel.objects.all(), "name", "order"),
        "industry": (Industry.objects.all(), "name", "order"),
        "county": (counties, "short_name", "tier"),
    }
    rows = [
        queryset.order_by().values_list(
            Value(field), "pk", name, "name_en" if english and field != "county" else name, order, "code"
        )
        for field, (queryset, name, order) in tables.items()
    ]
    found = {field: [] for field in tables}
    for field, pk, name, english_name, _order, _code in sorted(
        rows[0].union(*rows[1:], all=True), key=lambda row: row[4:]
    ):
        found[field].append((pk, english_name or name))
    return found


def filtered(applications, wanted):
    """The applications that fit the cleaned data of a ``FilterForm``."""
    for field, column in (
        ("state", "state"),
        ("level", "level"),
        ("county", "county"),
        ("industry", "union__unit__industry"),
    ):
        if wanted.get(field):
            applications = applications.filter(**{column: wanted[field]})
    text = wanted.get("q", "").strip()
    if text:
        applications = applications.filter(
            Q(studio__short_name__icontains=text)
            | Q(union__unit__name__icontains=text)
            | Q(number__icontains=text)
        )
    return applications


def access_to_decide(user):
    """Pending requests for access at the unions where ``user`` decides on them."""
    unions = [pk for _tier, pk in unions_where(user, DECIDE_ACCESS)]
    return AccessRequest.objects.filter(state=AccessState.PENDING, union__in=unions)


def for_list(applications):
    """The columns of a list, in the one query of its rows."""
    related = ("studio", "union__unit", "county", "level", "reviewer", "proposed_by")
    return applications.select_related(*related).annotate(due=Coalesce("due_on", NO_LAST_DAY))


def newest_dossier():
    """``{id, version, sha256, frozen_at, canonical}`` of an application's newest dossier, or null."""
    rows = Dossier.objects.filter(application=OuterRef("pk")).order_by("-version")
    return Subquery(
        rows.values(
            row=JSONObject(
                id="pk", version="version", sha256="sha256", frozen_at="frozen_at", canonical="canonical"
            )
        )[:1]
    )


def for_detail(user):
    """The applications that ``user`` may open, with what the head of the page shows."""
    return (
        Application.objects.visible_to(user)
        .select_related(
            "studio",
            "level__requires",
            "round",
            "ruleset",
            "union__unit__industry",
            "union__unit__ownership",
            "county",
            "city",
            "province",
            "reviewer",
            "proposed_by",
            "opened_by",
            "naming__document",
        )
        .annotate(newest=newest_dossier())
        .with_ties(user)
        .with_title_below()
    )


def decisions_of(application):
    """The steps taken, newest first, each with ``remark_rows`` and ``version`` of its dossier."""
    remarks = Remark.objects.filter(decision=OuterRef("pk")).order_by("pk")
    return list(
        Decision.objects.filter(application=application)
        .select_related("union", "document")
        .annotate(
            remark_rows=ArraySubquery(remarks.values(row=JSONObject(section="section", text="text"))),
            version=F("dossier__version"),
        )
        .order_by("-pk")
    )


def findings_of(dossier_id):
    """The frozen findings in order, each with ``judgement_rows`` of all tiers."""
    judgements = Judgement.objects.filter(dossier=dossier_id, clause=OuterRef("clause")).order_by("tier")
    row = JSONObject(
        tier="tier",
        verdict="verdict",
        note="note",
        version="version",
        by="judged_by__name",
        at="judged_at",
    )
    return list(
        Finding.objects.filter(dossier=dossier_id)
        .annotate(judgement_rows=ArraySubquery(judgements.values(row=row)))
        .order_by("order", "pk")
    )


def evidence_of(dossier):
    """``(own, elsewhere)`` of the files named in a dossier, one query.

    ``own``: {id: Evidence}, those taken off the form since included. ``elsewhere``: {sha256: [Evidence of
    other studios]}, the very same file on another studio's form.
    """
    ids = {row["id"] for row in dossier["files"]}
    same = Q(sha256__in={row["sha256"] for row in dossier["files"]}, removed_at=None)
    rows = Evidence.objects.filter(Q(pk__in=ids) | (same & ~Q(studio=dossier["studio"]["id"])))
    own, elsewhere = {}, {}
    for row in rows.select_related("studio").order_by("pk")[: len(ids) + MOST_TWINS]:
        if row.pk in ids:
            own[row.pk] = row
        else:
            elsewhere.setdefault(row.sha256, []).append(row)
    return own, elsewhere


def tiers_within(user, application, perm=VIEW_APPLICATION):
    """The highest tier whose inner steps ``user`` may read; superusers read all."""
    if user.is_superuser:
        return Tier.NATION
    line = {application.union_id, application.county_id, application.city_id, application.province_id}
    held = [tier for tier, pk in unions_where(user, perm) if tier == Tier.NATION or pk in line]
    return max(held, default=0)
