"""How the record stands: how long it is, its fingerprint, and the last verification."""

from dataclasses import dataclass
from datetime import datetime

from workspace.audit import chain
from workspace.audit.chain import Head
from workspace.audit.models import Entry
from workspace.oversight.proving import BROKEN, VERIFIED


@dataclass(frozen=True)
class Standing:
    """`verified_at` is None until the first verification; `fault` is empty while all is well."""

    head: Head
    verified_at: datetime | None = None
    verified_rows: int = 0
    fault: str = ""
    position: int | None = None


def standing() -> Standing:
    """Of the workspace in force; two small reads."""
    head = chain.head()
    last = Entry.objects.filter(verb__in=(VERIFIED, BROKEN), kind="organization.unit").order_by("-at").first()
    if last is None:
        return Standing(head)
    said = last.details
    return Standing(head, last.at, said.get("rows", 0), said.get("fault", ""), said.get("position"))
