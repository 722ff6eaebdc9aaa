"""Where the product rests on which rules.

Each app that reads a rule declares it in a module `rule_uses`, naming its own files; `tests/architecture` derives from
the sources what those files rest on and compares. So the page of rules can say where each one is used, and is right.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.rulebook import rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One thing the product does because of rules.

    `modules` are files of the app, without its name (`actions.assessing`). `url_name` is a page without parameters
    where it is seen; `needs` the verb that page asks of its reader, as in the navigation.
    """

    label: str
    label_en: str
    modules: tuple[str, ...]
    codes: frozenset[str]
    url_name: str = ""
    needs: str = ""


_declared: dict[str, tuple[Use, ...]] = {}


def declare(app: str, *uses: Use) -> None:
    """Say once, when the process starts, what an app does; declaring an app again replaces what it said."""
    _declared[app] = uses


def declared() -> dict[str, tuple[Use, ...]]:
    """Every app's uses, by app label."""
    return dict(_declared)


def uses_of(code: str) -> list[Use]:
    """Everything that rests on a rule, in the order of declaration."""
    return [use for uses in _declared.values() for use in uses if code in use.codes]


def codes(*names: str) -> frozenset[str]:
    """Codes of rules, checked to exist; raises UnknownRule."""
    for name in names:
        rulebook().versions(name)
    return frozenset(names)


def with_parameter(name: str) -> frozenset[str]:
    """The codes of all rules with a parameter: `obligation` for recurring duties, `check` for structure checks."""
    return frozenset(rule.code for rule in rulebook().rules if name in rule.parameters)


def unused(names: Iterable[str]) -> list[str]:
    """Those of the codes that nothing rests on yet, in their order."""
    return [name for name in names if not uses_of(name)]
