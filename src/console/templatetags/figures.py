"""Counts of people in templates: `{{ standing.members|people }}`."""

from django import template

from console import figures

register = template.Library()


@register.filter
def people(number: int | None) -> str:
    """A count of people, small cells suppressed."""
    return figures.words(figures.people(number or 0))
