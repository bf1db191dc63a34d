"""How long each step of losing a title takes; the clause on dynamic management may set each length.

The policy names no lengths ("按有关程序"); the defaults are practice: three to six months to mend, five to
ten working days to reply, thirty working days until plaque and papers are back.
"""

from dataclasses import dataclass
from datetime import date

from reviews.rules.clock import months_after
from reviews.workdays import add_workdays
from studios.choices import EndReason

DEFAULTS = {
    "mend_months": 3,  # to mend, where something can be mended
    "reply_workdays": 10,  # to reply, where nothing can
    "least_workdays": 5,  # nobody gets less to reply
    "remind_workdays": 5,  # before the last day
    "notice_workdays": 5,  # the public notice of a decision
    "return_workdays": 30,  # until plaque and papers are to be back
}
MENDABLE = frozenset(
    {
        EndReason.NO_RESULT_3Y,
        EndReason.NO_RESULT_1Y,
        EndReason.FAILED_ASSESSMENT,
        EndReason.INACTIVE,
        EndReason.LEADER_GONE,
        EndReason.DISHONEST_LIST,
    }
)
BY_THE_CLOCK = frozenset({EndReason.NO_RESULT_3Y, EndReason.NO_RESULT_1Y})


@dataclass(frozen=True)
class Terms:
    """The lengths with the days that follow from them."""

    mend_months: int
    reply_workdays: int
    least_workdays: int
    remind_workdays: int
    notice_workdays: int
    return_workdays: int

    @classmethod
    def of(cls, params):
        """From a clause's parameters; what they leave out, or say badly, is as ``DEFAULTS`` has it."""
        given = params or {}
        return cls(**{name: _whole(given.get(name), default) for name, default in DEFAULTS.items()})

    def last_day(self, cause, today: date) -> date:
        """The day until which a unit may usually mend or, where nothing can be mended, reply."""
        if cause in MENDABLE:
            return max(months_after(today, self.mend_months), self.earliest(today))
        return max(add_workdays(today, self.reply_workdays), self.earliest(today))

    def earliest(self, today: date) -> date:
        """The earliest last day that is fair."""
        return add_workdays(today, self.least_workdays)

    def back_by(self, decided: date) -> date:
        """When plaque and papers are to be back."""
        return add_workdays(decided, self.return_workdays)

    def shown_until(self, decided: date) -> date:
        """The last day of the public notice."""
        return add_workdays(decided, self.notice_workdays)


def _whole(value, default):
    return value if type(value) is int and value > 0 else default
