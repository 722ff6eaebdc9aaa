"""Set up what a pasted list names and the tree does not have yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.organization.actions.creation import create
from workspace.organization.facts import Facts
from workspace.organization.models import Unit, UnitQuerySet
from workspace.organization.pasting import Line


class Verdict(StrEnum):
    NEW = "new"
    THERE = "there"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a line; `note` is the unit above, or what is wrong."""

    line: Line
    verdict: Verdict
    note: str


@transaction.atomic
def set_up_listed(lines: Sequence[Line], *, under: Unit, reach: UnitQuerySet, by: User) -> list[Outcome]:
    """Create every missing unit, parents before children whatever the order of the lines; others stay as they are.

    A line without a parent stands under `under`. Parents are looked for within `reach`, what the person may change.
    """
    outcomes: dict[int, Outcome] = {}
    waiting = list(lines)
    while waiting:
        later = [line for line in waiting if not _settle(line, outcomes, under=under, reach=reach, by=by)]
        if len(later) == len(waiting):
            for line in later:
                note = _("找不到上级“{name}”，或者有几个同名的上级。").format(name=line.parent)
                outcomes[line.number] = Outcome(line, Verdict.PROBLEM, note)
            break
        waiting = later
    return [outcomes[line.number] for line in lines]


def rehearse(lines: Sequence[Line], *, under: Unit, reach: UnitQuerySet, by: User) -> list[Outcome]:
    """What `set_up_listed` would do, by doing it and undoing it: the same rules, and nothing stays."""
    with transaction.atomic():
        outcomes = set_up_listed(lines, under=under, reach=reach, by=by)
        transaction.set_rollback(True)
    return outcomes


def _settle(line: Line, outcomes: dict[int, Outcome], *, under: Unit, reach: UnitQuerySet, by: User) -> bool:
    """False when the parent is not there yet."""
    parent = _named(line.parent, reach) if line.parent else under
    if parent is None:
        return False
    outcomes[line.number] = _outcome(line, parent, by)
    return True


def _outcome(line: Line, parent: Unit, by: User) -> Outcome:
    if Unit.objects.children_of(parent).open().filter(name=line.name).exists():
        return Outcome(line, Verdict.THERE, str(parent))
    if line.kind is None:
        return Outcome(line, Verdict.PROBLEM, _("不认识的组织类别“{type}”。").format(type=line.type))
    if len(line.name) > 120 or len(line.code) > 40 or len(line.short_name) > 40:
        return Outcome(line, Verdict.PROBLEM, _("名称、编码或简称太长。"))
    facts = Facts(name=line.name, type=line.kind, code=line.code, short_name=line.short_name)
    try:
        create(parent, facts, by=by)
    except Refusal as refusal:
        return Outcome(line, Verdict.PROBLEM, str(refusal))
    return Outcome(line, Verdict.NEW, str(parent))


def _named(words: str, reach: UnitQuerySet) -> Unit | None:
    """The one open unit of that name, short name or code; None when there is none, or more than one."""
    found = list(reach.open().filter(Q(name=words) | Q(short_name=words) | Q(code=words))[:2])
    return found[0] if len(found) == 1 else None
