"""The mailbox of this machine: mails that `make run` wrote to files instead of sending. Never on a server."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shared.http import Request

_FILE = re.compile(r"\d{8}T\d{12}-[0-9a-f]{6}")
SHOWN = 100  # mails


@dataclass(frozen=True)
class Mail:
    """One mail as the page shows it."""

    name: str
    at: datetime | None
    to: str
    subject: str
    body: str


@never_cache
@require_GET
def mailbox(request: Request) -> HttpResponse:
    """Newest first."""
    files = sorted(_folder().glob("*.eml"), reverse=True)[:SHOWN]
    return render(request, "provisioning/mailbox.html", {"mails": [_read(file) for file in files]})


@never_cache
@require_GET
def mail(request: Request, name: str) -> HttpResponse:
    """One mail, with its links."""
    file = _folder() / f"{name}.eml"
    if not _FILE.fullmatch(name) or not file.is_file():
        raise Http404
    return render(request, "provisioning/mail.html", {"mail": _read(file)})


def _folder() -> Path:
    # Two settings, both off on a server: a mailbox shows everybody's codes and links.
    if not settings.MAILBOX or not settings.STYLEGUIDE:
        raise Http404
    return Path(settings.MAILBOX)


def _read(file: Path) -> Mail:
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    part = message.get_body(preferencelist=("plain", "html"))
    date = message["date"]
    return Mail(
        name=file.stem,
        at=date.datetime if date else None,
        to=str(message["to"] or ""),
        subject=str(message["subject"] or ""),
        body=part.get_content() if part else "",
    )
