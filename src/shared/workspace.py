"""The workspace (工作空间) a request or a job runs in, as all code above may know it: no schema, no role."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Workspace:
    """One partner organisation's world. `uuid` binds every signed value, cache key and file path to it."""

    uuid: UUID
    name: str
    slug: str
    kind: str
    read_only: bool = False
    closes_at: datetime | None = None  # set while the workspace is being closed and can still be kept
    # 32 random bytes of this workspace alone; destroyed with it, and then nothing sealed with them can be read again.
    secret: bytes = field(default=b"", repr=False, compare=False)

    @property
    def url(self) -> str:
        """Scheme and host, without a trailing slash."""
        return absolute_url(self.slug)


current: ContextVar[Workspace | None] = ContextVar("current_workspace", default=None)
# Whom the request in hand is for, also when its transaction has ended: so say its lines in the log.
served: ContextVar[Workspace | None] = ContextVar("served_workspace", default=None)


def current_workspace() -> Workspace:
    """The workspace in force. Raises LookupError outside one: a caller that needs it must not run without."""
    found = current.get()
    if found is None:
        raise LookupError("no workspace in force")
    return found


def workspace_id() -> str:
    """The uuid of the workspace in force, or the word `control`: binds keys and signatures."""
    found = current.get()
    return str(found.uuid) if found else "control"


def absolute_url(label: str = "", path: str = "") -> str:
    """An address on the public site (`label` empty), the console or a workspace, never built from a request."""
    host = f"{label}.{settings.BASE_DOMAIN}" if label else settings.BASE_DOMAIN
    port = f":{settings.PUBLIC_PORT}" if settings.PUBLIC_PORT else ""
    return f"{settings.PUBLIC_SCHEME}://{host}{port}{path}"
