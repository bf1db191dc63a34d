"""The ledger of a year in words: the lists that a report shows."""

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from reviews.scoring.wording import trim
from studios.choices import ActivityKind, FundSource, LedgerState, MentorshipOutcome, ProjectStatus, Rank


def ledger_lists(lists):
    """(title, lines) of each list of the ledger; a line is (what, detail)."""
    if not lists:
        return []
    kinds = (
        (_("Results"), "results", result_line),
        (_("Projects"), "projects", project_line),
        (_("Activities"), "activities", activity_line),
        (_("Mentorships"), "mentorships", mentorship_line),
        (_("Funds"), "funds", fund_line),
        (_("Reports in the media"), "media", media_line),
    )
    return [(title, [line(row) for row in lists[name]]) for title, name, line in kinds]


def project_line(row):
    """A project with how far it has come."""
    return row["title"], str(ProjectStatus(row["status"]).label)


def activity_line(row):
    """An activity with its kind, day and people."""
    return row["title"], joined(ActivityKind(row["kind"]).label, row["held_on"], people(row["people"]))


def mentorship_line(row):
    """A pair with how it stands."""
    pair = f"{row['master_name']} → {row['apprentice_name']}"
    return pair, joined(MentorshipOutcome(row["outcome"]).label, row["since"])


def fund_line(row):
    """Money with its source and use."""
    amount = _("%(amount)s (10,000 yuan)") % {"amount": trim(row["amount"])}
    return amount, joined(FundSource(row["source"]).label, row["use"])


def media_line(row):
    """A report in the media with where it stood."""
    return row["title"], joined(row["outlet"], rank_of(row["rank"]), row["published_on"])


def result_line(row):
    """A result with its kind, highest recognition, benefit and state."""
    english = (get_language() or "").startswith("en") and row["kind_name_en"]
    best = min((one["rank"] for one in row["recognitions"]), default=0)
    benefit = row["benefit_amount"]
    return (
        row["title"],
        joined(
            row["kind_name_en"] if english else row["kind_name"],
            rank_of(best),
            row["completed_on"],
            _("benefit %(amount)s (10,000 yuan)") % {"amount": trim(benefit)} if benefit else "",
            LedgerState(row["state"]).label,
        ),
    )


def rank_of(rank):
    """The word of a rank, "" for none."""
    return str(Rank(rank).label) if rank else ""


def people(number):
    """A number of people in words."""
    return ngettext("%(n)d person", "%(n)d people", number) % {"n": number} if number else ""


def joined(*parts):
    """The parts that are there, with dots between."""
    return " · ".join(str(part) for part in parts if part)
