"""Typed readers of the process environment; each failure names the variable and what it should hold."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"


def text(name: str, default: str | None = None) -> str:
    """The variable as it stands; without a default it must be set and not empty."""
    value = os.environ.get(name, "")
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set. Set it in the environment (see docs/settings.md).")
    return default


def flag(name: str, default: bool) -> bool:
    """yes/no, true/false, on/off, 1/0."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r}: write yes or no.")


def integer(name: str, default: int, *, least: int = 0) -> int:
    """A whole number, not below `least`."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise ImproperlyConfigured(f"{name}={value!r}: write a whole number of at least {least}.")
    return int(value)


def names(name: str, default: str = "") -> list[str]:
    """Comma-separated names, empty ones left out."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def database(name: str) -> dict[str, Any] | None:
    """`postgresql://user:password@host:port/name?option=value` as Django's connection values; None when not set."""
    url = os.environ.get(name, "")
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(f"{name}: write postgresql://user:password@host:port/database.")
    query = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
    }
