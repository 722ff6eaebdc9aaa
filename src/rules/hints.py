"""What is odd about the shape of an organisation, by which rule, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules import conditions
from rules.rule import Rule, Severity
from rules.rulebook import Rulebook, rulebook
from rules.structure import Structure

LOUDEST_FIRST = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Hint:
    """A finding for people to judge. `found` is the number seen, `limit` the one in the rule."""

    rule: Rule
    found: int
    limit: int
    message: str
    message_en: str
    advice: str
    advice_en: str

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def severity(self) -> Severity:
        return self.rule.severity


def structure_hints(structure: Structure, *, on: date | None = None, book: Rulebook | None = None) -> list[Hint]:
    """Every check the structure fails, loudest first. Without `on`, the newest version of each rule is used."""
    chosen = book or rulebook()
    rules = chosen.in_force(on) if on else [rule for rule in chosen.rules if rule.effective_to is None]
    hints = [
        _hint(rule, structure)
        for rule in rules
        if "check" in rule.parameters and conditions.hold(rule.applies_when, structure) and _fails(rule, structure)
    ]
    return sorted(hints, key=lambda hint: LOUDEST_FIRST.index(hint.severity))


def _fails(rule: Rule, structure: Structure) -> bool:
    check = _check(rule)
    found = _found(rule, structure)
    if "below" in check:
        return found < int(check["below"])
    if "above" in check:
        return found > int(check["above"])
    return found >= int(check["at_least"])


def _hint(rule: Rule, structure: Structure) -> Hint:
    check = _check(rule)
    found = _found(rule, structure)
    limit = int(next(check[name] for name in ("below", "above", "at_least") if name in check))
    words = {"found": found, "limit": limit}
    return Hint(
        rule=rule,
        found=found,
        limit=limit,
        message=check["message"].format(**words),
        message_en=check["message_en"].format(**words),
        advice=check["advice"],
        advice_en=check["advice_en"],
    )


def _found(rule: Rule, structure: Structure) -> int:
    return int(getattr(structure, _check(rule)["measure"]))


def _check(rule: Rule) -> Mapping[str, Any]:
    check: Mapping[str, Any] = rule.parameters["check"]
    return check
