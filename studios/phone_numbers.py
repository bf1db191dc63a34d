"""Telephone numbers as people type them: mobile, or landline with its area code."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0\d{2,3}-?[2-9]\d{6,7}(-\d{1,6})?")


def normalise_phone(text):
    """Full-width forms folded, blanks gone, dashes of a mobile number and +86 gone."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text)))
    plain = re.sub(r"[‐-―−－]", "-", plain)
    without = plain.removeprefix("+86").removeprefix("0086").replace("-", "")
    return without if MOBILE.fullmatch(without) else plain


def clean_mobile(text):
    """The normalised mobile number, or ValidationError."""
    phone = normalise_phone(text)
    if not MOBILE.fullmatch(phone):
        raise ValidationError(
            _("A mobile number has 11 digits and starts with 13 to 19; this is “%(phone)s”."),
            params={"phone": phone},
        )
    return phone
