"""For whom a person acts (代): known from what was asked in this request, told to the record.

`may` and `units_where` note it when only a lent grant let the person pass; `MayMiddleware` opens and closes the note.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from workspace.access.models import Grant
from workspace.accounts.models import User

_noted: ContextVar[set[int] | None] = ContextVar("lent_grants_used", default=None)


@contextmanager
def noting() -> Iterator[None]:
    """Within this, it is remembered which lent grants were needed."""
    token = _noted.set(set())
    try:
        yield
    finally:
        _noted.reset(token)


def note(reaching: Iterable[int | None]) -> None:
    """The grants that let a person pass: a lent one's key, None for one of their own."""
    keys = set(reaching)
    noted = _noted.get()
    if noted is not None and keys and None not in keys:
        noted |= {key for key in keys if key is not None}


def stands_in_for(by: User) -> list[str]:
    """The names of those for whom this person acts now. A query only where a lent grant was needed."""
    noted = _noted.get()
    if not noted:
        return []
    rows = Grant.objects.filter(pk__in=noted, user=by, delegated_from__isnull=False)
    return list(
        rows.order_by("delegated_from__user__name").values_list("delegated_from__user__name", flat=True).distinct()
    )
