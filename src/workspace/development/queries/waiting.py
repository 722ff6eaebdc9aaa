"""What waits for a person in cases: for their to-do and their reminders."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from rules import Node
from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.development.models import Case
from workspace.development.queries.plans import SOON, Plan, plan_of
from workspace.development.queries.visibility import APPROVE, HANDLE, decides


@dataclass(frozen=True)
class Waiting:
    """One line a case: the first thing this person can do there."""

    plan: Plan
    node: Node

    @property
    def case(self) -> Case:
        return self.plan.case


def waiting_for(user: User, *, on: date, most: int) -> list[Waiting]:
    """Steps due within two weeks or overdue, and whatever asks the level above; the earliest day first."""
    handled = units_where(user, HANDLE).order_by().values("pk")
    approved = units_where(user, APPROVE).order_by().values("pk")
    mine = Q(member__unit__in=handled, next_due__lte=on + SOON) | Q(member__unit__in=approved, asks_above=True)
    rows = (
        Case.objects.open()
        .filter(mine, member__unit__is_sample=False)
        .exclude(member__user=user)
        .select_related("member__unit")
        .prefetch_related("steps")
        .order_by(F("next_due").asc(nulls_last=True), "pk")[:most]
    )
    return [line for case in rows for line in _lines(user, case, on)]


def _lines(user: User, case: Case, on: date) -> Iterator[Waiting]:
    plan = plan_of(case, on=on)
    if case.asks_above and decides(user, case):
        yield Waiting(plan, plan.asked_above[0])
        return
    able = plan.now if not case.asks_above else plan.asked_below
    near = [node for node in able if node.due_on and node.due_on <= on + SOON]
    if near:
        yield Waiting(plan, near[0])
    elif able and plan.overdue:
        # what is overdue still waits for this one, which has no day of its own
        yield Waiting(plan, able[0])
