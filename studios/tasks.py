"""Background jobs about who exists: checking uploaded files, sweeping what nobody names."""

from datetime import time

from portal.accounts import services as accounts
from portal.jobs.registry import daily, handler
from studios.services import evidence, proofs


def _gave_up(job, payload):
    evidence.give_up(payload["evidence"])


@handler(evidence.CHECK_FILE, gave_up=_gave_up)
def check_file(job, payload):
    """Check one uploaded file."""
    evidence.check(payload["evidence"])


@handler(evidence.SWEEP_FILES)
def sweep_files(job, payload):
    """Remove files that no row names."""
    evidence.sweep()


daily(evidence.SWEEP_FILES, at=time(3, 40))


@handler("studios.prove")
def prove_what_is_carried(job, payload):
    """Prove, and where needed put right, what rows and groups carry along."""
    proofs.prove()


daily("studios.prove", at=time(4, 10))


@handler("accounts.forget")
def forget_old_forms(job, payload):
    """Drop what the accounts app keeps for a while only; it stands below the jobs and cannot ask itself."""
    accounts.forget_old_forms()


daily("accounts.forget", at=time(3, 20))
