"""What the walls are made of, taken away one at a time. `tests.isolation.mutated` runs tests under each.

A mutation that no longer fits the code raises `NoLongerFits`, so that it cannot pass for one that was noticed.
"""

import dataclasses
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

Patch = pytest.MonkeyPatch
Undo = Callable[[], None]


class NoLongerFits(Exception):
    """The code that the mutation changes is not there any more."""


class Everybodys:
    """A ContextVar that every thread shares."""

    def __init__(self) -> None:
        self.value: Any = None

    def get(self) -> Any:
        return self.value

    def set(self, value: Any) -> Any:
        before, self.value = self.value, value
        return before

    def reset(self, before: Any) -> None:
        self.value = before


def _contexts(patch: Patch, **values: str) -> None:
    """What the database is told of a workspace's context has other values than the context."""
    from tenants.context import Context

    real = vars(Context).get("statement")
    told = getattr(real, "fget", None) or getattr(real, "func", None)
    if told is None:
        raise NoLongerFits("Context.statement")

    def statement(self: Any) -> str:
        if self.schema == "public":
            return told(self)
        return told(dataclasses.replace(self, **{name: text.format(path=self.path) for name, text in values.items()}))

    patch.setattr(Context, "statement", property(statement))


def no_role(patch: Patch) -> None:
    _contexts(patch, role="none")


def no_path(patch: Patch) -> None:
    _contexts(patch, path="public")


def control_before_path(patch: Patch) -> None:
    _contexts(patch, path="public, {path}")


def first_role_for_all(patch: Patch) -> None:
    """The path is right and the role somebody else's."""
    from tenants.models import Tenant

    _contexts(patch, role=Tenant.objects.get(slug="jia").schema_name)


def first_path_for_all(patch: Patch) -> None:
    """The role is right and the path somebody else's."""
    from tenants.models import Tenant

    _contexts(patch, path=Tenant.objects.get(slug="jia").schema_name + ", extensions")


def no_second_application(patch: Patch) -> None:
    """After a rollback to a savepoint the backend goes on believing in the role it set after it."""
    from tenants.postgresql.base import DatabaseWrapper

    if "_savepoint_rollback" not in vars(DatabaseWrapper):
        raise NoLongerFits("DatabaseWrapper._savepoint_rollback")
    patch.delattr(DatabaseWrapper, "_savepoint_rollback")


def applied_once(patch: Patch) -> None:
    """A context is set when a transaction begins, and a change within it goes unnoticed."""
    from psycopg.pq import TransactionStatus

    from tenants.postgresql.base import DatabaseWrapper

    real = DatabaseWrapper.__dict__.get("_apply")
    if real is None:
        raise NoLongerFits("DatabaseWrapper._apply")

    def at_begin(self: Any) -> None:
        if self.connection.pgconn.transaction_status == TransactionStatus.IDLE:
            real(self)

    patch.setattr(DatabaseWrapper, "_apply", at_begin)


def first_statement_goes_alone(patch: Patch) -> None:
    """A transaction's first statement leaves BEGIN and the context behind."""
    from tenants.postgresql import base

    real = vars(base).get("execute_behind")
    if real is None:
        raise NoLongerFits("base.execute_behind")
    patch.setattr(base, "execute_behind", lambda _opening, *what: real(b"BEGIN;", *what))


def one_context_for_all_threads(patch: Patch) -> None:
    from tenants import context

    patch.setattr(context, "current", Everybodys())


def context_never_taken_back(patch: Patch) -> None:
    from tenants import context

    real = context.current

    class Kept(Everybodys):
        get, set = staticmethod(real.get), staticmethod(real.set)

        def reset(self, before: Any) -> None:
            return

    patch.setattr(context, "current", Kept())


def console_is_the_login_role(patch: Patch) -> None:
    from tenants import context

    patch.setattr(context, "control_role", lambda: "none")


def login_inherits(patch: Patch) -> Undo:
    return _ddl("GRANT {jia} TO CURRENT_USER WITH INHERIT TRUE", "GRANT {jia} TO CURRENT_USER WITH INHERIT FALSE")


def schemas_are_open(patch: Patch) -> Undo:
    """Any role may read a workspace that it can name."""
    rights = ("USAGE ON SCHEMA {jia}", "SELECT ON ALL TABLES IN SCHEMA {jia}")
    return _ddl(
        "SET ROLE {jia}; " + "; ".join(f"GRANT {right} TO PUBLIC" for right in rights) + "; RESET ROLE",
        "SET ROLE {jia}; " + "; ".join(f"REVOKE {right} FROM PUBLIC" for right in rights) + "; RESET ROLE",
    )


def _ddl(do: str, undo: str) -> Undo:
    from django.db import DatabaseError, connection

    from tenants.models import Tenant

    schema = Tenant.objects.get(slug="jia").schema_name

    def execute(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement.format(jia=schema))

    def take_back() -> None:
        # A transaction that broke takes it back itself.
        with suppress(DatabaseError):
            execute(undo)

    execute(do)
    return take_back


def jobs_go_to_the_first(patch: Patch) -> None:
    """The worker no longer believes the row about whose a job is."""
    from tenants import context

    real = context.inside

    def inside(tenant: Any, *, timeout_ms: int | None = None) -> Any:
        # Only the worker lifts the timeout so far.
        first = type(tenant).objects.order_by("pk").first() if (timeout_ms or 0) > 60_000 else tenant
        return real(first, timeout_ms=timeout_ms)

    patch.setattr(context, "inside", inside)


def hosts_mixed_up(patch: Patch) -> None:
    """The cache of hosts answers with whom it found last."""
    from tenants import hosts

    real, last = hosts.find, []

    def find(label: str) -> Any:
        if not last:
            last.append(real(label))
        return last[0]

    patch.setattr(hosts, "find", find)


def unbound_signatures(patch: Patch) -> None:
    """What is signed no longer says for which workspace."""
    from workspace.accounts import links, tokens
    from workspace.accounts.models import user

    for module in (links, tokens, user):
        if not hasattr(module, "workspace_id"):
            raise NoLongerFits(f"{module.__name__}.workspace_id")
        patch.setattr(module, "workspace_id", lambda: "everywhere")


ALL: tuple[Callable[[Patch], Undo | None], ...] = (
    no_role,
    no_path,
    control_before_path,
    first_role_for_all,
    first_path_for_all,
    no_second_application,
    applied_once,
    first_statement_goes_alone,
    one_context_for_all_threads,
    context_never_taken_back,
    console_is_the_login_role,
    login_inherits,
    schemas_are_open,
    jobs_go_to_the_first,
    hosts_mixed_up,
    unbound_signatures,
)
# Those that a random walk must notice by itself; the others it may leave to the tests that are about them.
WALKED = (no_role, no_path, applied_once, one_context_for_all_threads, context_never_taken_back, jobs_go_to_the_first,
          hosts_mixed_up)  # fmt: skip
