"""Where the made-up country is largest: the unions that measurements are taken at."""

from django.db.models import Count

from studios.models import Studio, Union
from studios.permissions import SCOPE_COLUMN


def biggest(tier):
    """The code of the county, city or province union (``tier``) with the most studios; None without any."""
    column = SCOPE_COLUMN[tier]
    most = (
        Studio.objects.filter(**{f"{column}__isnull": False})
        .values_list(column)
        .annotate(many=Count("pk"))
        .order_by("-many", column)
        .first()
    )
    return most and Union.objects.values_list("code", flat=True).get(pk=most[0])
