"""Tasks that behave in every way a task may, for what must not stay behind them."""

import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import DataError, connection, transaction

from shared import queue
from tenants import context, worker
from tenants.models import Tenant
from workspace.accounts.models import User
from workspace.organization.models import Unit

kept: list[Any] = []


def reads() -> None:
    assert Unit.objects.exists()


def reads_half() -> None:
    rows = User.objects.order_by("pk").iterator(chunk_size=1)
    next(rows)
    kept.append(rows)  # so that nothing is closed by being forgotten


def writes_and_fails() -> None:
    Unit.objects.update(name="ruined")
    1 / 0  # noqa: B018


def says_nonsense() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def rolls_back_to_a_savepoint() -> None:
    with suppress(ZeroDivisionError), transaction.atomic():
        writes_and_fails()
    reads()


def enters_the_neighbour() -> None:
    with context.control():
        yan = Tenant.objects.get(slug="yan")
    with context.inside(yan):
        reads()
    reads()


def takes_too_long() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 20")
        cursor.execute("SELECT pg_sleep(5)")


def asks_for_a_job() -> None:
    queue.later("tests.reads")


def counts_tenants() -> None:
    assert Tenant.objects.count() > 1


def walks_over_tenants() -> None:
    put = worker.everywhere("tests.reads")
    # Who has it waiting from before gets no second one.
    assert put in {0, Tenant.objects.filter(state=Tenant.State.ACTIVE).count()}


def mix(rng: random.Random, schemas: dict[str, str], times: int) -> dict[str, int]:
    """Look into one schema after another and do one of the deeds there."""
    done = leaked = 0
    for _ in range(times):
        schema = rng.choice(list(schemas))
        with suppress(ZeroDivisionError, DataError), context.entered(context.of_schema(schema)):
            seen = [Unit.objects.get(depth=1).name, where()]
            rng.choice([reads, reads_half, writes_and_fails, says_nonsense, rolls_back_to_a_savepoint])()
            seen += [Unit.objects.get(depth=1).name, where()]
            done += 1
            leaked += seen != [schemas[schema], schema] * 2
    return {"done": done, "leaked": leaked}


def where() -> str:
    """The schema and the role in force, which are one name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema(), current_user")
        schema, role = cursor.fetchone()
    return str(schema) if schema == role else f"{role} in {schema}"


WORKSPACE: tuple[Callable[[], None], ...] = (
    reads, reads_half, writes_and_fails, says_nonsense, rolls_back_to_a_savepoint, enters_the_neighbour,
    takes_too_long, asks_for_a_job,
)  # fmt: skip
CONTROL: tuple[Callable[[], None], ...] = (counts_tenants, walks_over_tenants)


def register() -> None:
    for area, deeds in (("workspace", WORKSPACE), ("control", CONTROL)):
        for deed in deeds:
            queue.task(f"tests.{deed.__name__}", area=area)(deed)
