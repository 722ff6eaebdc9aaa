"""What a password must be (security.md §1, identity). The profile in settings decides which of these are asked."""

import unicodedata
from typing import Any

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shared.identity import name_pinyin
from shared.workspace import current
from workspace.accounts.models import User

MAX_CHARS = 128
CLASSES = 3
REMEMBERED = 5
# A shorter piece of a name is found in any sentence by chance.
PERSONAL_CHARS = 3


class AtLeast(MinimumLengthValidator):
    """Django's own, in words that our catalogue has."""

    def get_error_message(self) -> Any:
        return _("密码至少 %d 个字符。") % self.min_length


class NotCommon(CommonPasswordValidator):
    """Django's list of twenty thousand, in words that our catalogue has."""

    def get_error_message(self) -> Any:
        return _("这个密码太常见，容易被猜到。")


class AtMost:
    """Longer ones would only make the server work."""

    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) > MAX_CHARS:
            raise ValidationError(_("密码最多 %(max)d 个字符。"), code="too_long", params={"max": MAX_CHARS})

    def get_help_text(self) -> Any:
        return _("最多 128 个字符。")


class ThreeOfFour:
    """Three of: upper case, lower case, digits, other characters."""

    def validate(self, password: str, user: User | None = None) -> None:
        kinds = {_kind(character) for character in password}
        if len(kinds) < CLASSES:
            raise ValidationError(_("密码要包含大写字母、小写字母、数字、符号中的至少三种。"), code="too_plain")

    def get_help_text(self) -> Any:
        return _("大写字母、小写字母、数字、符号中至少三种。")


class NotPersonal:
    """Not holding the person's name, its pinyin, user name, phone or mail, nor the organisation's name or address."""

    def validate(self, password: str, user: User | None = None) -> None:
        folded = unicodedata.normalize("NFKC", password).casefold()
        if any(piece in folded for piece in _pieces(user)):
            raise ValidationError(_("密码不能包含姓名、用户名、手机号、邮箱或单位名称。"), code="personal")

    def get_help_text(self) -> Any:
        return _("不含姓名、手机号、邮箱或单位名称。")


class NotRecent:
    """Not the one in use, nor one of the last few."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None:
            return
        former = [user.password, *user.past_passwords[: REMEMBERED - 1]]
        if any(check_password(password, encoded) for encoded in former if not encoded.startswith("!")):
            raise ValidationError(_("不能使用最近五次用过的密码。"), code="recent")

    def get_help_text(self) -> Any:
        return _("与最近五次的密码不同。")


def _kind(character: str) -> str:
    if character.isdigit():
        return "digit"
    if character.isupper():
        return "upper"
    return "lower" if character.islower() else "other"


def _pieces(user: User | None) -> set[str]:
    found: set[str] = set()
    if user is not None:
        found |= {user.username, user.name, user.phone or "", (user.email or "").partition("@")[0]}
        found.add("".join(name_pinyin(user.name).syllables))
    if (workspace := current.get()) is not None:
        found |= {workspace.name, workspace.slug}
    # Two Chinese characters already are a name.
    return {piece.casefold() for piece in found if len(piece) >= PERSONAL_CHARS or (piece and not piece.isascii())}
