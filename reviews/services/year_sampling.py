"""The city draws the sample that it looks at itself: seeded, so that anybody can draw the same again."""

import math
import random
import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.audit.services import record
from reviews.choices import AssessmentState
from reviews.models import Assessment, AssessmentYear
from studios.permissions import APPROVE_APPLICATION, REVIEW_APPLICATION, unions_where


def sample_of(population, percent, seed):
    """The ids drawn from ``{county id or None: [ids]}``: a share of each county, one at least."""
    drawn = []
    for county in sorted(population, key=lambda pk: pk or 0):
        ids = sorted(population[county])
        number = min(len(ids), max(1, math.ceil(len(ids) * percent / 100))) if percent else 0
        drawn += random.Random(f"{seed}:{county or 0}").sample(ids, number)  # noqa: S311 - to be repeated
    return sorted(drawn)


def may_draw(campaign, actor):
    """Whether ``actor`` reviews or approves at the office that set the year."""
    place = (campaign.union.tier, campaign.union_id)
    return any(place in unions_where(actor, perm) for perm in (REVIEW_APPLICATION, APPROVE_APPLICATION))


@transaction.atomic
def draw(campaign_pk, *, actor):
    """Draw from what waits for the city, in every county that has no sample yet. Returns how many.

    A later draw takes in counties that have graded since, with the same seed; it draws nothing twice. The
    seed and the ids it was drawn from are on record.
    """
    waiting = Assessment.objects.filter(campaign=campaign_pk, state=AssessmentState.GRADED).order_by("pk")
    rows = list(waiting.select_for_update(of=("self",)).values_list("county", "pk"))
    campaign = AssessmentYear.objects.select_for_update(no_key=True, of=("self",)).get(pk=campaign_pk)
    if not may_draw(campaign, actor):
        raise PermissionDenied
    sampled = Assessment.objects.filter(campaign=campaign, is_sampled=True)
    done = set(sampled.order_by().values_list("county", flat=True).distinct())
    population = {}
    for county, pk in rows:
        if county not in done:
            population.setdefault(county, []).append(pk)
    seed = campaign.sample_seed or secrets.token_hex(16)
    drawn = sample_of(population, campaign.sample_percent, seed)
    if not drawn:
        return 0
    AssessmentYear.objects.filter(pk=campaign.pk).update(sample_seed=seed)
    Assessment.objects.filter(pk__in=drawn).update(is_sampled=True)
    record(
        "year.sample",
        campaign,
        actor=actor,
        seed=seed,
        percent=campaign.sample_percent,
        population={str(county or 0): ids for county, ids in population.items()},
        drawn=drawn,
    )
    return len(drawn)
