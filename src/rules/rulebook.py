"""All rules together: what holds on a day, and what held before."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import resources

from rules.reading import RuleDataError, read
from rules.rule import Rule


class UnknownRule(LookupError):
    """No rule of that code (or version) exists."""


class NotInForce(LookupError):
    """The rule exists, but not on that day."""


class Rulebook:
    """A set of rules in which no two versions of one code overlap."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._versions: dict[str, tuple[Rule, ...]] = {}
        for rule in sorted(self.rules, key=lambda rule: rule.effective_from):
            earlier = self._versions.get(rule.code, ())
            _refuse_overlap(earlier, rule)
            self._versions[rule.code] = (*earlier, rule)
        self._by_key = {rule.key: rule for rule in self.rules}

    def in_force(self, on: date) -> tuple[Rule, ...]:
        """Every rule that holds on that day, in the order of the files."""
        return tuple(rule for rule in self.rules if rule.is_in_force(on))

    def versions(self, code: str) -> tuple[Rule, ...]:
        """Every version of a rule, oldest first; raises UnknownRule."""
        try:
            return self._versions[code]
        except KeyError:
            raise UnknownRule(f"no rule has the code {code!r}") from None

    def get(self, code: str, *, on: date | None = None) -> Rule:
        """The version that holds on that day, or the newest without a day; raises UnknownRule or NotInForce."""
        versions = self.versions(code)
        if on is None:
            return versions[-1]
        for rule in versions:
            if rule.is_in_force(on):
                return rule
        raise NotInForce(f"rule {code!r} is not in force on {on.isoformat()}")

    def holds(self, code: str, *, on: date) -> bool:
        """Whether the rule was in force on that day; an unknown code is still an error."""
        return any(rule.is_in_force(on) for rule in self.versions(code))

    def version(self, key: str) -> Rule:
        """The one version a case stored as `rule.key`; raises UnknownRule."""
        try:
            return self._by_key[key]
        except KeyError:
            raise UnknownRule(f"no rule version is called {key!r}") from None


def _refuse_overlap(earlier: tuple[Rule, ...], rule: Rule) -> None:
    if earlier and (earlier[-1].effective_to is None or rule.effective_from <= earlier[-1].effective_to):
        raise RuleDataError("rulebook", rule.code, f"{rule.key} overlaps {earlier[-1].key}")


@cache
def rulebook() -> Rulebook:
    """The rules that ship with the product; read once per process."""
    files = sorted((resources.files("rules") / "data").iterdir(), key=lambda file: file.name)
    return Rulebook(
        rule
        for file in files
        if file.name.endswith(".toml")
        for rule in read(file.read_text(encoding="utf-8"), file=file.name)
    )


def in_force(on: date) -> tuple[Rule, ...]:
    return rulebook().in_force(on)


def get(code: str, *, on: date | None = None) -> Rule:
    return rulebook().get(code, on=on)


def versions(code: str) -> tuple[Rule, ...]:
    return rulebook().versions(code)


def holds(code: str, *, on: date) -> bool:
    return rulebook().holds(code, on=on)


def version(key: str) -> Rule:
    return rulebook().version(key)
