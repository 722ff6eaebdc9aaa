"""The way from the version a workspace is on to this code's: rendered once, kept, replayed in every schema.

A scratch schema at the origin is migrated forward by Django while every statement is recorded; then it is rolled back.
"""

from functools import cached_property
from typing import Any

from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from provisioning import template
from provisioning.fleet.operations import needs_python
from provisioning.fleet.refusals import (
    AheadOfUs,
    Edited,
    NotAtomic,
    NoWay,
    OutOfOrder,
    UnknownOrigin,
    Vanished,
)
from provisioning.models import Release, Upgrade
from tenants.postgresql.base import recorded

Node = tuple[str, str]
Plan = list[tuple[Migration, bool]]
# Between two migrations in one transaction: rows that the first one wrote are checked before the second alters tables.
_CHECK = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"


class Ways:
    """Every way to one release. A thread has its own: it keeps what it found, refusals too."""

    def __init__(self, destination: Release) -> None:
        self.destination = destination
        self._known: dict[str, Upgrade | NoWay] = {}

    def of(self, head: str) -> Upgrade:
        """The way from that head, rendered at the first need (about a second). Raises NoWay."""
        if head not in self._known:
            try:
                self._known[head] = self._find(head)
            except NoWay as refusal:
                self._known[head] = refusal
        found = self._known[head]
        if isinstance(found, NoWay):
            raise found
        return found

    def _find(self, head: str) -> Upgrade:
        origin = Release.objects.filter(head=head).first()
        if origin is None:
            raise UnknownOrigin(head=_short(head))
        kept = (
            Upgrade.objects.select_related("origin", "destination")
            .filter(origin=origin, destination=self.destination)
            .first()
        )
        return kept or _render(origin, self.destination)

    @cached_property
    def applied(self) -> set[Node]:
        """The migrations of the destination."""
        return nodes(self.destination)


def nodes(release: Release) -> set[Node]:
    """Its migrations as `(app, name)`."""
    return {(app, name) for app, name in release.migrations}


def named(some: "set[Node] | list[Node]") -> str:
    """For a message: `app.name`, in order, no more than five."""
    texts = sorted(f"{app}.{name}" for app, name in some)
    return ", ".join(texts[:5]) + (" …" if len(texts) > 5 else "") or "—"


def _render(origin: Release, destination: Release) -> Upgrade:
    _refuse_other_history(origin, destination)
    _refuse_edited(origin)
    with template.scratch() as schema:
        template.replay(origin)
        executor = MigrationExecutor(connection)
        try:
            executor.loader.check_consistent_history(connection)
        except InconsistentMigrationHistory as error:
            raise OutOfOrder(head=_short(origin.head), migrations=str(error)) from error
        plan = executor.migration_plan(template.leaves(executor.loader))
        pending = [migration for migration, _backwards in plan]
        if loose := [(each.app_label, each.name) for each in pending if not each.atomic]:
            raise NotAtomic(migrations=named(loose))
        with recorded() as statements:
            forward(executor, plan)
        added = sorted(set(executor.recorder.applied_migrations()) - nodes(origin))
    python = [f"{each.app_label}.{each.name}" for each in pending if needs_python(each)]
    if any(schema in statement for statement in statements):
        # Something was written for this one schema by name: it must be written anew in each.
        python = [f"{each.app_label}.{each.name}" for each in pending]
    made, _created = Upgrade.objects.update_or_create(
        origin=origin,
        destination=destination,
        defaults={"statements": [] if python else statements, "migrations": added, "python": python},
    )
    # Where another runner was quicker they would be looked up later, inside a workspace, where they are not.
    made.origin, made.destination = origin, destination
    return made


def forward(executor: MigrationExecutor, plan: Plan, state: ProjectState | None = None) -> None:
    """Run the plan in the schema in force, within the running transaction."""

    def between(action: str, migration: Any = None, fake: bool = False) -> None:
        if action == "apply_start" and migration is not plan[0][0]:
            with connection.schema_editor(atomic=False) as editor:
                editor.execute(_CHECK, None)

    executor.progress_callback = between  # type: ignore[assignment]  # the stubs know three shapes of call
    executor.migrate([], plan=plan, state=state)


def _refuse_other_history(origin: Release, destination: Release) -> None:
    ours, theirs = nodes(destination), nodes(origin)
    if gone := theirs - ours:
        refusal = AheadOfUs if ours < theirs else Vanished
        raise refusal(head=_short(origin.head), migrations=named(gone))


def _refuse_edited(origin: Release) -> None:
    """Migrations that ran there may have another text here only if they make the same statements."""
    ours = template.sources()
    known = {f"{app}.{name}" for app, name in nodes(origin)} & set(ours)
    edited = [name for name in sorted(known) if origin.sources.get(name) != ours[name]]
    if edited and sorted(_statements_up_to(origin)) != sorted(origin.statements):
        # A release from before texts were kept cannot say which one it was.
        raise Edited(head=_short(origin.head), migrations=", ".join(edited[:5]) if origin.sources else "—")


def _statements_up_to(origin: Release) -> list[str]:
    """What this code's migrations make when they stop where the origin stood."""
    ran = nodes(origin)
    with template.scratch(), recorded() as statements:
        executor = MigrationExecutor(connection)
        graph = executor.loader.graph
        here = [node for node in sorted(ran) if node in graph.nodes and node[0] in template.tenant_app_labels()]
        last = [n for n in here if not any(c.key in ran and c.key[0] == n[0] for c in graph.node_map[n].children)]
        executor.migrate(last)
    return list(statements)


def _short(head: str) -> str:
    return head[:12] or "—"
