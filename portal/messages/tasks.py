"""Jobs of this app."""

from portal.jobs.registry import handler
from portal.messages import post


def _not_sent(job, payload):
    post.give_up(payload["mail"], job.error)


@handler("mail.send", gave_up=_not_sent)
def send_one_mail(job, payload):
    """Payload: {"mail": id}."""
    post.send(payload["mail"])
