"""Take back what a list of units did (撤回)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from django.db import transaction
from django.utils.translation import gettext as _

from shared.clock import today
from shared.refusals import Refusal
from workspace.accounts.models import User
from workspace.organization.actions.changing import change
from workspace.organization.actions.closing import close
from workspace.organization.actions.listing import Outcome, Verdict
from workspace.organization.facts import Facts
from workspace.organization.models import UnitQuerySet

_DATES = ("established_on", "elected_on")


@dataclass(frozen=True)
class Done:
    """What a list did, as JSON may carry it: keys of new units; of changed ones what they said before and the moment of
    the change, so that nothing newer is undone with it."""

    new: list[int]
    changed: list[dict[str, Any]]

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> Self:
        new = [each.unit.pk for each in outcomes if each.verdict == Verdict.NEW and each.unit]
        changed = [
            {"unit": each.unit.pk, "at": each.unit.updated_at.isoformat(), "was": _plain(each.was)}
            for each in outcomes
            if each.unit and each.was
        ]
        return cls(new, changed)

    def __bool__(self) -> bool:
        return bool(self.new or self.changed)


@dataclass(frozen=True, slots=True)
class Left:
    """A unit that stays as the list made it, and why."""

    unit: str
    why: str


@transaction.atomic
def take_back(done: Done, *, reach: UnitQuerySet, by: User) -> list[Left]:
    """Units that were new end today, those below first; others say again what they said. What somebody has worked with
    meanwhile stays, and is returned with the reason."""
    left: list[Left] = []
    there = {unit.pk: unit for unit in reach.filter(pk__in=[*done.new, *(each["unit"] for each in done.changed)])}
    for key in reversed(done.new):
        if (unit := there.get(key)) and unit.is_open:
            try:
                close(unit, on=today(), reason=_("撤回导入的名单"), by=by)
            except Refusal as refusal:
                left.append(Left(str(unit), str(refusal)))
    for each in done.changed:
        if (unit := there.get(each["unit"])) is None:
            continue
        if unit.updated_at.isoformat() != each["at"]:
            left.append(Left(str(unit), _("导入以后又有人改过它。")))
            continue
        try:
            change(unit, _facts(each["was"]), by=by, corrects=True)
        except Refusal as refusal:
            left.append(Left(str(unit), str(refusal)))
    return left


def _plain(facts: Facts) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(facts).items()}


def _facts(plain: dict[str, Any]) -> Facts:
    dates = {name: date.fromisoformat(plain[name]) if plain[name] else None for name in _DATES}
    return Facts(**{**plain, **dates})
