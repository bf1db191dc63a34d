"""Who exists. Reference rows (kinds, levels) come from the fixture ``reference``, by code."""

import hashlib
from datetime import date

import factory
from django.utils import timezone

from studios.choices import Rank, Role, Tier, UnionKind
from studios.models import (
    Achievement,
    AchievementKind,
    Appointment,
    Evidence,
    Fund,
    Honour,
    HonourKind,
    Industry,
    Leader,
    Member,
    Naming,
    NamingLevel,
    OwnershipKind,
    Person,
    Project,
    Recognition,
    Studio,
    Union,
    Unit,
)
from studios.numbers import uscc_check
from studios.services.people import ensure_role_group
from tests.factories.accounts import UserFactory


def credit_code(number, head="91150500MA"):
    """A valid unified social credit code, another for each number."""
    body = f"{head}{number:07d}"
    return body + uscc_check(body)


def years_ago(years, *, month=1, day=1):
    """A day of an earlier calendar year, by default the first of January."""
    return date(timezone.localdate().year - years, month, day)


class ByCode(factory.LazyFunction):
    """The reference row with this code."""

    def __init__(self, model, code):
        super().__init__(lambda: model.objects.get(code=code))


class UnionFactory(factory.django.DjangoModelFactory):
    """A county; say ``tier`` and ``parent`` for another. Its ancestors are as the database set them."""

    class Meta:
        model = Union

    tier = Tier.COUNTY
    kind = UnionKind.REGIONAL
    code = factory.Sequence(lambda n: f"T{n}")
    name = factory.Sequence(lambda n: f"第{n}旗总工会")
    short_name = factory.LazyAttribute(lambda union: union.name.removesuffix("总工会"))
    document_prefix = factory.Sequence(lambda n: f"测{n}工发")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        union = super()._create(model_class, *args, **kwargs)
        union.refresh_from_db()
        return union


class BaseUnionFactory(UnionFactory):
    """The union of a base unit; needs a ``parent``."""

    tier = Tier.BASE
    kind = UnionKind.UNIT
    name = factory.Sequence(lambda n: f"第{n}机械厂工会")
    document_prefix = ""


class UnitFactory(factory.django.DjangoModelFactory):
    """A firm with its base union; ``parent`` is the union above it."""

    class Meta:
        model = Unit

    class Params:
        parent = factory.SubFactory(UnionFactory)

    name = factory.Sequence(lambda n: f"通辽第{n}机械有限公司")
    union = factory.SubFactory(
        BaseUnionFactory,
        parent=factory.SelfAttribute("..parent"),
        name=factory.LazyAttribute(lambda union: f"{union.factory_parent.name}工会"),
    )
    credit_code = factory.Sequence(credit_code)
    ownership = ByCode(OwnershipKind, "private")
    industry = ByCode(Industry, "C")


class StudioFactory(factory.django.DjangoModelFactory):
    """A studio with a name and nothing else."""

    class Meta:
        model = Studio

    union = factory.LazyAttribute(lambda _: UnitFactory().union)
    short_name = factory.Sequence(lambda n: f"第{n}职工创新工作室")
    founded_on = factory.LazyFunction(lambda: str(years_ago(4, month=3))[:7])


class PersonFactory(factory.django.DjangoModelFactory):
    """Somebody in a unit."""

    class Meta:
        model = Person

    union = factory.LazyAttribute(lambda _: UnitFactory().union)
    name = factory.Sequence(lambda n: f"组员{n}")
    sex = "male"
    birth_month = "1985-06"
    education = "college"
    skill_level = "senior"


class OfStudio(factory.django.DjangoModelFactory):
    """A row of a studio, in its union."""

    class Meta:
        abstract = True

    studio = factory.SubFactory(StudioFactory)


class LeaderFactory(OfStudio):
    """Leads since the studio was founded; honours are rows of their own."""

    class Meta:
        model = Leader

    person = factory.SubFactory(PersonFactory, union=factory.SelfAttribute("..studio.union"))
    since = factory.LazyFunction(lambda: years_ago(4, month=3))


