"""Offers the accounts of the demonstration on the sign-in page when the portal starts."""

from reviews.demo.accounts import offer_accounts

offer_accounts()
