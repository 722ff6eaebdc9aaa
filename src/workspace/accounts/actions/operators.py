"""Operators: people of the console, in the control schema."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from workspace.accounts import links
from workspace.accounts.actions.names import free_username
from workspace.accounts.models import User
from workspace.accounts.models.user import fold
from workspace.accounts.record import record


class OperatorExists(Refusal):
    message = _("{email} 已有运营账号。")


@transaction.atomic
def create_operator(*, email: str, name: str) -> tuple[User, str]:
    """A person without a password, and the path that gives them one. Raises OperatorExists for one who has one."""
    user = User.objects.filter(email=fold(email)).first()
    if user is None:
        user = User.objects.create_user(free_username(name), name=name, email=fold(email))
        record("operator.created", of=user, by=None)
    elif user.has_usable_password():
        raise OperatorExists(email=email)
    return user, links.path_for(user, "activate")
