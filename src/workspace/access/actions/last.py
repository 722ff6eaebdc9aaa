"""Somebody must remain who can give roles: no workspace locks itself out."""

from django.utils.translation import gettext_lazy as _

from shared.clock import today
from shared.refusals import Refusal
from workspace.access.models import OFFICES, Grant, Role
from workspace.accounts.models import User


class LastAdministrator(Refusal):
    message = _("{user}是最后一位{role}。请先任命另一位不设截止日期的，再收回、停用或设期限。")


def keep_an_administrator(*, without: User, unless_by: Grant | None = None) -> None:
    """Raises LastAdministrator when nobody else would hold the whole tree, or one of the three offices, for good.

    `unless_by` narrows it to one grant of theirs. The rows are locked, so two who leave at once cannot both go.
    """
    kept = Grant.objects.select_for_update(of=("self",)).in_force(today()).own()
    rows = list(kept.filter(role__in=(Role.ADMIN, *OFFICES), unit__depth=1).select_related("user"))
    going = [row for row in rows if row.user_id == without.pk and (unless_by is None or row.pk == unless_by.pk)]
    apart = any(row.role == Role.SECURITY for row in rows)
    for row in going:
        # One office alone, beside administrators who hold everything, may stay empty.
        if row.role in OFFICES and not apart:
            continue
        left = [other for other in rows if other.role == row.role and other not in going]
        if not any(_can_be_counted_on(other) for other in left):
            raise LastAdministrator(user=without, role=Role(row.role).label)


def _can_be_counted_on(held: Grant) -> bool:
    """Not somebody whose role ends by itself one day, who is out, or who never set a password."""
    return held.until is None and held.user.is_active and held.user.has_usable_password()
