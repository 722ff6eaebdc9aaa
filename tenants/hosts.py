"""Host → place. Whatever is not exactly one of ours is nobody's.

What a label leads to is remembered in this process for as long as `tenants.listening` hears the database: a trigger
announces every change of a tenant or a domain, whoever makes it. While nobody listens, every request asks.
"""

import os
import re
import threading
from dataclasses import dataclass
from typing import Literal

from django.conf import settings

from tenants import context
from tenants.listening import Listener
from tenants.models import Domain, Tenant
from tenants.recent import Recent

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


class _Memory:
    """Labels, the tenants behind them, and strangers: apart, so that a flood of invented labels pushes out no real one.

    `changes` counts what was announced: an answer that was asked for before a change is not kept after it.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.changes = 0
        self.labels: Recent[str, int] = Recent(16_000)
        self.tenants: Recent[int, Tenant] = Recent(8_000)
        self.strangers: Recent[str, bool] = Recent(5_000)

    def learn(self, label: str, tenant: Tenant | None, *, asked_at: int) -> None:
        with self.lock:
            if asked_at != self.changes:
                return
            if tenant is None:
                self.strangers.put(label, True)
            else:
                self.tenants.put(tenant.pk, tenant)
                self.labels.put(label, tenant.pk)

    def forget(self, tenant: int | None = None, label: str | None = None) -> None:
        with self.lock:
            self.changes += 1
            if tenant is not None:
                self.tenants.drop(tenant)
            if label is not None:
                self.labels.drop(label)
                self.strangers.drop(label)

    def clear(self) -> None:
        with self.lock:
            self.changes += 1
            for known in (self.labels, self.tenants, self.strangers):
                known.clear()


_memory = _Memory()


def _heard(payload: str) -> None:
    """`<tenant's key> [<label>]` from a trigger, or a star. Any role may announce: what is not understood drops all."""
    tenant, _space, label = payload.partition(" ")
    if tenant.isascii() and tenant.isdigit():
        _memory.forget(int(tenant), label or None)
    else:
        _memory.clear()


# Begins with nothing: what was known before may have changed while nobody listened.
listener = Listener("tongxin_hosts", heard=_heard, began=lambda: _memory.clear())


def _begin_anew() -> None:
    """A forked process has no listener yet, and perhaps a lock that somebody held at that moment."""
    global _memory
    _memory = _Memory()


os.register_at_fork(after_in_child=_begin_anew)


def find(label: str) -> Tenant | None:
    """The tenant that answers to a label, in whatever state, or None. `tenant.address` is the label it has now."""
    memory = _memory
    if not listener.is_current():
        return _ask(label)
    key = memory.labels.get(label)
    if key is not None and (tenant := memory.tenants.get(key)) is not None:
        return tenant
    if memory.strangers.get(label):
        return None
    asked_at = memory.changes
    tenant = _ask(label)
    memory.learn(label, tenant, asked_at=asked_at)
    return tenant


def _ask(label: str) -> Tenant | None:
    with context.control():
        domain = Domain.objects.select_related("tenant").filter(domain=label).first()
        if domain is None:
            return None
        tenant: Tenant = domain.tenant
        now = domain if domain.is_primary else Domain.objects.filter(tenant=tenant, is_primary=True).first()
        tenant.address = now.domain if now else ""
    return tenant


def has_changed(label: str, tenant: Tenant) -> bool:
    """Whether the label leads elsewhere by now than to this tenant, in this schema and state. Asks the database."""
    forget(tenant=tenant.pk, label=label)
    found = _ask(label)
    return found is None or (found.pk, found.schema_name, found.state) != (tenant.pk, tenant.schema_name, tenant.state)


def forget(*, tenant: int | None = None, label: str | None = None) -> None:
    """Drop what this process remembers of a tenant and of a label; of everything when neither is named."""
    if tenant is None and label is None:
        _memory.clear()
    else:
        _memory.forget(tenant, label)
