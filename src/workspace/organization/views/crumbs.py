"""The way down to a unit, above its heading."""

from django.urls import reverse
from django.utils.translation import gettext as _

from workspace.accounts.models import User
from workspace.organization import queries
from workspace.organization.models import Unit
from workspace.organization.visibility import units_where

Crumb = tuple[str, str]


def trail(unit: Unit, user: User) -> list[Crumb]:
    """The tree, then every unit above; those that the reader may not open are names without a link."""
    upper = list(queries.above(unit))
    seen = units_where(user, "unit.view").filter(pk__in=[above.pk for above in upper])
    open_to = set(seen.values_list("pk", flat=True))
    return [
        (_("组织"), reverse("organization:tree")),
        *((str(above), crumb(above)[1] if above.pk in open_to else "") for above in upper),
    ]


def crumb(unit: Unit) -> Crumb:
    return str(unit), reverse("organization:unit", args=[unit.pk])
