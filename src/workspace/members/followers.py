"""What stands on a person of the register, and what becomes of it when two entries of one person are merged.

Every foreign key to a member is found in the models, so that no table is forgotten: its rows go along to the entry that
stays, and where a rule of the database allows only one, merging is refused. An app that knows better says so in its
`ready()`: how its rows are called, and what is to be done where both entries have one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db import models
from django.db.models import ManyToOneRel, UniqueConstraint
from django.utils.functional import Promise

from workspace.members.models import Member


class Meeting(Enum):
    """What happens where both entries have what only one may have."""

    REFUSED = "refused"  # somebody has to put it right first: two open cases, a month paid twice
    FULLER = "fuller"  # one row goes: the one that says less, at a tie that of the entry that goes
    ONE_SIDE = "one_side"  # what the entry that stays has holds as a whole: periods that would overlap
    LEFT_OUT = "left_out"  # nothing goes along, the rows stay without a member


@dataclass(frozen=True)
class Follower:
    """`refusal` says in words why both cannot be, and what to do first."""

    key: str  # app.model.field, in lower case
    label: str | Promise
    meeting: Meeting = Meeting.REFUSED
    refusal: str | Promise = ""


@dataclass(frozen=True)
class Mention:
    """A key of a member inside JSON: `rows(pk)` are those that speak of it, `renamed(value, old, new)` what they say
    instead."""

    key: str
    rows: Callable[[int], "models.QuerySet[Any]"]
    renamed: Callable[[Any, int, int], Any]

    @property
    def field(self) -> str:
        return self.key.rpartition(".")[2]


_followers: dict[str, Follower] = {}
_mentions: dict[str, Mention] = {}


def register(*followers: Follower) -> None:
    """Called from an app's `ready()`; a second one of the same key replaces the first."""
    _followers.update({each.key: each for each in followers})


def mention(each: Mention) -> None:
    _mentions[each.key] = each


def mentions() -> list[Mention]:
    return [_mentions[key] for key in sorted(_mentions)]


@dataclass(frozen=True)
class Strand:
    """One foreign key to a member."""

    field: "models.Field[Any, Any]"

    @property
    def model(self) -> Any:
        return self.field.model

    @property
    def key(self) -> str:
        return f"{self.model._meta.label_lower}.{self.field.name}"

    @property
    def follower(self) -> Follower:
        return _followers.get(self.key) or Follower(self.key, self.model._meta.verbose_name)

    def rows(self, member: int) -> "models.QuerySet[Any]":
        return self.model._base_manager.filter(**{self.field.name: member}).order_by("pk")

    def clashes(self, kept: int, gone: int) -> list[tuple[Any, Any]]:
        """Pairs (of the entry that stays, of the one that goes) of which one member may have one only."""
        found: dict[tuple[Any, Any], tuple[Any, Any]] = {}
        for others, condition in self._rules():
            narrow = models.Q(condition) if condition else models.Q()
            mine = {_values(row, others): row for row in self.rows(kept).filter(narrow)}
            for row in self.rows(gone).filter(narrow):
                values = _values(row, others)
                if values in mine and None not in values:
                    found[mine[values].pk, row.pk] = (mine[values], row)
        return list(found.values())

    def _rules(self) -> Iterator[tuple[list[str], "models.Q | None"]]:
        """(the other columns, on which rows) of each rule that one member may have one."""
        meta, own = self.model._meta, self.field.name
        if self.field.unique:
            yield [], None
        for constraint in meta.constraints:
            if isinstance(constraint, UniqueConstraint) and own in constraint.fields:
                yield [name for name in constraint.fields if name != own], constraint.condition
        for together in meta.unique_together:
            if own in together:
                yield [name for name in together if name != own], None


def strands() -> list[Strand]:
    """All of them, of every app, those without a way back included."""
    found = [
        Strand(relation.field)
        for relation in Member._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel)  # one to one included
    ]
    return sorted(found, key=lambda strand: strand.key)


def _values(row: Any, names: list[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, row._meta.get_field(name).attname) for name in names)
