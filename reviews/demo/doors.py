"""Offers the accounts of the demonstration on the sign-in page (shown with PORTAL_DEMO only)."""

from portal.accounts import demo
from reviews.demo.cast import CAST, PASSWORD

demo.offer(
    [demo.Offered(who.username, who.role.label, who.name) for who in CAST if who.shown and who.role],
    password=PASSWORD,
)
