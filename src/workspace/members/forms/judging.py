"""One person typed by hand is judged by the same rules as a row of a sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from workspace.members.importing.cleaning import Value
from workspace.members.importing.drafts import Terms, draft
from workspace.members.importing.mapping import Mapping as Columns
from workspace.members.importing.problems import Problem
from workspace.members.importing.tables import SourceRow
from workspace.members.importing.units import UnitIndex

# The unit comes from a list of units, never from a typed name.
_NOT_JUDGED = frozenset({"unit"})
# What an old record may lack without barring every other correction.
_MAY_BE_MISSING = frozenset({"required", "no_identity"})


@dataclass(frozen=True)
class Judgement:
    """Values by column, errors that bar, errors that a person may accept, and remarks."""

    values: Mapping[str, Value]
    barring: tuple[Problem, ...]
    doubts: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


def judge(texts: Mapping[str, str], *, on: date, known: bool) -> Judgement:
    """Read typed texts by column. `known`: the person is already on the register, gaps included."""
    terms = Terms(Columns(()), UnitIndex(()), on, on)
    typed = {name: text for name, text in texts.items() if name not in _NOT_JUDGED}
    row = draft(SourceRow(1, ()), terms, typed)
    problems = [p for p in row.problems if p.field not in _NOT_JUDGED and not (known and _excused(p))]
    return Judgement(
        row.values,
        tuple(p for p in problems if p.is_error and not p.is_acceptable),
        tuple(p for p in problems if p.is_acceptable),
        tuple(p for p in problems if not p.is_error),
    )


def _excused(problem: Problem) -> bool:
    return problem.code in _MAY_BE_MISSING and problem.field != "name"
