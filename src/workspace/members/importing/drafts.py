"""One row of a sheet read by itself: its values, and what is wrong with them among one another."""

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from datetime import date

from shared.identity.citizen import CitizenNumber
from shared.spreadsheets.cells import Cell, is_blank, text_of
from workspace.members.importing import membership
from workspace.members.importing.cleaning import NOTHING, Cleaned, Value, clean
from workspace.members.importing.columns import FIELDS, Kind, Need
from workspace.members.importing.existing import ExistingIndex, Lookup, shown
from workspace.members.importing.mapping import Mapping
from workspace.members.importing.problems import Problem, error, warning
from workspace.members.importing.tables import SourceRow
from workspace.members.importing.units import UnitIndex


@dataclass(frozen=True)
class Terms:
    """What every row of one dry run is judged by.

    `on` is today; `as_of` the day the file speaks for; `defaults` are values for empty cells (a unit's
    key, a category's code).
    """

    mapping: Mapping
    units: UnitIndex
    on: date
    as_of: date
    existing: Lookup = field(default_factory=ExistingIndex)
    defaults: AnyMapping[str, Value] = field(default_factory=dict)


@dataclass
class Draft:
    """A row in the making. `derived` names fields taken from the citizen number, not from a cell."""

    source: SourceRow
    values: dict[str, Value] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    derived: set[str] = field(default_factory=set)

    def day(self, name: str) -> date | None:
        """A date among the values."""
        value = self.values.get(name)
        return value if isinstance(value, date) else None

    def text(self, name: str) -> str:
        """A text among the values; "" when there is none."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def blames(self, name: str) -> bool:
        """Whether something is already wrong with this field."""
        return any(problem.field == name for problem in self.problems)


def draft(source: SourceRow, terms: Terms, fixes: AnyMapping[str, str]) -> Draft:
    """Read a row. `fixes` are texts typed by the user, by field, in place of the cells."""
    row = Draft(source)
    columns = terms.mapping.fields
    for about in FIELDS:
        cell: Cell = fixes[about.name] if about.name in fixes else _cell(source, columns.get(about.name))
        cleaned = _unit(cell, terms.units) if about.kind is Kind.UNIT else clean(about, cell)
        if cleaned.problem:
            row.problems.append(cleaned.problem)
        if cleaned.citizen:
            row.values["citizen_number"] = cleaned.value
            _derive(row, cleaned.citizen)
        elif cleaned.value is not None:
            _take(row, about.name, cleaned.value)
        elif is_blank(cell) and about.name in terms.defaults and about.name not in row.values:
            row.values[about.name] = terms.defaults[about.name]
    _require(row)
    _judge_days(row, terms.on)
    membership.judge(row, terms.on)
    return row


def _cell(source: SourceRow, index: int | None) -> Cell:
    return source.cells[index] if index is not None and index < len(source.cells) else None


def _unit(cell: Cell, units: UnitIndex) -> Cleaned:
    if is_blank(cell):
        return NOTHING
    match = units.match(text_of(cell))
    return Cleaned(match.unit.key if match.unit else None, match.problem)


def _derive(row: Draft, citizen: CitizenNumber) -> None:
    """Sex and birth date out of the citizen number; a sex cell, read before, is compared."""
    sex, said = citizen.sex, row.text("sex")
    if said in {"1", "2"} and said != sex:
        derived = shown("sex", sex)
        row.problems.append(error("sex", "sex_conflict", suggestion=derived, text=shown("sex", said), derived=derived))
    elif said != sex:
        row.values["sex"] = sex
        row.derived.add("sex")
    row.values["birth_date"] = citizen.birth_date
    row.derived.add("birth_date")


def _take(row: Draft, name: str, value: Value) -> None:
    """A value from a cell; a birth date, read after the number, is compared with it."""
    if name == "birth_date" and "birth_date" in row.derived:
        number_says = row.day("birth_date")
        row.derived.discard("birth_date")
        if value != number_says and not _same_month(row, value, number_says):
            row.problems.append(
                error("birth_date", "birth_conflict", suggestion=f"{number_says}", date=value, derived=number_says)
            )
            row.values[name] = value
        return
    row.values[name] = value


def _same_month(row: Draft, value: Value, other: date | None) -> bool:
    """A birth date without a day agrees with the number's month, and the number's day is the better one."""
    vague = next((p for p in row.problems if p.field == "birth_date" and p.code == "day_missing"), None)
    if not (vague and isinstance(value, date) and other and (value.year, value.month) == (other.year, other.month)):
        return False
    row.problems.remove(vague)
    return True


def _require(row: Draft) -> None:
    for about in FIELDS:
        if about.need is Need.REQUIRED and about.name not in row.values and not row.blames(about.name):
            if about.name == "joined_on" and not membership.is_member(row.text("category")):
                continue
            row.problems.append(error(about.name, "required"))
    if "citizen_number" in row.values or row.blames("citizen_number"):
        return
    if "birth_date" in row.values:
        row.problems.append(warning("citizen_number", "no_citizen_number"))
    elif not row.blames("birth_date"):
        row.problems.append(error("citizen_number", "no_identity"))


def _judge_days(row: Draft, on: date) -> None:
    for name in ("birth_date", "joined_on", "converted_on"):
        day = row.day(name)
        if day and day > on:
            where = "citizen_number" if name in row.derived else name
            row.problems.append(error(where, "in_future", date=day))
