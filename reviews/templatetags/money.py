"""Amounts in templates."""

from django import template

from reviews import amounts

register = template.Library()


@register.filter
def yuan(amount):
    """1,234.50; the same in every language."""
    return amounts.yuan(amount)


@register.filter
def share(percent):
    """12.50 as 12.5, 100.00 as 100."""
    return f"{percent.normalize():f}"
