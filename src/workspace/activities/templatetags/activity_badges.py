"""States in templates."""

from django import template
from django.utils.safestring import SafeString

from shared.clock import today
from workspace.activities.models import Obligation
from workspace.activities.views import badges

register = template.Library()


@register.simple_tag
def obligation_badge(row: Obligation) -> SafeString:
    """The state of an obligation today, as icon and word."""
    return badges.of_obligation(row, on=today())
