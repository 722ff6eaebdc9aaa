"""Values of columns as JSON keeps them, and back."""

from datetime import date
from typing import Any

from django.db.models import Field

from workspace.members.models import Member


def to_stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def from_stored(name: str, value: Any) -> Any:
    """As the model holds it."""
    field = Member._meta.get_field(name)
    assert isinstance(field, Field)  # noqa: S101  names come from columns
    return None if value is None else field.to_python(value)
