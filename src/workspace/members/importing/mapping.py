"""Columns of a sheet mapped to member fields: guessed, shown with samples, changed by the user."""

from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from shared.refusals import Refusal
from shared.spreadsheets.cells import is_blank, text_of
from workspace.members.importing.columns import BY_NAME, FIELDS, Need
from workspace.members.importing.matching import likely_field_for
from workspace.members.importing.tables import Table

_SAMPLES = 3


class MappedTwice(Refusal):
    message = _("“{field}”已经对应到第 {column} 列，一个字段只能对应一列。")
    status = 400


class UnknownField(Refusal):
    message = _("没有名为“{field}”的字段。")
    status = 400


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the sheet: from 0, its name, the field it means (None to ignore it), how sure that is."""

    index: int
    label: str
    field: str | None
    confidence: float = 0.0
    hidden: bool = False
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mapping:
    """All columns in order. No field stands twice."""

    columns: tuple[Column, ...]

    @property
    def fields(self) -> dict[str, int]:
        """Field name → column index."""
        return {c.field: c.index for c in self.columns if c.field}

    def assign(self, index: int, field: str | None) -> "Mapping":
        """A mapping with one column set by hand. Raises MappedTwice, UnknownField."""
        if field is not None and field not in BY_NAME:
            raise UnknownField(field=field)
        taken = self.fields.get(field) if field else None
        if taken is not None and taken != index and field:
            raise MappedTwice(field=BY_NAME[field].label, column=taken + 1)
        changed = (replace(c, field=field, confidence=1.0) if c.index == index else c for c in self.columns)
        return Mapping(tuple(changed))

    def chosen(self, fields: AnyMapping[int, str | None]) -> "Mapping":
        """A mapping with every choice of a form at once, so that two columns may trade places."""
        plain = Mapping(tuple(replace(c, field=None) if c.index in fields else c for c in self.columns))
        for index, field in fields.items():
            plain = plain.assign(index, field or None)
        return plain

    def missing(self, *, given: Iterable[str] = ()) -> list[str]:
        """Required fields that no column holds and no default gives."""
        have = {*self.fields, *given}
        return [f.name for f in FIELDS if f.need is Need.REQUIRED and f.name not in have]

    def as_plain(self) -> dict[str, str]:
        """{"0": "name", …} for storing; ignored columns are left out."""
        return {str(c.index): c.field for c in self.columns if c.field}


def guess(table: Table) -> Mapping:
    """A first mapping from the column names; where two columns claim a field the surer, then the left one, has it."""
    claims = [(i, *likely_field_for(label)) for i, label in enumerate(table.labels)]
    owner: dict[str, tuple[float, int]] = {}
    for index, field, confidence in claims:
        if field and confidence > owner.get(field, (0.0, 0))[0]:
            owner[field] = (confidence, index)
    columns = []
    for index, field, confidence in claims:
        samples = _samples(table, index)
        if not table.labels[index] and not samples:
            continue  # an empty column
        mine = field is not None and owner[field][1] == index
        columns.append(
            Column(
                index,
                table.labels[index],
                field if mine else None,
                confidence if mine else 0.0,
                index in table.hidden_columns,
                samples,
            )
        )
    return Mapping(tuple(columns))


def from_plain(table: Table, plain: AnyMapping[str, str]) -> Mapping:
    """A stored mapping laid over the columns of a table."""
    return guess(table).chosen({c.index: plain.get(str(c.index)) for c in guess(table).columns})


def _samples(table: Table, index: int) -> tuple[str, ...]:
    found: list[str] = []
    for row in table.rows[:200]:
        if index < len(row.cells) and not is_blank(row.cells[index]):
            found.append(text_of(row.cells[index])[:40])
            if len(found) == _SAMPLES:
                break
    return tuple(found)
