"""What was asked to be taken away, what was taken, and from where."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Self

from django.db.models import Max, Min
from django.http import Http404

from workspace.access.models import Consent
from workspace.access.queries import consents
from workspace.accounts.models import User
from workspace.audit.models import Entry
from workspace.members.models.member import MemberQuerySet
from workspace.organization.models import Unit

FORMS = ("xlsx", "csv")


@dataclass(frozen=True)
class Asked:
    """A request to take members away in full: how many, as what, and the narrowing of the list as its address said."""

    rows: int
    form: str
    query: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Self:
        """Raises ValueError, KeyError or TypeError for what was never written by `to_json`."""
        if said["form"] not in FORMS:
            raise ValueError(said["form"])
        return cls(int(said["rows"]), said["form"], {str(k): str(v) for k, v in said["query"].items()})


def taken_in_full(by: User, *, since: datetime) -> int:
    """Rows that this person took away in full on their own."""
    kind = User._meta.label_lower
    lines = Entry.objects.filter(kind=kind, thing=str(by.pk), at__gte=since, verb="members.exported")
    said = lines.filter(details__whole=True).values_list("details", flat=True)
    return sum(int(details["rows"]) for details in said if "consent" not in details)


def common_unit(members: MemberQuerySet) -> Unit:
    """The lowest unit that has all of them below it; the root where there are none."""
    ends = members.order_by().aggregate(first=Min("unit__path"), last=Max("unit__path"))
    first, last = ends["first"] or "", ends["last"] or ""
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    path = first[: same - same % Unit.steplen]
    return Unit.objects.get(path=path) if path else Unit.objects.get(depth=1)


def agreed_export(pk: int, *, by: User, verb: str) -> Consent:
    """This person's own request with this key, or Http404."""
    found = consents.consent(pk, visible_to=by)
    if found.verb != verb or found.by_id != by.pk:
        raise Http404
    return found
