"""What stands in the navigation of each frame. Apps register their own entries in `ready()`.

Areas: `workspace` and `console` (side navigation), `public` (top links), `bar` (icons in the brand bar),
`user` (the person's menu). `needs` is a verb; it is asked of `request.may(verb)`, and without an answer the
entry stays hidden.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Entry:
    area: str
    name: str
    label: Text
    icon: str
    url_name: str
    order: int = 100
    group: Text = ""
    # what the tab bar of a phone says, where the label would not fit on one line
    short: Text = ""
    needs: str | None = None
    # a number shown beside the entry (unread messages); asked once per page
    count: Callable[[HttpRequest], int] | None = None


@dataclass(frozen=True)
class Item:
    """An entry as one person sees it on one page."""

    entry: Entry
    url: str
    current: bool
    count: int

    @property
    def label(self) -> Text:
        return self.entry.label

    @property
    def short(self) -> Text:
        return self.entry.short or self.entry.label

    @property
    def icon(self) -> str:
        return self.entry.icon

    @property
    def group(self) -> str:
        return str(self.entry.group)


_entries: dict[tuple[str, str], Entry] = {}


def register(
    *,
    area: str,
    name: str,
    label: Text,
    icon: str,
    url_name: str,
    order: int = 100,
    group: Text = "",
    short: Text = "",
    needs: str | None = None,
    count: Callable[[HttpRequest], int] | None = None,
) -> Entry:
    """Add an entry; the same area and name again replaces it, so `ready()` may run twice."""
    entry = Entry(
        area=area,
        name=name,
        label=label,
        icon=icon,
        url_name=url_name,
        order=order,
        group=group,
        short=short,
        needs=needs,
        count=count,
    )
    _entries[area, name] = entry
    return entry


def entries(area: str) -> list[Entry]:
    """Every entry of an area in its order, whoever looks."""
    found = [entry for entry in _entries.values() if entry.area == area]
    return sorted(found, key=lambda entry: (entry.order, entry.name))


def items(area: str, request: HttpRequest) -> list[Item]:
    """The entries this request may see, with at most one marked as current."""
    reachable = [(entry, url) for entry in entries(area) if (url := _url(entry, request)) and _may(entry, request)]
    here = _current(request.path, [url for _, url in reachable])
    return [
        Item(entry, url, current=url == here, count=entry.count(request) if entry.count else 0)
        for entry, url in reachable
    ]


def groups(shown: Iterable[Item]) -> list[tuple[str, list[Item]]]:
    """Items by group for the side navigation; a group stands where its first item does."""
    found: dict[str, list[Item]] = {}
    for item in shown:
        found.setdefault(item.group, []).append(item)
    return list(found.items())


def _url(entry: Entry, request: HttpRequest) -> str:
    # The same app may be mounted on one host only; elsewhere its entry simply has no address.
    try:
        return reverse(entry.url_name, urlconf=getattr(request, "urlconf", None))
    except NoReverseMatch:
        return ""


def _may(entry: Entry, request: Any) -> bool:
    if entry.needs is None:
        return True
    may = getattr(request, "may", None)
    return bool(may and may(entry.needs))


def _current(path: str, urls: list[str]) -> str:
    """The longest address that holds the present path; the root only when it is the page itself."""
    holding = [url for url in urls if path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))]
    return max(holding, key=len, default="")
