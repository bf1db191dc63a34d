"""How often something may be tried from one address: counted in PostgreSQL, so that every worker knows."""

import math
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from portal.accounts.models import Attempt

KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """At most ``tries`` within ``window``, for one account and address."""

    kind: str
    tries: int
    window: timedelta


SIGN_IN = Limit("sign-in", 5, timedelta(minutes=15))
ASKING = Limit("access", 10, timedelta(hours=1))


def address_of(request):
    """Where a request comes from; behind our own proxy the last address that it noted."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()[:45]
    return request.META.get("REMOTE_ADDR", "")[:45]


def counted(limit, *, address, account=""):
    """The tries that still count, newest first."""
    since = timezone.now() - limit.window
    return Attempt.objects.filter(
        kind=limit.kind, address=address, account=folded(account), at__gt=since
    ).order_by("-at")


def folded(account):
    """One account however it is typed."""
    return account.strip().casefold()[:150]


def tries_left(limit, *, address, account=""):
    """How many more tries are free."""
    return max(0, limit.tries - counted(limit, address=address, account=account).count())


def minutes_left(limit, *, address, account=""):
    """Minutes until the next try is free, rounded up; 0 when it is free now."""
    newest = list(counted(limit, address=address, account=account)[: limit.tries])
    if len(newest) < limit.tries:
        return 0
    free_at = newest[-1].at + limit.window
    return max(1, math.ceil((free_at - timezone.now()).total_seconds() / 60))


def note(limit, *, address, account=""):
    """Count one try, and drop what is too old to count anywhere."""
    Attempt.objects.create(kind=limit.kind, address=address, account=folded(account))
    Attempt.objects.filter(at__lt=timezone.now() - KEPT).delete()


def clear(limit, *, address, account=""):
    """Forget the tries: it worked."""
    Attempt.objects.filter(kind=limit.kind, address=address, account=folded(account)).delete()
