"""Telephone numbers of the mainland: mobiles in one form, landlines in another."""

import re
import unicodedata

_NOISE = re.compile(r"[\s\-—–_.·()]+")
_COUNTRY = re.compile(r"^(?:\+|00)?86(?=1\d{10}$)")
_MOBILE = re.compile(r"^1[3-9]\d{9}$")
# Area code (0 and two or three digits), seven or eight digits, an extension if any.
_LANDLINE = re.compile(r"^(?:(?:\+|00)?86)?(0(?:10|2\d|[3-9]\d\d))([1-9]\d{6,7})(?:(?:转|#|x|ext)(\d{1,6}))?$")
_LOCAL = re.compile(r"^([2-9]\d{6,7})$")


class BadPhone(ValueError):
    """A text that is neither form of number."""


def mobile(text: str) -> str:
    """Eleven digits, from any common way of writing them. Raises BadPhone."""
    number = _COUNTRY.sub("", _plain(text))
    if not _MOBILE.match(number):
        raise BadPhone(text)
    return number


def landline(text: str) -> str:
    """A fixed line as "010-12345678" or "010-12345678-801"; the area code may be missing. Raises BadPhone."""
    number = _plain(text)
    if found := _LANDLINE.match(number):
        return "-".join(part for part in found.groups() if part)
    if found := _LOCAL.match(number):
        return found[1]
    raise BadPhone(text)


def _plain(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())
