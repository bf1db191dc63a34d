"""Numbers of the yearly assessment in templates."""

from django import template

from reviews.scoring.wording import trim

register = template.Library()


@register.filter
def sum_of(row, name):
    """The sum of a fact in a row of the statistics, as people write it."""
    return trim(row[f"sum_{name}"])
