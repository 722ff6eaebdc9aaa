"""Look for a canary in whatever an answer is: page, header, redirect, spreadsheet, calendar, archive."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from tests.isolation.canaries import CANARY, PHONE


def birds(text: str) -> set[str]:
    """The workspaces whose canaries are in a text."""
    # Calendars fold long lines; spreadsheets write blanks as entities.
    plain = unquote(re.sub(r"\r?\n[ \t]", "", text)).casefold()
    return {slug for slug in CANARY if CANARY[slug] in plain or PHONE[slug] in plain}


def seen_in(response: Any) -> set[str]:
    """The workspaces whose canaries are in an answer of the test client."""
    return set().union(*(birds(text) for text in texts(response)))


def texts(response: Any) -> Iterator[str]:
    """Every text that an answer carries."""
    yield "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    yield str(response.cookies)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    yield from unpacked(body)


def unpacked(body: bytes) -> Iterator[str]:
    """The body as text; of an archive, every member's text and name, archives within it included."""
    if not body.startswith(b"PK"):
        yield body.decode("utf-8", "replace")
        return
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in archive.namelist():
            yield name
            yield from unpacked(archive.read(name))
