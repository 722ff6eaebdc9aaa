"""The rules as a reader asks for them: of a day, of a document, by a word, by a mark, by what they are used for.

No database: what the regulations say is the same for everybody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import rules
from rules.rulebook import Rulebook
from rules.uses import Use, declared, uses_of
from rules.wording import figures


class Standing(StrEnum):
    """A version of a rule against a day."""

    IN_FORCE = "in_force"
    FUTURE = "future"
    PAST = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a reader asks for; an empty text asks for everything. `use` is a use's English label, or `NOTHING`."""

    on: date
    standing: str = Standing.IN_FORCE
    words: str = ""
    document: str = ""
    tier: str = ""
    mark: str = ""
    use: str = ""


NOTHING = "-"  # as a use: rules that nothing rests on yet
ANY = "all"  # as a standing: every version


@dataclass(frozen=True, slots=True)
class Document:
    """A regulation: its title and, where it is known, its number."""

    title: str
    number: str


def book() -> Rulebook:
    """The rules that a workspace works by; where its own additions would come in."""
    return rules.rulebook()


def standing(rule: rules.Rule, on: date) -> Standing:
    if rule.is_in_force(on):
        return Standing.IN_FORCE
    return Standing.FUTURE if rule.effective_from > on else Standing.PAST


def found(wanted: Wanted) -> list[rules.Rule]:
    """The versions asked for, by document, and inside it in the order of its file."""
    return [rule for rule in book().rules if _is_wanted(rule, wanted)]


def by_document(chosen: Iterable[rules.Rule]) -> dict[Document, list[rules.Rule]]:
    """Rules under the regulation they stand in; the regulations that say most come first."""
    grouped: dict[Document, list[rules.Rule]] = {}
    for rule in chosen:
        grouped.setdefault(Document(rule.document, rule.number), []).append(rule)
    return dict(sorted(grouped.items(), key=lambda pair: -len(pair[1])))


def documents() -> list[str]:
    """The titles of all regulations, each once."""
    return list(dict.fromkeys(rule.document for rule in book().rules))


def uses() -> list[Use]:
    """Everything the product does because of rules."""
    return [use for of_app in declared().values() for use in of_app]


def _is_wanted(rule: rules.Rule, wanted: Wanted) -> bool:
    return (
        wanted.standing in {ANY, standing(rule, wanted.on)}
        and wanted.document in {"", rule.document}
        and wanted.tier in {"", rule.tier}
        and wanted.mark in {"", rule.verification}
        and _is_used(rule, wanted.use)
        and all(word in _text(rule) for word in wanted.words.lower().split())
    )


def _is_used(rule: rules.Rule, asked: str) -> bool:
    if not asked:
        return True
    labels = {use.label_en for use in uses_of(rule.code)}
    return not labels if asked == NOTHING else asked in labels


def _text(rule: rules.Rule) -> str:
    """All that a search looks through."""
    said = (word for phrase in figures(rule) for word in phrase)
    return " ".join((rule.code, rule.citation, rule.number, rule.summary, rule.summary_en, rule.badge, *said)).lower()
