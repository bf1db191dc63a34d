"""Pages for everybody: the front page, the list of named studios, one studio."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from studios.choices import Tier
from studios.models import NamingLevel, Studio
from studios.queries import public as queries


@require_GET
def home(request):
    """Figures, a few named studios, the way to a title, the way in."""
    chosen = queries.Filters.of(request).industry
    context = {
        "figures": queries.figure_rows(),
        "studios": linked(queries.front_cards(chosen)),
        "industries": queries.industries(),
        "chosen": chosen,
    }
    return render(request, "public/home.html", context)


@require_GET
def studio_public_list(request):
    """All named studios, with search and filters."""
    filters = queries.Filters.of(request)
    page = queries.studio_page(request, filters)
    linked(page.rows)
    context = {
        "page": page,
        "filters": filters,
        "industries": queries.industries(),
        "counties": queries.counties(),
        "levels": NamingLevel.objects.filter(tier__gte=Tier.COUNTY).order_by("-tier"),
    }
    return render(request, "public/studio_list.html", context)


@require_GET
def studio_public(request, pk):
    """One named studio; 404 for a studio that never held a title of a county or above."""
    studio = queries.with_numbers(Studio.objects.public()).filter(pk=pk).first()
    titles = list(queries.titles_of(studio)) if studio else []
    if not titles:
        return studio_withdrawn(request, pk)
    (card,) = queries.cards_of([studio])
    context = {
        "studio": studio,
        "card": card,
        "titles": titles,
        "ended": queries.ended_titles_of(studio),
        "results": queries.results_of(studio),
        "shown": queries.RESULTS_SHOWN,
    }
    return render(request, "public/studio_public.html", context)


def studio_withdrawn(request, pk):
    """For whoever follows an old link: that the studio holds no title any more, and since when."""
    found = queries.once_public().select_related("union__unit", "county")
    studio = get_object_or_404(found, pk=pk)
    context = {"studio": studio, "ended": queries.ended_titles_of(studio)}
    return render(request, "public/studio_withdrawn.html", context)


def linked(cards):
    """The cards with the addresses of their pages."""
    for card in cards:
        card["url"] = reverse("studio_public", args=[card["pk"]])
    return cards
