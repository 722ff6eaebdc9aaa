"""Reading a regulation file: text into rules, or an error that says which line of which rule is wrong.

A file is TOML: one `[document]` table (title, number, effective_from, effective_to, source) and one `[[rule]]` table
per rule. What a rule leaves out of effective_from, effective_to, source and number it takes from its document.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from rules import conditions
from rules.kinds import EventKind
from rules.periods import Every
from rules.rule import Rule, Severity, Tier, Tighter, Verification
from rules.structure import Structure

Word = TypeVar("Word", bound=StrEnum)

_DOCUMENT = {"title", "number", "effective_from", "effective_to", "source"}
_TEXT = ("code", "article", "summary", "summary_en")
_CHOICES = ("tier", "severity", "verification")
_OPTIONAL = {"applies_when", "parameters", "tighten", "effective_from", "effective_to", "source", "number"}
_OBLIGATION = {"kinds", "every", "needed", "needed_per"}
_CHECK = {"measure", "below", "above", "at_least", "message", "message_en", "advice", "advice_en"}
_LIMITS = ("below", "above", "at_least")


class RuleDataError(ValueError):
    """A data file says something that cannot be a rule."""

    def __init__(self, file: str, where: str, problem: str) -> None:
        super().__init__(f"{file}: {where}: {problem}")


def read(text: str, *, file: str) -> list[Rule]:
    """All rules of one file, in its order; raises RuleDataError naming the file and the rule."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleDataError(file, "toml", str(error)) from error
    document = _Table(file, "document", data.get("document", {}))
    document.only(_DOCUMENT)
    title = document.text("title")
    rows = data.get("rule", [])
    if not rows:
        raise RuleDataError(file, "document", "holds no rule")
    return [
        _rule(_Table(file, str(row.get("code", f"rule {at}")), row), document, title) for at, row in enumerate(rows)
    ]


def _rule(row: "_Table", document: "_Table", title: str) -> Rule:
    row.only({*_TEXT, *_CHOICES, *_OPTIONAL})
    start = row.date("effective_from") or document.date("effective_from")
    end = row.date("effective_to") or document.date("effective_to")
    if start is None:
        raise row.wrong("effective_from is missing")
    if end is not None and end < start:
        raise row.wrong("effective_to lies before effective_from")
    parameters = row.values.get("parameters", {})
    if not isinstance(parameters, Mapping):
        raise row.wrong("parameters must be a table")
    _check_obligation(row, parameters.get("obligation"))
    _check_check(row, parameters.get("check"))
    return Rule(
        code=row.text("code"),
        document=title,
        number=row.values.get("number", document.values.get("number", "")),
        article=row.text("article"),
        summary=row.text("summary"),
        summary_en=row.text("summary_en"),
        effective_from=start,
        effective_to=end,
        tier=row.choice("tier", Tier),
        applies_when=row.conditions(),
        parameters=_frozen(parameters),
        severity=row.choice("severity", Severity),
        verification=row.choice("verification", Verification),
        source=row.values.get("source") or document.text("source"),
        tighten=_tighten(row, parameters),
    )


def _tighten(row: "_Table", parameters: Mapping[str, Any]) -> Mapping[str, Tighter]:
    table = row.inner("tighten", row.values.get("tighten", {}))
    for name in table.values:
        if type(parameters.get(name)) is not int:
            raise table.wrong(f"{name} is no whole-number parameter of the rule")
    return MappingProxyType({name: table.choice(name, Tighter) for name in table.values})


def _check_obligation(row: "_Table", values: object) -> None:
    if values is None:
        return
    table = row.inner("obligation", values)
    table.only(_OBLIGATION)
    table.choice("every", Every)
    kinds = table.values.get("kinds")
    if not isinstance(kinds, list) or not kinds:
        raise table.wrong("kinds must be a list with at least one event kind")
    for kind in kinds:
        if kind not in set(EventKind):
            raise table.wrong(f"{kind!r} is no event kind")
    needed = table.values.get("needed", 1)
    if not isinstance(needed, int) or needed < 1:
        raise table.wrong("needed must be a whole number from 1")
    if table.values.get("needed_per", "group") != "group":
        raise table.wrong("needed_per can only be 'group'")


def _check_check(row: "_Table", values: object) -> None:
    if values is None:
        return
    table = row.inner("check", values)
    table.only(_CHECK)
    for name in ("message", "message_en", "advice", "advice_en"):
        table.text(name)
    if not hasattr(Structure, table.text("measure")):
        raise table.wrong("measure is no count of a structure")
    limits = [name for name in _LIMITS if isinstance(table.values.get(name), int)]
    if len(limits) != 1:
        raise table.wrong(f"needs exactly one of {', '.join(_LIMITS)} as a whole number")


class _Table:
    """A TOML table that knows where it stands, so that a complaint can say so."""

    def __init__(self, file: str, where: str, values: object) -> None:
        self.file, self.where = file, where
        if not isinstance(values, Mapping):
            raise self.wrong("must be a table")
        self.values: Mapping[str, Any] = values

    def inner(self, name: str, values: object) -> "_Table":
        return _Table(self.file, f"{self.where}: {name}", values)

    def wrong(self, problem: str) -> RuleDataError:
        return RuleDataError(self.file, self.where, problem)

    def only(self, known: set[str]) -> None:
        if unknown := sorted(set(self.values) - known):
            raise self.wrong(f"unknown field {', '.join(unknown)}")

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(f"{name} must be a text that is not empty")
        return value

    def date(self, name: str) -> date | None:
        value = self.values.get(name)
        if value is not None and type(value) is not date:
            raise self.wrong(f"{name} must be a date")
        return value

    def choice(self, name: str, words: type[Word]) -> Word:
        value = self.values.get(name)
        if value not in {word.value for word in words}:
            raise self.wrong(f"{name} must be one of {', '.join(words)}, not {value!r}")
        return words(value)

    def conditions(self) -> tuple[str, ...]:
        names = self.values.get("applies_when")
        if not isinstance(names, list) or not names:
            raise self.wrong("applies_when must name at least one condition")
        for name in names:
            if name not in conditions.ALL:
                raise self.wrong(f"{name!r} is no condition")
        return tuple(names)


def _frozen(value: Any) -> Any:
    """Rules are shared by every caller of the process, so nothing in them may be changed."""
    if isinstance(value, Mapping):
        return MappingProxyType({key: _frozen(inner) for key, inner in value.items()})
    if isinstance(value, list):
        return tuple(_frozen(inner) for inner in value)
    return value
