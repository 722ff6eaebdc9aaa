"""Is a workspace's record what it was? Verified against marks that the workspace cannot reach, and marked anew.

Every night, after a restore, and from the command line. The record's own chain is `workspace.audit.chain`; here is what
lies outside it: how far it was on earlier days (`tenants.Anchor`), and whether its wall stands (`tenants.keeping`).
"""

from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import DatabaseError

from provisioning import template
from shared.queue import later_each
from tenants import context, keeping
from tenants.models import Anchor, Tenant
from workspace import usage
from workspace.usage import Fault, Head, Proof

log = structlog.get_logger(__name__)
# A pass over millions of rows is a matter of seconds; nobody waits for it.
TIMEOUT_MS = 10 * 60 * 1000
Listener = Callable[[Tenant, Proof], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """`listener(tenant, proof)` is called, in the control schema, whenever a record turns out to be broken."""
    if listener not in _listeners:
        _listeners.append(listener)


def ask_everywhere() -> int:
    """Have every serving workspace's record verified, each by a job of its own. Returns how many."""
    with context.control():
        rows = [{"tenant": str(uuid)} for uuid in Tenant.objects.active().order_by("pk").values_list("uuid", flat=True)]
        return later_each("provisioning.prove_record", rows, lock="record:{tenant}")


def is_due(tenant: Tenant) -> bool:
    """Whether there is a record of this release to verify: the schema can be entered and is as this code knows it."""
    return tenant.is_reachable and (
        bool(keeping.tables(tenant.schema_name)) or tenant.migration_head == template.head()
    )


def prove(tenant: Tenant, *, at: datetime, asked: bool = False) -> Proof:
    """Seal, verify, compare with every mark, set the next one. With `asked` it is noted even if nothing is new."""
    guarded = keeping.is_kept(tenant.schema_name)
    with context.control():
        marks = _marks(tenant)
    try:
        with context.inside(tenant, timeout_ms=TIMEOUT_MS):
            proof = usage.prove_record(marks, guarded=guarded, at=at, asked=asked)
    except DatabaseError:
        if guarded:
            raise
        # The table is gone, or what stands in its place cannot even be read or added to.
        proof = Proof(0, "", Fault("unguarded", 0))
    with context.control():
        if proof.fault is None:
            _mark(tenant, Head(proof.count, proof.digest), at)
        else:
            log.error("record_broken", workspace=str(tenant.uuid), fault=proof.fault.kind, row=proof.fault.position)
            for listener in _listeners:
                listener(tenant, proof)
    return proof


def begin(tenant: Tenant, *, at: datetime) -> None:
    """The first mark in a schema that content was restored into, before anything is added there. Again, it is there."""
    if not keeping.tables(tenant.schema_name):
        return  # an archive of a release before there was a chain
    with context.inside(tenant):
        found = usage.record_head()
    with context.control():
        _mark(tenant, found, at)


def _mark(tenant: Tenant, found: Head, at: datetime) -> None:
    Anchor.objects.get_or_create(
        tenant=tenant, schema_name=tenant.schema_name, count=found.count, defaults={"digest": found.digest, "at": at}
    )


def _marks(tenant: Tenant) -> list[Head]:
    """Those of the schema in force, and of former ones as far as their content was restored into it."""
    rows = list(Anchor.objects.filter(tenant=tenant).order_by("count", "pk"))
    here = [row for row in rows if row.schema_name == tenant.schema_name]
    common = here[0].count if here else 0
    elder = [row for row in rows if row.schema_name != tenant.schema_name and row.count <= common]
    return [Head(row.count, row.digest) for row in (*elder, *here)]
