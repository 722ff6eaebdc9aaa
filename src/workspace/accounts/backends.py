"""Sign-in by user name, e-mail or phone: whichever the person remembers."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db.models import Q
from django.http import HttpRequest

from workspace.accounts.models import User
from workspace.accounts.models.user import fold


class NameEmailOrPhone(BaseBackend):
    """Permissions are none of its business: `workspace.access` holds those."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        """The person, or None. An unknown name costs as much time as a wrong password."""
        if not username or password is None:
            return None
        typed = fold(username)
        user = User.objects.filter(Q(username=typed) | Q(email=typed) | Q(phone=typed)).order_by("pk").first()
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
