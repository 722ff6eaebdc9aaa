"""Every URL of a workspace and of the console, asked by nobody: none answers with content."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.urls import URLPattern, URLResolver
from django.urls.converters import get_converters

from tests.support.cast import Cast, Client

# Doors that stand open on purpose; each says to whom.
OPEN = (
    "sign-in", "reset", "activate", "join", "i18n", "display", "palette.json", "styleguide",  # before signing in
    "api/schema", "api/docs",  # the public contract, no data
    "activities/calendar/<str:secret>.ics",  # the secret is the key; a wrong one is 404
    "c/<str:code>",  # a scanned code leads to sign-in
)  # fmt: skip
SAMPLES = {"int": "1", "str": "a", "slug": "a", "uuid": "0b0b0b0b-0000-4000-8000-000000000000", "path": "a"}


def walk(patterns: list, prefix: str = "") -> Iterator[str]:
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            yield route


def fill(route: str) -> str:
    """A concrete path for a route: every converter gets a sample."""
    path = route
    for name in get_converters():
        while f"<{name}:" in path:
            start = path.index(f"<{name}:")
            path = path[:start] + SAMPLES.get(name, "1") + path[path.index(">", start) + 1 :]
    while "<" in path:
        start = path.index("<")
        path = path[:start] + "1" + path[path.index(">", start) + 1 :]
    return "/" + path.replace("^", "").replace("$", "").replace("\\", "")


def routes(urlconf: str) -> list[str]:
    return [route for route in sorted(set(walk(import_module(urlconf).urlpatterns))) if not route.startswith(OPEN)]


@pytest.mark.parametrize("route", routes("config.urls_workspace"))
def test_no_door_of_a_workspace_opens_to_a_stranger(cast: Cast, route: str) -> None:
    for method in ("get", "post"):
        answer = getattr(Client("jia"), method)(fill(route))
        leads_to_sign_in = answer.status_code == 302 and "/sign-in/" in answer["Location"]
        assert leads_to_sign_in or answer.status_code in {401, 403, 404, 405}, (method, answer.status_code)


@pytest.mark.parametrize("route", routes("config.urls_console"))
def test_no_door_of_the_console_opens_to_a_stranger(db: None, route: str) -> None:
    for method in ("get", "post"):
        answer = getattr(Client("console"), method)(fill(route))
        leads_to_sign_in = answer.status_code == 302 and "/sign-in/" in answer["Location"]
        assert leads_to_sign_in or answer.status_code in {401, 403, 404, 405}, (method, answer.status_code)
