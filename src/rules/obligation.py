"""What an organisation owes in a year, given its shape and the rules in force."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules import conditions
from rules.kinds import EventKind
from rules.periods import Every, Period, periods
from rules.rule import Rule, Tier
from rules.rulebook import Rulebook, rulebook
from rules.structure import Structure


@dataclass(frozen=True, slots=True)
class Obligation:
    """`needed` events of one of `kinds`, held in `period` and no later than `due`, because of `rule`."""

    rule: Rule
    kinds: frozenset[EventKind]
    period: Period
    due: date
    needed: int

    @property
    def key(self) -> str:
        """Stable within one organisation: `branch.general_meeting/2026-Q3`."""
        return f"{self.rule.code}/{self.period.code}"

    @property
    def title(self) -> str:
        """For people: 2026年第三季度 党员大会"""
        return f"{self.period.label} {'、'.join(kind.label for kind in EventKind if kind in self.kinds)}"

    @property
    def title_en(self) -> str:
        return f"{', '.join(kind.label_en for kind in EventKind if kind in self.kinds)}, {self.period.label_en}"


def obligations(
    structure: Structure, year: int, *, adopted: Collection[str] = (), book: Rulebook | None = None
) -> list[Obligation]:
    """Everything the organisation owes in a calendar year, by due date.

    Local rules bind only where the organisation adopted them: pass their codes as `adopted`. A period counts when the
    organisation existed for at least half of its days, and is then cut to the days it existed. A period is judged by
    the rules in force on its first day.
    """
    owed = [
        _owed(rule, structure, period)
        for rule in (book or rulebook()).rules
        if "obligation" in rule.parameters and _binds(rule, structure, adopted)
        for period in _periods(rule, structure, year)
    ]
    return sorted(owed, key=lambda item: (item.due, item.period.start, item.rule.code))


def _binds(rule: Rule, structure: Structure, adopted: Collection[str]) -> bool:
    if rule.tier is Tier.LOCAL and rule.code not in adopted:
        return False
    return conditions.hold(rule.applies_when, structure)


def _periods(rule: Rule, structure: Structure, year: int) -> list[Period]:
    found = []
    for period in periods(year, Every(_terms(rule)["every"])):
        lived = period.within(structure.created_on, structure.disbanded_on)
        if lived and lived.days * 2 >= period.days and rule.is_in_force(period.start):
            found.append(lived)
    return found


def _owed(rule: Rule, structure: Structure, period: Period) -> Obligation:
    terms = _terms(rule)
    times = structure.group_count if terms.get("needed_per") == "group" else 1
    kinds = frozenset(EventKind(kind) for kind in terms["kinds"])
    return Obligation(rule, kinds, period, due=period.end, needed=times * int(terms.get("needed", 1)))


def _terms(rule: Rule) -> Mapping[str, Any]:
    terms: Mapping[str, Any] = rule.parameters["obligation"]
    return terms
