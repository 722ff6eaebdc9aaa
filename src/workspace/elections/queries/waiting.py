"""What waits for whom: terms that end without an election, steps of one that runs, questions to answer."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.elections.models import Election
from workspace.elections.queries.terms import UnitTerm, near_their_end
from workspace.elections.queries.visibility import APPROVE, HANDLE, may_decide
from workspace.organization.models import Unit, UnitQuerySet

MOST = 12  # rows looked at; the pages behind the links have the rest


@dataclass(frozen=True)
class Waiting:
    """`answers` wait for the level above, `steps` for the unit, `terms` for somebody to open an election."""

    answers: list[Election]
    steps: list[Election]
    terms: list[UnitTerm]


def waiting_for(user: User, *, on: date) -> Waiting:
    """Four queries, and two for each question that may be theirs to answer."""
    handled = units_where(user, HANDLE).filter(is_sample=False)
    mine, above = handled.order_by().values("pk"), _approving(user)
    asked = Q(unit__in=above) & ~Q(asks="")
    found = Election.objects.running().filter(Q(unit__in=mine) | asked).annotate(is_mine=Exists(_same_unit(handled)))
    running = list(found.select_related("unit").defer("roll").order_by("planned_on", "pk"))
    asking = [row for row in running if row.asks][:MOST]
    here = [row for row in running if row.is_mine]  # type: ignore[attr-defined]  # annotated above
    terms = near_their_end(handled, on=on, running={row.unit_id: row for row in here})
    return Waiting(
        [row for row in asking if may_decide(user, row)],
        [row for row in here if not row.asks][:MOST],
        [one for one in terms if one.election is None],
    )


def answers(user: User, *, most: int = MOST) -> list[Election]:
    """Open questions that this person answers, the oldest first."""
    asking = Election.objects.asking().filter(unit__in=_approving(user)).select_related("unit")
    return [row for row in asking.order_by("updated_at", "pk")[:most] if may_decide(user, row)]


def _approving(user: User) -> "QuerySet[Unit, dict[str, Any]]":
    return units_where(user, APPROVE).filter(is_sample=False).order_by().values("pk")


def _same_unit(units: UnitQuerySet) -> UnitQuerySet:
    return units.order_by().filter(pk=OuterRef("unit"))
