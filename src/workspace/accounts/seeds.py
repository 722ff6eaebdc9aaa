"""Who can sign in at first: one person, by a link, with no password yet."""

from shared.script import Script
from workspace.accounts import links
from workspace.accounts.actions.names import plain_username
from workspace.accounts.models import User
from workspace.accounts.models.user import fold


def welcome(*, name: str, email: str, phone: str, script: Script) -> User:
    """The first administrator, without a password until an activation link gives them one. Nobody else is here yet."""
    admin = User(username=fold(plain_username(name)), name=name, email=fold(email), phone=phone or None)
    admin.set_unusable_password()
    script.insert(admin)
    return admin


def activation_path(email: str) -> str | None:
    """A fresh activation path for somebody who has not set a password yet; None when nobody such is there."""
    user = User.objects.filter(email=fold(email), is_active=True).first()
    return links.path_for(user, "activate") if user and not user.has_usable_password() else None
