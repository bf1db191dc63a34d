"""The roster the plain way, row by row through django-import-export: the measure of the fast one."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from import_export import resources

from studios.choices import PatentStatus, Rank, Source, Tier, UnionKind
from studios.models import Achievement, Leader, Naming, NamingLevel, Recognition, Studio, Union, Unit
from studios.partial_dates import PartialDate
from studios.permissions import IMPORT_ROSTER
from studios.queries.as_of import parent_on, studio_names_on, unit_name_on
from studios.resources.columns import ROSTER

KEY = ("union_code", "unit_name", "studio_name", "level")  # finds a title again
PLAIN = (  # what the plain import takes over beyond the key: the rest takes the fast one
    "official_name",
    "credit_code",
    "ownership",
    "industry",
    "kind",
    "specialty",
    "founded_on",
    "named_on",
    "area_sqm",
    "address",
)


def known_by(day, field):
    """Those whose partial date lies on or before ``day``, and the undated ones."""
    return Q(**{f"{field}__lte": day.isoformat()})


class RosterResource(resources.ModelResource):
    """Titles of a level in force on a day, within what ``user`` may see; imports only where ``user`` may."""

    class Meta:
        model = Naming
        fields = ()
        skip_unchanged = True
        report_skipped = True
        skip_diff = True
        use_transactions = True

    def __init__(self, *, user, as_of, level=None, personal=False):
        super().__init__()
        self.user, self.as_of, self.level = user, as_of, level
        self.fields = {
            column.key: column for column in ROSTER if column.goes_out and (personal or not column.personal)
        }

    def get_export_order(self):
        """The order of the declaration."""
        return list(self.fields)

    def get_queryset(self):
        """The titles in force on the day, in the order of the roster."""
        titles = Naming.objects.visible_to(self.user).on(self.as_of)
        if self.level is not None:
            titles = titles.filter(level=self.level)
        return titles.select_related(
            "studio__union__unit__ownership",
            "studio__union__unit__industry",
            "studio__county",
            "studio__city",
            "level",
            "granted_by",
            "document",
        ).order_by("studio__county__code", "since", "pk")

    def iter_queryset(self, queryset):
        """Each title with its number in the list and the studio's leader of the day at hand."""
        for number, title in enumerate(super().iter_queryset(queryset), start=1):
            title.number = number
            leaders = Leader.objects.on(self.as_of).filter(studio=title.studio_id).select_related("person")
            title.leader = leaders.first()
            yield title

    def dehydrate_serial(self, title):
        return title.number

    def dehydrate_union_code(self, title):
        above = parent_on(title.studio.union, self.as_of)
        union = title.studio.union if above is None else Union.objects.get(pk=above)
        return (union.county or union.city or title.studio.union).short_name

    def dehydrate_studio_name(self, title):
        return studio_names_on(title.studio, self.as_of)[0]

    def dehydrate_official_name(self, title):
        return studio_names_on(title.studio, self.as_of)[1]

    def dehydrate_unit_name(self, title):
        return unit_name_on(title.studio.union.unit, self.as_of)

    def dehydrate_named_on(self, title):
        return title.stated_since or title.since

    def dehydrate_founded_on(self, title):
        founded = title.studio.founded_on
        return date.fromisoformat(founded) if len(founded) == 10 else founded

    def dehydrate_leader_birth_month(self, title):
        return title.leader.person.birth_month[:7] if title.leader else ""

    def dehydrate_document_number(self, title):
        return title.document.label if title.document else ""

    def dehydrate_honours(self, title):
        if title.leader is None:
            return ""
        honours = title.leader.person.honours.filter(known_by(self.as_of, "granted_on"))
        rows = honours.select_related("kind").order_by("rank", "pk")
        return "；".join(
            f"{row.granted_on[:4]}年{row.name or row.kind.name}"
            if row.granted_on
            else row.name or row.kind.name
            for row in rows
        )

    def dehydrate_member_count(self, title):
        """The team of the day with its leader; what an older roster stated where no member is entered."""
        members = title.studio.members.on(self.as_of).count()
        counted = members + (title.leader is not None)
        return counted if members else (title.studio.stated_members or counted)

    def _results(self, title):
        """What the studio has achieved by the day."""
        return Achievement.objects.filter(
            known_by(self.as_of, "completed_on"), studio=title.studio_id, removed_at=None
        )

    def _patents(self, title):
        granted_by_then = Q(granted_on=None) | Q(granted_on__lte=self.as_of)
        return self._results(title).filter(
            granted_by_then, kind__is_patent=True, patent_status=PatentStatus.GRANTED
        )

    def dehydrate_achievement_count(self, title):
        return self._results(title).count()

    def dehydrate_patent_count(self, title):
        return self._patents(title).count()

    def dehydrate_award_count(self, title):
        found = Recognition.objects.filter(known_by(self.as_of, "granted_on"), rank__lte=Rank.PREFECTURE)
        return found.filter(achievement__in=self._results(title)).count()

    def dehydrate_project_count(self, title):
        return title.studio.projects.filter(year__lte=self.as_of.year).count()

    def dehydrate_benefit_amount(self, title):
        amounts = self._results(title).values_list("benefit_amount", flat=True)
        return sum(amount for amount in amounts if amount is not None) or None

    def dehydrate_fund_amount(self, title):
        amounts = title.studio.funds.filter(year=self.as_of.year).values_list("amount", flat=True)
        return sum(amounts) or None

    def dehydrate_patents(self, title):
        numbers = self._patents(title).exclude(number="").order_by("pk").values_list("number", flat=True)
        return "；".join(numbers)

    # -- coming in --------------------------------------------------------------------------------
    def get_import_fields(self):
        """The columns that the plain import writes."""
        return [self.fields[key] for key in PLAIN]

    def get_import_id_fields(self):
        """The columns that find a title again."""
        return list(KEY)

    def _key(self, row):
        return {key: str(row.get(self.fields[key].column_name) or "").strip() for key in KEY}

    def get_instance(self, instance_loader, row):
        """The title that the row names, if it is one that ``user`` may change; None makes a new one."""
        key = self._key(row)
        titles = Naming.objects.within(self.user, IMPORT_ROSTER).filter(
            Q(studio__county__short_name=key["union_code"]) | Q(studio__county__code=key["union_code"]),
            studio__union__unit__name=key["unit_name"],
            studio__short_name=key["studio_name"],
            level__name=key["level"],
        )
        return titles.select_related("studio__union__unit", "level").order_by("-since").first()

    def init_instance(self, row=None):
        """A new title with its studio and unit, found or new. Raises ValidationError where not allowed."""
        key = self._key(row)
        above = Union.objects.within(self.user, IMPORT_ROSTER).filter(
            Q(short_name=key["union_code"]) | Q(code=key["union_code"]), tier=Tier.COUNTY
        )
        county = above.select_related("parent").first()
        level = NamingLevel.objects.filter(name=key["level"]).first()
        if county is None or level is None:
            raise ValidationError(_("The row names no county union of yours, or no level of the portal."))
        union = (
            Union.objects.filter(parent=county, unit__name=key["unit_name"]).select_related("unit").first()
        )
        if union is None:
            union = Union(parent=county, tier=Tier.BASE, kind=UnionKind.UNIT, name=f"{key['unit_name']}工会")
            union.short_name = key["unit_name"][:40]
            union.unit = Unit(union=union, name=key["unit_name"])
        studio = union.pk and Studio.objects.filter(union=union, short_name=key["studio_name"]).first()
        studio = studio or Studio(union=union, short_name=key["studio_name"])
        granting = {Tier.COUNTY: county, Tier.CITY: county.parent}.get(level.tier)
        return Naming(studio=studio, level=level, granted_by=granting, source=Source.IMPORTED)

    def import_instance(self, instance, row, **kwargs):
        """Set what the row says; dates of true precision, an empty cell leaves what is there."""
        instance.was = self._state(instance)
        for column in self.get_import_fields():
            value = row.get(column.column_name)
            if value in (None, ""):
                continue
            if column.key == "named_on":
                stated = PartialDate.parse(str(value))
                instance.since = stated.earliest()
                instance.stated_since = "" if stated.day else str(stated)
            elif column.key == "founded_on":
                instance.studio.founded_on = str(PartialDate.parse(str(value)))
            else:
                column.save(instance, row, **kwargs)

    def _state(self, instance):
        studio, unit = instance.studio, instance.studio.union.unit
        mine = (instance.pk, instance.since, instance.stated_since)
        return mine, *({k: v for k, v in vars(thing).items() if k != "_state"} for thing in (studio, unit))

    def skip_row(self, instance, original, row, import_validation_errors=None):
        """Whether the row changes nothing."""
        return instance.pk is not None and instance.was == self._state(instance)

    def save_instance(self, instance, is_create, row, **kwargs):
        """Write unit, studio and title."""
        studio = instance.studio
        union = studio.union
        if union.pk is None:
            union.code = f"N-{union.parent_id}-{union.short_name}"[:20]
            union.save()
            union.refresh_from_db(fields=["path", "county", "city", "province"])
        union.unit.union = union
        union.unit.save()
        studio.union = union
        studio.save()
        instance.studio, instance.union = studio, union
        instance.granted_by = instance.granted_by or union
        instance.save()


__all__ = ["KEY", "PLAIN", "RosterResource"]
