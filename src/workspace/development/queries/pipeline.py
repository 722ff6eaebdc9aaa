"""The list of cases: by stage, narrowed, and what is overdue over all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from rules import AdmissionStage
from workspace.accounts.models import User
from workspace.development.models import Case, CaseQuerySet
from workspace.development.queries.plans import SOON, Plan, plan_of
from workspace.development.queries.visibility import cases_visible_to
from workspace.members.models import Member
from workspace.organization.models import Unit

STANDINGS = ("open", "overdue", "soon", "above", "ended", "all")


@dataclass(frozen=True)
class Narrowing:
    """What the list is narrowed to; an empty field does not narrow. `standing` is one of STANDINGS."""

    words: str = ""
    unit: Unit | None = None
    stage: str = ""
    standing: str = "open"


def cases(user: User, narrowing: Narrowing, *, on: date) -> CaseQuerySet:
    """Those this person may see, narrowed, in no order."""
    found = _standing(cases_visible_to(user), narrowing.standing, on)
    if narrowing.words.strip():
        found = found.filter(member__in=Member.objects.all().matching(narrowing.words).order_by().values("pk"))
    if narrowing.unit:
        found = found.below(narrowing.unit)
    return found.filter(stage=narrowing.stage) if narrowing.stage else found


def _standing(found: CaseQuerySet, standing: str, on: date) -> CaseQuerySet:
    match standing:
        case "overdue":
            return found.overdue(on)
        case "soon":
            return found.open().filter(next_due__gte=on, next_due__lte=on + SOON)
        case "above":
            return found.open().filter(asks_above=True)
        case "ended":
            return found.exclude(state=Case.State.OPEN)
        case "all":
            return found
    return found.open()


def by_stage(found: CaseQuerySet) -> list[tuple[AdmissionStage, int]]:
    """How many are in each stage, all five of them. One query."""
    counted = dict(found.order_by().values_list("stage").annotate(cases=Count("pk")))
    return [(stage, counted.get(stage.value, 0)) for stage in AdmissionStage]


@dataclass(frozen=True)
class Late:
    """A step whose last day has passed."""

    plan: Plan
    step: str
    due: date
    days: int
    key: str


def late_steps(found: Iterable[Case], *, on: date) -> list[Late]:
    """Every overdue step of these cases, the oldest first. A case each costs a plan."""
    rows = [
        Late(plan, node.step.code, node.due_on, (on - node.due_on).days, node.key)
        for plan in (plan_of(case, on=on) for case in found)
        for node in plan.overdue
        if node.due_on
    ]
    return sorted(rows, key=lambda row: row.due)
