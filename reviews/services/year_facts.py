"""What the ledger says of one studio for the period of a report: one query, then counting in Python.

A date that lacks its month or day counts on the first day that it can mean, so that every entry belongs to
exactly one period. Amounts are decimal text in 10,000 yuan, as in ``studios.dossier``.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q

from studios.choices import FundSource, MentorshipOutcome, Rank, SkillLevel
from studios.dossier import blank, rows, text
from studios.models import (
    Achievement,
    Activity,
    ChecklistItem,
    Conversion,
    Fund,
    Honour,
    Leader,
    MediaReport,
    Member,
    Mentorship,
    Project,
    Recognition,
    Studio,
)
from studios.partial_dates import PartialDate

NOT_YET_SKILLED = {"", SkillLevel.APPRENTICE, SkillLevel.JUNIOR, SkillLevel.INTERMEDIATE}


@dataclass(frozen=True)
class Span:
    """The days that a report covers, and the year by which projects and funds are booked."""

    year: int
    since: date
    until: date

    @classmethod
    def of(cls, assessment):
        """As the city set it; the calendar year for rows without a campaign."""
        campaign = assessment.campaign
        if campaign is None:
            return cls(assessment.year, date(assessment.year, 1, 1), date(assessment.year, 12, 31))
        return cls(assessment.year, campaign.period_since, campaign.period_until)

    def holds(self, stated):
        """Whether a date as stated ("", "2025", "2025-06", "2025-06-01") belongs here."""
        return bool(stated) and self.since <= PartialDate.parse(stated).earliest() <= self.until


@dataclass
class Ledger:
    """``lists``: the rows of the period by kind; ``facts``: what ``reviews.scoring`` reads."""

    lists: dict
    facts: dict

    def frozen(self):
        """Both as plain JSON."""
        return {"lists": self.lists, "facts": self.facts, "by_kind": self.by_kind()}

    def by_kind(self):
        """``{kind of result: how many}``."""
        found = {}
        for row in self.lists["results"]:
            found[row["kind"]] = found.get(row["kind"], 0) + 1
        return found


def read_ledger(studio_id, span):
    """The ``Ledger`` of a studio for a ``Span``: one query."""
    found = _read(studio_id, span)
    lists = {
        "results": [row for row in found["results"] if _is_of(row, span)],
        "projects": found["projects"],
        "activities": [row for row in found["activities"] if span.holds(row["held_on"])],
        "mentorships": found["mentorships"],
        "funds": found["funds"],
        "media": [row for row in found["media"] if span.holds(row["published_on"])],
    }
    return Ledger(lists, _facts(found, lists, span))


def _is_of(row, span):
    """Completed, granted or recognised in the period."""
    dates = [row["completed_on"], row["granted_on"], *(one["granted_on"] for one in row["recognitions"])]
    return any(span.holds(stated) for stated in dates)


def _facts(found, lists, span):
    results, activities, pairs = lists["results"], lists["activities"], lists["mentorships"]
    people = [*found["leader"], *found["members"]]
    return {
        "projects": len(lists["projects"]),
        "results": len(results),
        "results_by_rank": _by_rank(
            min((r["rank"] for r in row["recognitions"]), default=0) for row in results
        ),
        "results_two_years": _recognised_lately(found["results"], span),
        "honours_by_rank": _by_rank(row["rank"] for row in found["honours"]),
        "activities": len(activities),
        "sessions": sum(row["sessions"] for row in activities),
        "people_trained": sum(row["people"] or 0 for row in activities),
        "mentorships": len(pairs),
        "apprentices_graduated": sum(_graduated(row, span) for row in pairs),
        "funds_unit": _sum(row["amount"] for row in lists["funds"] if row["source"] == FundSource.UNIT),
        "funds": _sum(row["amount"] for row in lists["funds"]),
        "members": len(people),
        "skilled": sum(
            bool(row["prof_title"]) or row["skill_level"] not in NOT_YET_SKILLED for row in people
        ),
        "area": found["area"] or "0",
        "signs": _ticked(found, "signage."),
        "equipment": _ticked(found, "equipment."),
        "systems": _ticked(found, "system."),
        "media_by_rank": _by_rank(row["rank"] for row in lists["media"]),
        "benefit_amount": _sum(row["benefit_amount"] for row in results),
        "conversions": sum(_put_to_use(row, span) for row in found["results"]),
        "non_public": found["is_public"] is False,
    }


def _by_rank(ranks):
    found = {}
    for rank in ranks:
        if rank:
            name = Rank(rank).name.lower()
            found[name] = found.get(name, 0) + 1
    return found


def _recognised_lately(results, span):
    """Results recognised at city level or above in the two years up to the period's end."""
    try:
        begin = span.until.replace(year=span.until.year - 2)
    except ValueError:  # the 29th of February
        begin = date(span.until.year - 2, 2, 28)
    window = Span(span.year, begin, span.until)
    return sum(
        any(one["rank"] <= Rank.PREFECTURE and window.holds(one["granted_on"]) for one in row["recognitions"])
        for row in results
    )


