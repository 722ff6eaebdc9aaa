"""Names that reach SQL or DNS: schemas and roles, and the slugs people choose."""

import re
import secrets
from importlib import resources

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Schema and role share one opaque name, never derived from the slug and never used twice (tenancy.md, decision 1).
_SCHEMA = re.compile(r"t_[0-9a-f]{16}", re.ASCII)
_SLUG = re.compile(r"[a-z](?:[a-z0-9]|-(?!-)){1,30}[a-z0-9]", re.ASCII)

RESERVED_SLUGS = frozenset(resources.files("tenants").joinpath("reserved_slugs.txt").read_text().split())
# What the eye takes for the same letter in an address bar.
_ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "3": "e", "4": "a", "5": "s", "8": "b", "-": None})


def _skeleton(slug: str) -> str:
    """What a slug looks like at a glance: `adm1n`, `ad-min` and `adrnin` are all `admin`."""
    return slug.translate(_ALIKE).replace("rn", "m").replace("vv", "w")


_RESERVED_SKELETONS = frozenset(_skeleton(word) for word in RESERVED_SLUGS)


class UnsafeName(ValueError):
    """A name that is not of our own making was about to reach SQL as an identifier."""


def new_schema_name() -> str:
    """A fresh opaque name for a schema and its role: `t_` and 16 hexadecimal digits (64 random bits)."""
    return f"t_{secrets.token_hex(8)}"


def safe_schema(name: str) -> str:
    """The name itself when it has our form; raises UnsafeName otherwise. Stands before every use in SQL."""
    if not _SCHEMA.fullmatch(name):
        raise UnsafeName(f"not a workspace schema: {name!r}")
    return name


def validate_schema(name: str) -> None:
    """The same as a field validator."""
    try:
        safe_schema(name)
    except UnsafeName as error:
        raise ValidationError(str(error)) from error


def validate_slug(slug: str) -> None:
    """A slug is one DNS label (RFC 1035) of 3–32 characters that looks like nothing of ours.

    Raises ValidationError with a code: `form`, `punycode`, `reserved`, `look_alike`.
    """
    if slug.startswith("xn--"):
        raise ValidationError(_("网址不能以 xn-- 开头。"), code="punycode")
    if not _SLUG.fullmatch(slug):
        raise ValidationError(
            _("网址由 3 到 32 个小写字母、数字和连字符组成，以字母开头，不以连字符结尾，连字符不相连。"), code="form"
        )
    if slug in RESERVED_SLUGS:
        raise ValidationError(_("这个网址由平台保留，请换一个。"), code="reserved")
    if _skeleton(slug) in _RESERVED_SKELETONS:
        raise ValidationError(_("这个网址看起来像平台保留的网址，请换一个。"), code="look_alike")
