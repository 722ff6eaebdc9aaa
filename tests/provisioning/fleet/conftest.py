from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from provisioning import template
from provisioning.fleet import turns, ways
from provisioning.models import Release, Upgrade
from tests.provisioning.fleet.shelf import Shelf

_kept: dict[Any, dict[str, Any]] = {}
_FIELDS = ("statements", "migrations", "python", "tables", "sources")


@pytest.fixture
def shelf(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    """Releases to come. What was really rendered once for a head is put in place for the tests after."""
    settings.FLEET_BACKOFF_S = 0.01
    monkeypatch.setattr(turns, "LONGEST_BACKOFF_S", 0.2)  # a turn that is killed often would wait for a minute
    release, way = template.render, ways._render
    monkeypatch.setattr(template, "render", lambda: _once(template.head(), release, head=template.head()))
    monkeypatch.setattr(
        ways,
        "_render",
        lambda origin, destination: _once(
            (origin.head, destination.head),
            lambda: way(origin, destination),
            origin=origin,
            destination=destination,
        ),
    )
    made = Shelf(tmp_path, settings, monkeypatch)
    try:
        yield made
    finally:
        made.close()


def _once(key: Any, render: Callable[[], Release | Upgrade], **place: Any) -> Release | Upgrade:
    if key not in _kept:
        made = render()
        _kept[key] = {name: getattr(made, name) for name in _FIELDS if hasattr(made, name)}
        return made
    model = Upgrade if isinstance(key, tuple) else Release
    found = model.objects.update_or_create(**place, defaults=_kept[key])[0]
    for name, value in place.items():
        setattr(found, name, value)
    return found
