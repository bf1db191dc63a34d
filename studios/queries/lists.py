"""Lists of studios: filtering, and everything that a row shows."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject

from studios.choices import Tier
from studios.models import Evidence, Leader, Member, Naming, NamingLevel, Union
from studios.permissions import VIEW_STUDIO, unions_where
from studios.validators import folded


def matching(studios, *, text="", level=None, kind="", union=None):
    """Narrow a list of studios; ``level`` is the tier of the highest title, 0 for none."""
    for word in folded(text).split()[:5]:
        studios = studios.filter(
            Q(short_name__icontains=word)
            | Q(official_name__icontains=word)
            | Q(leader_name__icontains=word)
            | Q(union__unit__name__icontains=word)
        )
    if level is not None:
        studios = studios.filter(top_tier=level)
    if kind:
        studios = studios.filter(kind=kind)
    if union is not None:
        studios = studios.filter(county=union)
    return studios


def for_list(studios):
    """With the unit, the county, the number of members and a photo of the venue: one query."""
    members = Member.objects.on().filter(studio=OuterRef("pk")).order_by().values("studio")
    photo = Evidence.objects.filter(
        studio=OuterRef("pk"), slot="venue.photo", state="ready", removed_at=None
    ).order_by("pk")
    return studios.select_related("union__unit", "county").annotate(
        members_now=Coalesce(Subquery(members.values(n=Count("pk")), output_field=IntegerField()), 0),
        photo=Subquery(photo.values("pk")[:1]),
    )


def with_overview(studios):
    """With the number of members, the leader's post, and all titles that it ever held."""
    members = Member.objects.on().filter(studio=OuterRef("pk")).order_by().values("studio")
    leader = Leader.objects.on().filter(studio=OuterRef("pk")).order_by("pk")
    titles = Naming.objects.filter(studio=OuterRef("pk")).order_by("-level__tier", "-since")
    columns = JSONObject(
        level="level__name",
        level_en="level__name_en",
        union="granted_by__name",
        since="since",
        until="until",
        prefix="document__prefix",
        year="document__year",
        number="document__number",
    )
    return studios.annotate(
        members_now=Coalesce(Subquery(members.values(n=Count("pk")), output_field=IntegerField()), 0),
        leader_post=Subquery(leader.values("person__post")[:1]),
        titles=ArraySubquery(titles.values(row=columns)),
    )


def level_names():
    """{tier: name of the title} of the ladder."""
    return {level.tier: level.label for level in NamingLevel.objects.order_by("tier")}


def counties_below(user):
    """The county-level unions below a user's unions; empty for who sees one county or less."""
    if not any(tier > Tier.COUNTY for tier, _pk in unions_where(user, VIEW_STUDIO)) and not user.is_superuser:
        return []
    return list(Union.objects.within(user, VIEW_STUDIO).open().by_tier(Tier.COUNTY))
