"""Who can sign in at first: one person, by a link, with no password yet."""

from workspace.accounts import links
from workspace.accounts.actions.names import free_username
from workspace.accounts.models import User
from workspace.accounts.models.user import fold


def seed(*, name: str, email: str, phone: str) -> User:
    """The first administrator, without a password until an activation link gives them one."""
    user = User.objects.filter(email=fold(email)).first()
    if user is None:
        user = User.objects.create_user(free_username(name), name=name, email=fold(email), phone=phone or None)
    return user


def activation_path(email: str) -> str | None:
    """A fresh activation path for somebody who has not set a password yet; None when nobody such is there."""
    user = User.objects.filter(email=fold(email), is_active=True).first()
    return links.path_for(user, "activate") if user and not user.has_usable_password() else None
