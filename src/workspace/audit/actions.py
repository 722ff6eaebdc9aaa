"""Put a line in the record."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import models

from shared.clock import now
from shared.origin import origin
from workspace.accounts.models import User
from workspace.audit.behalf import named
from workspace.audit.many import add_many
from workspace.audit.models import Entry

# A person's roles as they are known without asking the database; a floor above says how (`workspace.access`).
Roles = Callable[[User], str]
_roles: list[Roles] = []
_UNIT = "organization.unit"
Result = Entry.Result
# Verbs that tell of what did not come to pass.
_RESULTS = {
    "account.sign_in_failed": Result.FAILED,
    "account.code_failed": Result.FAILED,
    "account.locked": Result.REFUSED,
    "archive.failed": Result.FAILED,
    "joining.refused": Result.REFUSED,
    "consent.refused": Result.REFUSED,
    "topic.declined": Result.REFUSED,
}


def roles_from(ask: Roles) -> None:
    """`ask(user)` is what stands under `role` from now on."""
    _roles[:] = [ask]


def record(
    verb: str,
    *,
    of: models.Model,
    by: User | None,
    details: dict[str, Any] | None = None,
    result: str = "",
    unit: int | None = None,
) -> Entry:
    """Note that `by` did `verb` to `of`, in the running transaction. `by` is None when the machinery did it.

    `result` follows from the verb unless it is given. `unit` is the organisation it belongs to, where `of` does not say
    so itself.
    """
    made = entry(verb, of=of, by=by, details=details, result=result, unit=unit)
    made.save(force_insert=True)
    return made


def entry(
    verb: str,
    *,
    of: models.Model,
    by: User | None,
    details: dict[str, Any] | None = None,
    result: str = "",
    unit: int | None = None,
) -> Entry:
    """The same, not yet written down."""
    return Entry(
        verb=verb,
        kind=of._meta.label_lower,
        thing=str(of.pk),
        label=str(of)[:200],
        by=by,
        details=details or {},
        result=result or _RESULTS.get(verb, Result.DONE),
        unit=unit or _unit_of(of),
        **_common(by),
    )


def record_many(
    verb: str, *, of: Sequence[models.Model], by: User | None, details: Sequence[dict[str, Any]] | None = None
) -> None:
    """A line for each thing, in one statement. `details` go with `of` by position."""
    about = details or [{}] * len(of)
    lines = [
        {"kind": thing._meta.label_lower, "thing": str(thing.pk), "label": str(thing)[:200], "unit": _unit_of(thing)}
        | {"details": said}
        for thing, said in zip(of, about, strict=True)
    ]
    common = {"verb": verb, "by_id": by.pk if by else None, "at": now(), "result": _RESULTS.get(verb, Result.DONE)}
    add_many(lines, common=common | _common(by))


def _common(by: User | None) -> dict[str, str]:
    """Who in which role, and from where: the same for every line of one action."""
    came = origin()
    role = _roles[0](by) if by and _roles else ""
    return {"by_name": named(by), "role": role[:60], "address": came.address, "request": came.request[:64]}


def _unit_of(thing: models.Model) -> int | None:
    """The organisation that a thing is, or belongs to by a key of its own; asks the database nothing."""
    found = thing.pk if thing._meta.label_lower == _UNIT else getattr(thing, "unit_id", None)
    return found if isinstance(found, int) else None
