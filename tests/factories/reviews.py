"""What is decided. Further states are reached through the engine (``tests.cast``), never by hand."""

import factory

from reviews.models import AccessRequest, Application, Round, RuleSet
from studios.models import Industry, NamingLevel, OwnershipKind
from tests.factories.accounts import UserFactory
from tests.factories.studios import ByCode, StudioFactory, UnionFactory, credit_code


class ApplicationFactory(factory.django.DjangoModelFactory):
    """A draft for the county level in its always-open round."""

    class Meta:
        model = Application

    studio = factory.SubFactory(StudioFactory)
    union = factory.SelfAttribute("studio.union")
    level = ByCode(NamingLevel, "county")
    round = factory.LazyAttribute(lambda application: Round.objects.taking(application.level).first())
    ruleset = factory.LazyFunction(RuleSet.objects.in_force)
    number = factory.Sequence(lambda n: f"SB-2000-{n:04d}")
    opened_by = factory.SubFactory(UserFactory)


class AccessRequestFactory(factory.django.DjangoModelFactory):
    """A firm that waits to be let in; ``union`` is the one it asks."""

    class Meta:
        model = AccessRequest

    union = factory.SubFactory(UnionFactory)
    unit_name = factory.Sequence(lambda n: f"通辽新办第{n}食品有限公司")
    credit_code = factory.Sequence(lambda n: credit_code(n, head="91150500MB"))
    ownership = ByCode(OwnershipKind, "private")
    industry = ByCode(Industry, "C")
    clerk_name = "任晓楠"
    clerk_phone = "0475-0000201"
    chair_name = "青格勒图"
    chair_phone = "0475-0000202"
