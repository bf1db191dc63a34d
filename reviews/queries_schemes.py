"""What the pages of schemes and years touch, and a scheme in the form that ``reviews.scoring`` reads."""

from django.db.models import Count

from portal.ui.paging import page_of
from reviews.models import AssessmentScheme, AssessmentYear
from reviews.scoring.engine import Scheme

ITEM_COLUMNS = (
    "id",
    "order",
    "code",
    "group",
    "group_en",
    "title",
    "title_en",
    "rule",
    "points",
    "params",
    "evidence",
    "is_gate",
)


def as_plain(scheme):
    """The dict of a scheme with its items in order: one query, none with the items prefetched."""
    return {
        "code": scheme.code,
        "version": scheme.version,
        "title": scheme.title,
        "title_en": scheme.title_en,
        "pass_mark": scheme.pass_mark,
        "excellent_mark": scheme.excellent_mark,
        "items": [{name: getattr(item, name) for name in ITEM_COLUMNS} for item in scheme.items.all()],
    }


def scheme_of(scheme):
    """The ``reviews.scoring`` scheme of a row of the table."""
    return Scheme.of(as_plain(scheme))


def schemes_seen_by(user):
    """The schemes that ``user`` may open, with what list and page show of them."""
    return AssessmentScheme.objects.visible_to(user).select_related("union", "drafted_by", "published_by")


def scheme_page(request):
    """A page of the list, the newest version of each scheme first."""
    rows = schemes_seen_by(request.user).annotate(item_count=Count("items"))
    return page_of(request, rows, keys=("code", "-version", "pk"))


def years_seen_by(user):
    """The years that ``user`` may open."""
    return AssessmentYear.objects.visible_to(user).select_related("union", "scheme", "set_by")


def year_page(request):
    """A page of the list, the newest year first."""
    return page_of(request, years_seen_by(request.user), keys=("-year", "pk"))


def published_at(union_id):
    """The published schemes of a union, the newest first: what a year may use."""
    return AssessmentScheme.objects.filter(union=union_id, published_at__isnull=False).order_by(
        "code", "-version"
    )
