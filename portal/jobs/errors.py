"""What can be wrong about a job."""


class GiveUp(Exception):
    """Raised by a handler when trying again is useless: the job fails at once with this sentence."""


class Cancelled(Exception):
    """Raised inside a handler, by ``job.progress``, when a person asked for the job to stop."""


class LeaseLost(Exception):
    """Another worker may hold the job by now: whatever was done in the transaction must not be kept."""


class NotPossible(Exception):
    """A person's wish that the job's state does not allow; the message is for that person."""