def _graduated(row, span):
    return row["outcome"] == MentorshipOutcome.GRADUATED and span.holds(row["outcome_on"])


def _put_to_use(row, span):
    """In use since a day of the period; where no day is known, the result itself must be of the period."""
    return any(
        span.holds(start) if start else _is_of(row, span) for start in (one["on"] for one in row["uses"])
    )


def _ticked(found, prefix):
    return sum(code.startswith(prefix) for code in found["items"])


def _sum(amounts):
    whole = sum((Decimal(amount) for amount in amounts if amount), Decimal(0))
    return f"{whole:f}" if whole else "0"


def _read(studio_id, span):
    """Everything needed, as PostgreSQL builds it."""
    here = {"studio": OuterRef("pk")}
    kept = {**here, "removed_at": None}
    columns = {
        "results": _results(kept),
        "mentorships": _mentorships(kept, span),
        **_booked(here, span),
        **_dated(kept),
        **_standing(here),
    }
    row = (
        Studio.objects.filter(pk=studio_id)
        .annotate(
            f_area=text("area_sqm"),
            f_is_public=F("union__unit__ownership__is_public"),
            **{f"f_{name}": column for name, column in columns.items()},
        )
        .values(*(f"f_{name}" for name in (*columns, "area", "is_public")))
        .get()
    )
    return {name.removeprefix("f_"): value for name, value in row.items()}


def _booked(here, span):
    """What is booked by the year."""
    of_year = {"year": span.year, **here}
    return {
        "projects": rows(Project.objects.filter(**of_year), ["pk"], id="pk", title="title", status="status"),
        "funds": rows(
            Fund.objects.filter(**of_year), ["pk"], id="pk", source="source", amount=text("amount"), use="use"
        ),
    }


def _dated(kept):
    """What has a day, or part of one; which belong to the period is seen afterwards."""
    activity = ("title", "kind", "held_on", "sessions", "people", "place")
    media = ("title", "outlet", "rank", "published_on")
    return {
        "activities": rows(
            Activity.objects.filter(**kept), ["held_on", "pk"], id="pk", **{name: name for name in activity}
        ),
        "media": rows(
            MediaReport.objects.filter(**kept),
            ["published_on", "pk"],
            id="pk",
            **{name: name for name in media},
        ),
    }


def _mentorships(kept, span):
    """The pairs in force on some day of the period."""
    pairs = Mentorship.objects.filter(
        Q(until=None) | Q(until__gte=span.since) | Q(outcome_on__gte=span.since),
        Q(outcome_on=None) | Q(outcome_on__gte=span.since),
        since__lte=span.until,
        **kept,
    )
    return rows(
        pairs,
        ["since", "pk"],
        id="pk",
        **{name: name for name in ("master_name", "apprentice_name", "apprentice_unit", "outcome")},
        since=text("since"),
        outcome_on=blank("outcome_on"),
    )


def _standing(here):
    """What does not belong to a period: who works there, honours of the leader, the checklists."""
    person = {"prof_title": "person__prof_title", "skill_level": "person__skill_level"}
    leads = Leader.objects.filter(**here).on()
    leading = Leader.objects.filter(studio=OuterRef(OuterRef("pk"))).on()
    honours = Honour.objects.filter(person__in=leading.values("person"))
    ticked = ChecklistItem.objects.filter(present=True, **here)
    return {
        "leader": rows(leads, ["pk"], **person),
        "members": rows(Member.objects.filter(**here).on(), ["pk"], **person),
        "honours": rows(honours, ["rank", "pk"], rank="rank"),
        "items": ArraySubquery(ticked.order_by("code").values("code")),
    }


def _results(kept):
    of_result = {"achievement": OuterRef("pk")}
    return rows(
        Achievement.objects.filter(**kept),
        ["completed_on", "pk"],
        id="pk",
        title="title",
        kind="kind__code",
        kind_name="kind__name",
        kind_name_en="kind__name_en",
        completed_on="completed_on",
        number="number",
        state="state",
        granted_on=blank("granted_on"),
        benefit_amount=text("benefit_amount"),
        recognitions=rows(
            Recognition.objects.filter(**of_result),
            ["rank", "pk"],
            name="name",
            rank="rank",
            granted_on="granted_on",
            granted_by="granted_by",
        ),
        uses=rows(Conversion.objects.filter(**of_result), ["pk"], mode="mode", on="started_on"),
    )
