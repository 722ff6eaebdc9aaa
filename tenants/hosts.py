"""Host → place. Whatever is not exactly one of ours is nobody's."""

import re
import time
from dataclasses import dataclass
from typing import Literal

from django.conf import settings

from tenants import context
from tenants.models import Domain, Tenant

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a host leads: the public site, the console, a workspace's label, or nowhere."""

    kind: Literal["public", "console", "workspace", "nowhere"]
    label: str = ""


def place(host: str) -> Place:
    """Read a host name (no port, as Django's `get_host` validated it). Case is folded; anything else must match."""
    name = host.partition(":")[0].lower()
    base = settings.BASE_DOMAIN
    if name == base:
        return Place("public")
    label, dot, rest = name.partition(".")
    if not dot or rest != base or not _LABEL.fullmatch(label):
        return Place("nowhere")
    if label == settings.CONSOLE_LABEL:
        return Place("console")
    return Place("workspace", label)


# Seconds of the monotonic clock → tenant. A row lives HOST_CACHE_S at most, so that every worker sees a suspension
# within that time without asking the database on each request.
_cache: dict[str, tuple[float, Tenant | None]] = {}
_CACHE_ROWS = 5_000


def find(label: str) -> Tenant | None:
    """The tenant that answers to a label, in whatever state, or None. Cached for HOST_CACHE_S seconds."""
    instant = time.monotonic()
    known = _cache.get(label)
    if known and instant - known[0] < settings.HOST_CACHE_S:
        return known[1]
    with context.control():
        domain = Domain.objects.select_related("tenant").filter(domain=label).first()
    tenant = domain.tenant if domain else None
    if len(_cache) >= _CACHE_ROWS:
        _cache.clear()
    _cache[label] = (instant, tenant)
    return tenant


def forget() -> None:
    """Drop what this process remembers of hosts, after a change of state or name."""
    _cache.clear()
