"""Where the running work came from: a request's network address and id, or a job. For the record, never for logs."""

from contextvars import ContextVar
from dataclasses import dataclass

import structlog
from django.http import HttpRequest

from shared.addresses import client_address


@dataclass(frozen=True, slots=True)
class Origin:
    """`request` is the request's id, as in logs and in the answer."""

    address: str = ""
    request: str = ""


# The request in hand and its id. Most requests record nothing, so the address is read only when somebody asks.
current: ContextVar[tuple[HttpRequest, str] | None] = ContextVar("origin", default=None)


def origin() -> Origin:
    """Of the request in hand; of a job, its number; nothing on a command line."""
    if found := current.get():
        request, request_id = found
        return Origin(client_address(request) or "", request_id)
    job = structlog.contextvars.get_contextvars().get("job")
    return Origin(request=f"job:{job}") if job is not None else Origin()
