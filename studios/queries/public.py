"""What citizens see: named studios and nothing that is a person's own beyond the leader's name."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.ui.paging import asked, page_of
from studios.choices import EndReason, PatentStatus, Tier
from studios.models import Achievement, Industry, Leader, Member, Naming, NamingLevel, Studio, Union

HIGHEST_FIRST = ("-top_tier", "-pk")
ON_THE_FRONT = 9
RESULTS_SHOWN = 40
FIGURES_KEPT = 60  # seconds
ABOUT_A_PERSON = frozenset({EndReason.LEADER_DISCIPLINE, EndReason.LEADER_GONE})
COVERS = {  # section of GB/T 4754 -> drawing
    "A": "corn",
    "D": "wind",
    "E": "grid",
    "G": "rail",
    "I": "grid",
    "M": "gear",
    "P": "med",
    "Q": "med",
}


def figures():
    """The four numbers of the front page, at most a minute old."""
    return cache.get_or_set("public.figures", count_figures, FIGURES_KEPT)


def count_figures():
    """Named studios, their results, their granted patents, their units: one query."""
    public = Studio.objects.public()
    results = Achievement.objects.filter(removed_at=None, studio__top_tier__gte=Tier.COUNTY)
    granted = Q(kind__is_patent=True, patent_status=PatentStatus.GRANTED)
    counted = results.aggregate(results=Count("pk"), patents=Count("pk", filter=granted))
    studios = public.aggregate(studios=Count("pk"), units=Count("union", distinct=True))
    return {**studios, **counted}


def industries():
    """Industries that have a public studio, as (code, row); at most a minute old."""
    return cache.get_or_set("public.industries", read_industries, FIGURES_KEPT)


def read_industries():
    """The industries of public studios, in their order."""
    return list(
        Industry.objects.filter(pk__in=Studio.objects.public().values("union__unit__industry")).order_by(
            "order", "code"
        )
    )


@dataclass
class Filters:
    """What the address of the public list asks for."""

    text: str = ""
    industry: str = ""
    county: int = 0
    tier: int = 0

    @classmethod
    def of(cls, request):
        """From ``?q=``, ``?industry=``, ``?county=`` and ``?tier=``."""

        def number(name):
            text = asked(request, name)
            return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

        return cls(
            text=asked(request, "q"),
            industry=asked(request, "industry", 2),
            county=number("county"),
            tier=number("tier"),
        )

    def on(self, studios):
        """The studios that match."""
        if self.text:
            text = self.text
            studios = studios.filter(
                Q(short_name__icontains=text)
                | Q(official_name__icontains=text)
                | Q(leader_name__icontains=text)
                | Q(union__unit__name__icontains=text)
            )
        if self.industry:
            studios = studios.filter(union__unit__industry__code=self.industry)
        if self.county:
            studios = studios.filter(county=self.county)
        if self.tier:
            studios = studios.filter(top_tier=self.tier)
        return studios


def number_of(model, *conditions, **lookups):
    """How many rows of ``model`` a studio has."""
    rows = model.objects.filter(*conditions, studio=OuterRef("pk"), **lookups).order_by()
    counted = rows.values("studio").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def with_numbers(studios):
    """Studios with what their card shows; the leader counts as one of the team."""
    today = timezone.localdate()
    in_force = Q(until=None) | Q(until__gte=today)
    return studios.select_related("union__unit__industry", "union__parent", "county").annotate(
        results=number_of(Achievement, removed_at=None),
        granted=number_of(
            Achievement, removed_at=None, kind__is_patent=True, patent_status=PatentStatus.GRANTED
        ),
        team=number_of(Member, in_force, since__lte=today) + number_of(Leader, in_force, since__lte=today),
    )


def cards_of(studios):
    """What the card component takes; one query for the names of the levels."""
    levels = {level.tier: level for level in NamingLevel.objects.all()}
    return [card_of(studio, levels.get(studio.top_tier)) for studio in studios]


def card_of(studio, level):
    """One card of public data."""
    unit = studio.union.unit
    return {
        "pk": studio.pk,
        "name": studio.short_name,
        "unit_name": unit.name,
        "place": (studio.county or studio.union.parent).short_name,
        "industry": unit.industry.label if unit.industry else "",
        "level_name": level.label if level else "",
        "cover": COVERS.get(unit.industry.code if unit.industry else "", "gear"),
        "achievements": studio.results,
        "patents": studio.granted,
        "members": studio.team,
    }


def front_cards(industry=""):
    """The cards of the front page: the highest titles first, then the newest studios."""
    studios = Filters(industry=industry).on(Studio.objects.public())
    return cards_of(with_numbers(studios).order_by(*HIGHEST_FIRST)[:ON_THE_FRONT])


def studio_page(request, filters):
    """A page of the public list, its ``rows`` being cards."""
    studios = filters.on(Studio.objects.public())
    page = page_of(request, with_numbers(studios), keys=HIGHEST_FIRST, size=12)
    page.rows = cards_of(page.rows)
    return page


def counties():
    """The unions to filter by: those of the county tier that are open."""
    return Union.objects.open().by_tier(Tier.COUNTY).only("pk", "name", "name_en", "short_name")


def titles_of(studio):
    """The live titles of county level and above with their documents; not one that ends today."""
    return (
        Naming.objects.filter(studio=studio, level__tier__gte=Tier.COUNTY)
        .on()
        .exclude(until=timezone.localdate())
        .select_related("level", "granted_by", "document")
        .order_by("-level__tier")
    )


def ended_titles_of(studio):
    """Titles of county level and above that have ended or end today, newest first, with ``reason``.

    A title that gave way to another one of its level is no loss and is not named.
    """
    rows = (
        Naming.objects.filter(studio=studio, level__tier__gte=Tier.COUNTY, until__lte=timezone.localdate())
        .exclude(end_reason=EndReason.SUPERSEDED)
        .select_related("level", "granted_by", "document")
        .order_by("-until", "-pk")
    )
    found = list(rows)
    for naming in found:
        naming.reason = reason_shown(naming)
    return found


def reason_shown(naming):
    """Why a title ended, in words for everybody: what concerns a person is not said."""
    if naming.end_reason in ABOUT_A_PERSON:
        return _("other reasons")
    return "" if naming.end_reason == EndReason.UNSTATED else naming.get_end_reason_display()


def once_public():
    """Studios that held a title of a county or above which has ended."""
    held = Naming.objects.filter(
        studio=OuterRef("pk"), level__tier__gte=Tier.COUNTY, until__lte=timezone.localdate()
    )
    return Studio.objects.filter(Exists(held))


def results_of(studio):
    """The newest results by title, kind and time: no authors, no money."""
    return (
        Achievement.objects.filter(studio=studio, removed_at=None)
        .select_related("kind")
        .only("title", "completed_on", "patent_status", "kind", "studio")
        .order_by("-completed_on", "-pk")[:RESULTS_SHOWN]
    )


def figure_rows():
    """Label, value and unit of the four numbers."""
    found = figures()
    rows = [
        (pgettext("figure", "Named studios"), "studios", pgettext("figure", "studios")),
        (_("Innovation results"), "results", pgettext("figure", "results")),
        (_("Granted patents"), "patents", pgettext("figure", "patents")),
        (_("Units taking part"), "units", pgettext("figure", "units")),
    ]
    return [{"label": label, "value": found[name], "unit": unit} for label, name, unit in rows]
