"""Entries of the ledger, dated this year."""

import factory

from studios.models import Activity, EquipmentItem, MediaReport, Mentorship, Reward
from tests.factories.studios import OfStudio, years_ago


def this_year(month=1, day=1):
    """A day of this year as text; by default the first, which is never in the future."""
    return str(years_ago(0, month=month, day=day))


class OfLedger(OfStudio):
    """An entry of a studio, in its union."""

    class Meta:
        abstract = True

    union = factory.SelfAttribute("studio.union")


class ActivityFactory(OfLedger):
    """A training of today with twelve people."""

    class Meta:
        model = Activity

    title = factory.Sequence(lambda n: f"焊工岗位练兵{n}")
    kind = "training"
    held_on = factory.LazyFunction(this_year)
    people = 12


class MentorshipFactory(OfLedger):
    """A running agreement for two years."""

    class Meta:
        model = Mentorship

    master_name = "周成岩"
    apprentice_name = factory.Sequence(lambda n: f"徒弟{n}")
    since = factory.LazyFunction(lambda: years_ago(1))
    until = factory.LazyFunction(lambda: years_ago(-1))


class EquipmentItemFactory(OfLedger):
    """An instrument bought this year."""

    class Meta:
        model = EquipmentItem

    name = factory.Sequence(lambda n: f"示波器{n}")
    quantity = 2
    value = "1.2500"
    acquired_on = factory.LazyFunction(this_year)


class MediaReportFactory(OfLedger):
    """A report in the city's paper."""

    class Meta:
        model = MediaReport

    title = factory.Sequence(lambda n: f"创新工作室见成效{n}")
    outlet = "通辽日报"
    rank = 40
    published_on = factory.LazyFunction(this_year)


class RewardFactory(OfLedger):
    """Two thousand yuan for a result."""

    class Meta:
        model = Reward

    name = "李长泽"
    amount = "2000.00"
    paid_on = factory.LazyFunction(lambda: years_ago(0))
    basis = "《职工创新奖励办法》第五条"
