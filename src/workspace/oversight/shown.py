"""A line of the record as people read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from workspace.access.models import Role
from workspace.audit.models import Entry
from workspace.audit.words import kind_words, verb_words
from workspace.members.importing.columns import BY_NAME
from workspace.members.queries.facts import label_of
from workspace.organization import facts as unit_facts
from workspace.oversight import words
from workspace.oversight.links import page_of
from workspace.oversight.naming import details_without_names, label_without_names

# Where an entry keeps what a change made of what: field → [before, after].
_CHANGES = ("changed", "changes")


@dataclass(frozen=True)
class Change:
    """One field, before and after; personal values were masked when they were written down."""

    field: str
    before: str
    after: str


class Shown:
    """`named` says whether the reader may read the names of the people whom the line tells of; else they are masked."""

    def __init__(self, entry: Entry, *, named: bool, unit: str = "") -> None:
        self.entry = entry
        self.unit = unit
        self._named = named

    @property
    def verb(self) -> str:
        return verb_words(self.entry.verb)

    @property
    def kind(self) -> str:
        return kind_words(self.entry.kind)

    @property
    def thing(self) -> str:
        """What it was called then. What somebody asked in private is no title for an auditor to read."""
        if self.entry.kind == "voice.topic":
            return f"#{self.entry.thing}"
        return self.entry.label if self._named else label_without_names(self.entry)

    @property
    def by(self) -> str:
        """Nobody's name and a network address: somebody who was not signed in."""
        return self.entry.by_name or (_("未登录的人") if self.entry.address else _("系统"))

    @property
    def role(self) -> str:
        """As it was known then."""
        codes = self.entry.role.split()
        return "、".join(str(dict(Role.choices).get(code, code)) for code in codes)

    @property
    def result(self) -> str:
        return str(self.entry.get_result_display())

    @property
    def level(self) -> str:
        """Of the badge."""
        return "" if self.entry.result == Entry.Result.DONE else "bad"

    @property
    def url(self) -> str:
        return page_of(self.entry)

    @property
    def noted(self) -> dict[str, Any]:
        """The details as this reader may read them."""
        return self.entry.details if self._named else details_without_names(self.entry)

    @property
    def changes(self) -> list[Change]:
        return list(self._changed())

    def _changed(self) -> Iterator[Change]:
        for name in _CHANGES:
            for field, pair in _mapping(self.noted.get(name)).items():
                if isinstance(pair, list) and len(pair) == 2:
                    yield Change(_field(self.entry.kind, field), words.value(pair[0]), words.value(pair[1]))

    @property
    def details(self) -> list[tuple[str, str]]:
        """Everything else that was noted, by name."""
        rest = {key: value for key, value in self.noted.items() if key not in _CHANGES}
        return [(words.key(key), words.value(value)) for key, value in sorted(rest.items()) if value not in ("", None)]

    @property
    def link(self) -> str:
        return bytes(self.entry.link).hex() if self.entry.link else ""


def _mapping(found: Any) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}


def _field(kind: str, name: str) -> str:
    """What the field is called on its page."""
    if kind == "members.member" and name in BY_NAME:
        return label_of(BY_NAME[name])
    if kind == "organization.unit" and name in unit_facts.NAMES:
        return unit_facts.label_of(name)
    if name in words.FIELDS:
        return str(words.FIELDS[name])
    try:
        return str(apps.get_model(kind)._meta.get_field(name).verbose_name)
    except (LookupError, FieldDoesNotExist, AttributeError, ValueError):
        return name
