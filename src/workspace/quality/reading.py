"""What an address asks for."""

from django.http import Http404

from shared.clock import now, today
from workspace.accounts.models import User
from workspace.organization.models import Unit
from workspace.quality import queries
from workspace.quality.survey import Survey


def asked(user: User, typed: str) -> tuple[Unit, Survey]:
    """The unit of that key, the highest without one, and the survey of those seen there; 404 for what is not theirs."""
    unit = queries.get_unit(_key(typed), user=user)
    return unit, queries.survey_of(unit, user=user, on=today(), at=now())


def _key(typed: str) -> int | None:
    if not typed:
        return None
    if typed.isascii() and typed.isdigit() and len(typed) < 10:
        return int(typed)
    raise Http404
