"""How the sample branch is emptied: each app that keeps things on units takes its own away first."""

from collections.abc import Callable

from workspace.organization.models import UnitQuerySet

Clear = Callable[[UnitQuerySet], object]

_clearers: dict[str, tuple[int, Clear]] = {}


def register(app: str, clear: Clear, *, order: int) -> None:
    """`clear` gets the units that go and deletes what the app keeps on them. Lower orders run first: higher floors."""
    _clearers[app] = (order, clear)


def clearers() -> list[Clear]:
    return [clear for _order, clear in sorted(_clearers.values(), key=lambda pair: pair[0])]
