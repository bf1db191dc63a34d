"""One function a page of money: lists, sums, and the titles that a scheme may go to."""

from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from reviews.choices import SubsidyState
from reviews.models import Budget, Expense, Instalment, Payment, Repayment, Subsidy, SubsidyScheme
from studios.choices import EndReason, Tier
from studios.models import Appointment, Leader, Member, Naming, Union
from studios.permissions import SCOPE_COLUMN, VIEW_ACCESS, VIEW_APPLICATION, scope_q, unions_where

NEWEST_FIRST = ("-pk",)
UNGRANTED = (SubsidyState.PROPOSED, SubsidyState.REFUSED)
FOR_THESE = (EndReason.FRAUD, EndReason.FUND_MISUSE)  # a title lost for them brings a demand
ZERO = Decimal(0)


def shown_to(user):
    """The subsidies that ``user`` may open. A proposal is the offices' affair until it is granted."""
    rows = Subsidy.objects.visible_to(user)
    if user.is_superuser:
        return rows
    return rows.exclude(Q(state__in=UNGRANTED) & ~scope_q(user, VIEW_ACCESS))


def for_detail(user):
    """With what the page of one subsidy reads."""
    return shown_to(user).select_related(
        "naming__studio",
        "naming__level",
        "naming__granted_by",
        "scheme__union",
        "budget",
        "union__unit",
        "county",
        "proposed_by",
        "decided_by",
        "document",
        "revocation",
    )


def for_list(rows):
    """With what a row of the list shows."""
    return rows.select_related("naming__studio", "naming__level", "scheme", "union__unit", "county")


def filtered(rows, year=None, state="", county=None, q=""):
    """The rows that fit the filters."""
    if year:
        rows = rows.filter(scheme__year=year)
    if state == "to_recover":
        rows = to_demand_back(rows)
    elif state:
        rows = rows.filter(state=state)
    if county:
        rows = rows.filter(county=county)
    if q:
        rows = rows.filter(Q(naming__studio__short_name__icontains=q) | Q(union__unit__name__icontains=q))
    return rows


def to_demand_back(rows):
    """Of these, what was paid for a title revoked for fraud or misuse and not demanded back yet."""
    states = [SubsidyState.GRANTED, SubsidyState.REPORTED, SubsidyState.SETTLED]
    return rows.filter(revocation__isnull=False, state__in=states, paid__gt=F("paid_back"))


def sums_by_county(rows):
    """Granted, paid, accounted for, settled and paid back by county: rows of a statistic, one query."""
    granted = ~Q(state__in=UNGRANTED)
    settled = Q(state=SubsidyState.SETTLED)
    found = rows.order_by().values("county", "county__short_name", "county__code")
    return list(
        found.annotate(
            granted=Coalesce(Sum("amount", filter=granted), ZERO),
            paid_sum=Coalesce(Sum("paid"), ZERO),
            spent_sum=Coalesce(Sum("spent"), ZERO),
            settled=Coalesce(Sum("paid", filter=settled), ZERO),
            back=Coalesce(Sum("paid_back"), ZERO),
        ).order_by("county__code")
    )


def added_up(rows):
    """The last line of ``sums_by_county``."""
    columns = ("granted", "paid_sum", "spent_sum", "settled", "back")
    return {name: sum((row[name] for row in rows), ZERO) for name in columns}


def counties_below(user):
    """``(id, short name)`` of the counties that somebody above counties looks at; none for others."""
    cities = [pk for tier, pk in unions_where(user, VIEW_APPLICATION) if tier == Tier.CITY]
    if not cities and not user.is_superuser:
        return []
    rows = Union.objects.filter(tier=Tier.COUNTY)
    rows = rows if user.is_superuser else rows.filter(city__in=cities)
    return list(rows.order_by("code").values_list("pk", "short_name"))


def own_offices(user, perm):
    """The unions above base level at which ``user`` holds ``perm``."""
    held = [pk for tier, pk in unions_where(user, perm) if tier != Tier.BASE]
    return Union.objects.filter(pk__in=held).order_by("-tier", "code") if held else Union.objects.none()


def budgets_for(user):
    """Budgets with their union and people, the newest year first."""
    return Budget.objects.visible_to(user).select_related("union", "set_by", "agreed_by", "wanted_by")


def schemes_for(user):
    """Schemes with what lists and pages read."""
    rows = SubsidyScheme.objects.visible_to(user)
    return rows.select_related("union", "level", "drafted_by", "published_by")


def instalments_of(subsidy):
    """The parts of a subsidy: dicts of instalment, amount, paid, left; shares are rounded, the last takes
    what is left over."""
    rows = list(Instalment.objects.filter(scheme=subsidy.scheme_id))
    paid = dict(
        Payment.objects.filter(subsidy=subsidy)
        .order_by()
        .values_list("instalment")
        .annotate(paid=Sum("amount"))
        .values_list("instalment", "paid")
    )
    return parts(subsidy.amount, rows, paid)


def parts(amount, instalments, paid):
    """``instalments_of`` from rows in hand; ``paid``: {instalment id: sum}."""
    found, rest = [], amount
    for position, instalment in enumerate(instalments, 1):
        is_last = position == len(instalments)
        share = rest if is_last else (amount * instalment.percent / 100).quantize(Decimal("0.01"))
        rest -= share
        done = paid.get(instalment.pk) or ZERO
        found.append({"instalment": instalment, "amount": share, "paid": done, "left": share - done})
    return found


def payments_of(subsidy):
    """The transfers and their reversals, in the order of recording."""
    rows = Payment.objects.filter(subsidy=subsidy).select_related("instalment", "recorded_by", "reversed_by")
    return list(rows)


def repayments_of(subsidy):
    """What came back."""
    return list(Repayment.objects.filter(subsidy=subsidy).select_related("recorded_by"))


def expenses_of(subsidy):
    """What it was spent on, with the invoice and whether the very same file proves something elsewhere."""
    twin = Expense.objects.filter(invoice__sha256=OuterRef("invoice__sha256"), removed_at=None).exclude(
        pk=OuterRef("pk")
    )
    rows = Expense.objects.filter(subsidy=subsidy, removed_at=None)
    return list(rows.select_related("invoice").annotate(is_twin=Exists(twin)))


def tied_unions(actor):
    """Ids of the base unions to which ``actor`` has ties: ``services.ties`` for many at once, one query."""
    held = Appointment.objects.filter(user=actor.pk, role_group__union__tier=Tier.BASE)
    leads = Leader.objects.filter(person__user=actor.pk).values_list("studio__union")
    works = Member.objects.filter(person__user=actor.pk).values_list("studio__union")
    found = held.order_by().values_list("role_group__union").union(leads.order_by(), works.order_by())
    return {pk for (pk,) in found}


def titles_for(scheme, county=None):
    """The live titles of the scheme's level in the area of its union, without a subsidy of this scheme."""
    column = SCOPE_COLUMN[scheme.union.tier]
    has = Subsidy.objects.filter(naming=OuterRef("pk"), scheme=scheme).exclude(state=SubsidyState.REFUSED)
    rows = Naming.objects.on(timezone.localdate()).filter(**{column: scheme.union_id}, level=scheme.level_id)
    if county:
        rows = rows.filter(county=county)
    rows = rows.filter(~Exists(has)).select_related("studio", "union__unit", "county", "level")
    return rows.order_by("county__code", "pk")
