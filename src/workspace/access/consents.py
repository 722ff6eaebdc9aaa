"""What can be asked of a second person. The apps above register their kinds when they start; here nobody knows them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise

from workspace.access.models import Consent

Fact = tuple[str | Promise, str]


def _nothing(consent: Consent) -> None:
    """What most kinds do: the row itself is the answer."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`facts` is what the second person reads, `url` where the one who asked goes once it is agreed to.

    `alone` is how long everybody is given notice where nobody else could decide; None: it cannot be asked for then.
    `agreed`, `refused` and `withdrawn` run in the transaction that decides.
    """

    label: str | Promise
    facts: Callable[[Consent], list[Fact]]
    url: Callable[[Consent], str]
    go: str | Promise
    alone: timedelta | None = None
    agreed: Callable[[Consent], None] = _nothing
    refused: Callable[[Consent], None] = _nothing
    withdrawn: Callable[[Consent], None] = _nothing


KINDS: dict[str, Kind] = {}


def register(verb: str, kind: Kind) -> None:
    """Called once, when the application starts."""
    KINDS[verb] = kind


def kind_of(consent: Consent) -> Kind:
    return KINDS[consent.verb]
