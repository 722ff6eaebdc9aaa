"""Sign-in by user name, e-mail or phone: whichever the person remembers."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db.models import Q
from django.http import HttpRequest

from shared.identity import BadPhone, mobile
from workspace.accounts.models import User
from workspace.accounts.models.user import fold


def find(typed: str, *, lock: bool = False) -> User | None:
    """The person who is called that. A user name has neither the form of an e-mail nor of a phone, so one at most."""
    name = fold(typed)
    try:
        phone = mobile(typed)
    except BadPhone:
        phone = name
    people = User.objects.filter(Q(username=name) | Q(email=name) | Q(phone=phone)).order_by("pk")
    return (people.select_for_update(no_key=True) if lock else people).first()


class NameEmailOrPhone(BaseBackend):
    """Permissions are none of its business: `workspace.access` holds those."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        """The person, or None. An unknown name costs as much time as a wrong password."""
        if not username or password is None:
            return None
        user = find(username)
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