class HonourFactory(factory.django.DjangoModelFactory):
    """Model worker of the city, which clause 二.1 asks for."""

    class Meta:
        model = Honour

    person = factory.SubFactory(PersonFactory)
    kind = ByCode(HonourKind, "model_worker_city")
    rank = Rank.PREFECTURE
    name = "通辽市劳动模范"
    granted_by = "通辽市人民政府"
    granted_on = "2015-04"


class MemberFactory(OfStudio):
    """A core member since the studio was founded."""

    class Meta:
        model = Member

    person = factory.SubFactory(PersonFactory, union=factory.SelfAttribute("..studio.union"))
    role = "core"
    duty = "工艺改进"
    since = factory.LazyFunction(lambda: years_ago(4, month=3))


class FundFactory(OfStudio):
    """Two 10,000 yuan from the unit, last year."""

    class Meta:
        model = Fund

    year = factory.LazyFunction(lambda: years_ago(1).year)
    amount = "2.0000"
    use = "材料与工具"


class ProjectFactory(OfStudio):
    """A project finished last year."""

    class Meta:
        model = Project

    year = factory.LazyFunction(lambda: years_ago(1).year)
    title = factory.Sequence(lambda n: f"攻关课题{n}")
    status = "finished"
    goal = "降低能耗"
    outcome = "达到目标"


class AchievementFactory(OfStudio):
    """A technical renovation without a recognition."""

    class Meta:
        model = Achievement

    union = factory.SelfAttribute("studio.union")
    kind = ByCode(AchievementKind, "tech_renovation")
    title = factory.Sequence(lambda n: f"技术革新{n}")
    completed_on = factory.LazyFunction(lambda: str(years_ago(1, month=5))[:7])
    authors = "组员甲、组员乙"
    summary = "改进了工装，提高了效率。"


class RecognitionFactory(factory.django.DjangoModelFactory):
    """A prize of the city, last year."""

    class Meta:
        model = Recognition

    achievement = factory.SubFactory(AchievementFactory)
    kind = "award"
    name = "通辽市职工优秀技术创新成果"
    grade = "二等奖"
    rank = Rank.PREFECTURE
    granted_by = "通辽市总工会"
    granted_on = factory.LazyFunction(lambda: str(years_ago(1, month=9, day=10)))


class EvidenceFactory(OfStudio):
    """A checked picture. There is no file behind ``stored``."""

    class Meta:
        model = Evidence

    union = factory.SelfAttribute("studio.union")
    slot = "venue.photo"
    name = factory.LazyAttribute(lambda file: f"{file.slot}.jpg")
    size = 20_000
    media_type = "image/jpeg"
    sha256 = factory.Sequence(lambda n: hashlib.sha256(b"%d" % n).hexdigest())
    stored = factory.LazyAttribute(lambda file: f"kept/{file.sha256[:2]}/{file.sha256[:32]}.jpg")
    thumb = factory.SelfAttribute("stored")
    preview = factory.SelfAttribute("stored")
    width = 800
    height = 600
    state = "ready"
    uploaded_by = factory.SubFactory(UserFactory)


class NamingFactory(OfStudio):
    """A title that needs no document: at base level, by the unit's own union, for two years."""

    class Meta:
        model = Naming

    union = factory.SelfAttribute("studio.union")
    level = ByCode(NamingLevel, "base")
    granted_by = factory.SelfAttribute("studio.union")
    since = factory.LazyFunction(lambda: years_ago(2))


class AppointmentFactory(factory.django.DjangoModelFactory):
    """A person in a role at ``union`` since last year, in force as soon as it is made."""

    class Meta:
        model = Appointment

    class Params:
        union = factory.SubFactory(UnionFactory)
        role = Role.COUNTY_REVIEWER

    user = factory.SubFactory(UserFactory)
    role_group = factory.LazyAttribute(lambda a: ensure_role_group(a.union, a.role))
    since = factory.LazyFunction(lambda: years_ago(1))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        appointment = super()._create(model_class, *args, **kwargs)
        appointment.user.groups.add(appointment.role_group.group)
        return appointment
