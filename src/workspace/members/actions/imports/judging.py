"""Judge stored rows with the engine, and store what it says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from shared.spreadsheets.cells import Cell, text_of
from workspace.members.importing import DryRun, Mapping, UnitName, Verdict, as_plain
from workspace.members.importing import Row as Judged
from workspace.members.importing.drafts import Terms
from workspace.members.importing.mapping import Column
from workspace.members.importing.problems import error
from workspace.members.importing.tables import SourceRow
from workspace.members.importing.units import UnitIndex, UnitMatch
from workspace.members.models import Batch, Row
from workspace.members.queries.batches import units_for_import
from workspace.members.queries.known import Known, known_members

ROWS_AT_ONCE = 500


class NamedUnits(UnitIndex):
    """Units, and the names in this sheet that a person said mean one of them."""

    def __init__(self, units: Iterable[UnitName], aliases: dict[str, str]) -> None:
        super().__init__(units)
        self.aliases = aliases

    def match(self, text: str) -> UnitMatch:
        meant = self.by_key.get(str(self.aliases.get(text, "")))
        return UnitMatch(meant) if meant else super().match(text)


@dataclass(frozen=True)
class Judgement:
    """The engine's run over some rows of a batch, corrected by what the person may not know."""

    run: DryRun
    known: Known

    def of(self, number: int) -> Judged:
        row = self.run.row(number)
        if row.member in self.known.elsewhere:
            problem = error("citizen_number", "registered_elsewhere")
            return replace(row, verdict=Verdict.PROBLEM, problems=(problem,), member=None, changes=(), held=())
        if row.member in self.known.left:
            problem = error("name", "left_here")
            return replace(row, verdict=Verdict.PROBLEM, problems=(problem,), changes=(), held=())
        return row


def judge(batch: Batch, rows: Sequence[Row], *, on: date) -> Judgement:
    """Judge these rows among one another and against the register, as the person who opened the batch."""
    sources = [SourceRow(row.number, tuple(row.cells)) for row in rows]
    fixes = {row.number: row.fixes for row in rows if row.fixes}
    accepted = {row.number: row.accepted for row in rows if row.accepted}
    as_of = batch.as_of or on
    mapping = mapping_of(batch)
    known = known_members(sources, mapping.fields, fixes, user=batch.by, as_of=as_of, on=on)
    names = [UnitName(str(u.pk), u.name, u.short_name) for u in units_for_import(batch.by)]
    units = NamedUnits(names, batch.unit_aliases)
    terms = Terms(mapping, units, on, as_of, known.index, _within_reach(batch.defaults, units))
    return Judgement(DryRun(sources, terms, fixes=fixes, accepted=accepted), known)


def _within_reach(defaults: dict[str, str], units: UnitIndex) -> dict[str, str]:
    """A default unit counts only where the person may import: an address or a program can name any key."""
    return {name: value for name, value in defaults.items() if name != "unit" or value in units.by_key}


def mapping_of(batch: Batch) -> Mapping:
    """The stored choice of columns."""
    labels = batch.labels
    return Mapping(
        tuple(
            Column(int(at), labels[int(at)] if int(at) < len(labels) else "", field, 1.0)
            for at, field in batch.mapping.items()
        )
    )


def write_down(row: Row, judged: Judged, judgement: Judgement) -> None:
    """Keep what the engine said on the row, unsaved."""
    plain = as_plain(judged, judgement.run.terms.units)
    row.verdict, row.values = plain["verdict"], plain["values"]
    row.problems, row.changes = plain["problems"], plain["changes"]
    row.member_id = int(judged.member) if judged.member else None


JUDGED_FIELDS = ("verdict", "values", "problems", "changes", "member")


def rejudge(batch: Batch, numbers: Iterable[int], *, on: date) -> list[Row]:
    """Judge these rows again with every row that shares a citizen number, or a name and birth date, with one of them.

    Returns the rows whose judgement was stored anew.
    """
    wanted = set(numbers)
    rows = {row.number: row for row in batch.rows.filter(number__in=wanted)}
    keys: set[tuple[str, ...]] = set()
    while True:
        judgement = judge(batch, list(rows.values()), on=on)
        now = {key for row in judgement.run.rows for key in keys_of(row.values)}
        now |= {key for row in rows.values() for key in keys_of(row.values)}
        if now <= keys:
            break
        keys |= now
        for row in _sharing(batch, keys):
            rows.setdefault(row.number, row)
    for number, row in rows.items():
        write_down(row, judgement.of(number), judgement)
    Row.objects.rewrite(list(rows.values()), JUDGED_FIELDS)
    return sorted(rows.values(), key=lambda row: row.number)


def keys_of(values: Any) -> set[tuple[str, ...]]:
    """What makes two rows speak of one person: a citizen number, or a name with a birth date."""
    found: set[tuple[str, ...]] = set()
    if number := values.get("citizen_number"):
        found.add(("number", number))
    if (name := values.get("name")) and (born := values.get("birth_date")):
        found.add(("person", name, str(born)))
    return found


def _sharing(batch: Batch, keys: set[tuple[str, ...]]) -> Iterable[Row]:
    numbers = [key[1] for key in keys if key[0] == "number"]
    names = [key[1] for key in keys if key[0] == "person"]
    met = batch.rows.filter(values__citizen_number__in=numbers) | batch.rows.filter(values__name__in=names)
    return [row for row in met if keys_of(row.values) & keys]


def storable(cell: Cell) -> Any:
    """A cell in JSON types that reads the same: days as ISO texts."""
    if isinstance(cell, datetime | date):
        return text_of(cell)
    return cell if cell is None or isinstance(cell, str | int | float | bool) else text_of(cell)
