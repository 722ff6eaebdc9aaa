"""A person who signs in (账号). Operators live in the control schema, everybody else in their own workspace's."""

import unicodedata
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from shared.workspace import workspace_id


def fold(text: str) -> str:
    """One form for a name typed in many ways: NFKC, case folded, without spaces around it."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """A person without a password cannot sign in until an activation link gives them one."""
        user = self.model(username=fold(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=fold(username or ""))


class User(AbstractBaseUser):
    """Unique by user name, by e-mail and by phone within one schema; the same person elsewhere is another row."""

    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=60)
    email = models.EmailField(unique=True, null=True, blank=True)
    phone = models.CharField(max_length=11, unique=True, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, blank=True)  # empty: as the browser asks
    large_type = models.BooleanField(default=False)  # 大字版
    password_set_at = models.DateTimeField(null=True, blank=True)
    # Encoded hashes of the last few passwords, newest first, so that none of them comes back.
    past_passwords = models.JSONField(default=list, blank=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    objects = UserManager()

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def clean(self) -> None:
        self.username = fold(self.username)
        self.email = fold(self.email) if self.email else None
        self.phone = self.phone or None

    def get_session_auth_hash(self) -> str:
        """Bound to the workspace, so a session row restored or cloned elsewhere signs nobody in there."""
        salt = f"workspace.accounts.session:{workspace_id()}"
        return salted_hmac(salt, self.password, algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Any:
        return ()
