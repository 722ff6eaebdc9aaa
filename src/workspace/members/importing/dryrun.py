"""What an import would do, row by row, before anything is written."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from shared.spreadsheets.cells import text_of
from shared.spreadsheets.refusals import ImportRefused
from workspace.members.importing.cleaning import Value
from workspace.members.importing.columns import BY_NAME
from workspace.members.importing.drafts import Draft, Terms, draft
from workspace.members.importing.existing import (
    Differences,
    ExistingIndex,
    ExistingMember,
    Lookup,
    differences,
)
from workspace.members.importing.mapping import Mapping, UnknownField
from workspace.members.importing.problems import ACCEPTABLE, Problem, Severity, error
from workspace.members.importing.recognition import Key, keys_of, recognised
from workspace.members.importing.tables import SourceRow
from workspace.members.importing.units import UnitIndex, UnitName
from workspace.members.importing.verdicts import Counts, Row, Verdict


class NoSuchRow(ImportRefused):
    message = _("没有第 {number} 行。")


class NotAcceptable(ImportRefused):
    message = _("这个问题不能跳过，请改正后再导入。")


class DryRun:
    """A judged sheet that answers corrections: one changed cell re-judges its row and the rows it met."""

    def __init__(
        self,
        rows: Iterable[SourceRow],
        terms: Terms,
        *,
        fixes: AnyMapping[int, AnyMapping[str, str]] | None = None,
        accepted: AnyMapping[int, Iterable[str]] | None = None,
    ) -> None:
        self.terms = terms
        self.sources = {row.number: row for row in rows}
        self.fixes = {number: dict(texts) for number, texts in (fixes or {}).items() if number in self.sources}
        self.accepted = {number: set(codes) for number, codes in (accepted or {}).items() if number in self.sources}
        self._drafts: dict[int, Draft] = {}
        self._groups: dict[Key, set[int]] = defaultdict(set)
        self._rows: dict[int, Row] = {}
        for number in self.sources:
            self._read(number)
        for number in self.sources:
            self._rows[number] = self._judged(number)

    @property
    def rows(self) -> list[Row]:
        """Judged rows in the sheet's order."""
        return list(self._rows.values())

    @property
    def counts(self) -> Counts:
        tally = Counter(row.verdict for row in self._rows.values())
        warned = sum(1 for row in self._rows.values() if row.problems and row.verdict is not Verdict.PROBLEM)
        return Counts(
            len(self._rows),
            tally[Verdict.NEW],
            tally[Verdict.UPDATED],
            tally[Verdict.UNCHANGED],
            tally[Verdict.PROBLEM],
            warned,
        )

    @property
    def kinds(self) -> list[tuple[str, str, int]]:
        """(field, code, rows) of every problem, the most frequent first."""
        tally = Counter((p.field, p.code) for row in self._rows.values() for p in row.problems)
        return [(field, code, count) for (field, code), count in tally.most_common()]

    def row(self, number: int) -> Row:
        """The row of this spreadsheet number. Raises NoSuchRow."""
        if number not in self._rows:
            raise NoSuchRow(number=number)
        return self._rows[number]

    def text(self, number: int, field: str) -> str:
        """What stands in a cell now: the correction, or the sheet's own text."""
        self.row(number)
        if field in self.fixes.get(number, {}):
            return self.fixes[number][field]
        index = self.terms.mapping.fields.get(field)
        cells = self.sources[number].cells
        return text_of(cells[index]) if index is not None and index < len(cells) else ""

    def fix(self, number: int, field: str, text: str) -> list[Row]:
        """Correct one cell. Returns every row that was judged again. Raises NoSuchRow, UnknownField."""
        self.row(number)
        if field not in BY_NAME:
            raise UnknownField(field=field)
        self.fixes.setdefault(number, {})[field] = text
        met = self._met(number)
        self._read(number)
        return self._rejudge(met | self._met(number))

    def accept(self, number: int, code: str) -> list[Row]:
        """Let a row in with a problem a person has looked at. Raises NoSuchRow, NotAcceptable."""
        self.row(number)
        if code not in ACCEPTABLE:
            raise NotAcceptable
        self.accepted.setdefault(number, set()).add(code)
        return self._rejudge({number})

    def _rejudge(self, numbers: Iterable[int]) -> list[Row]:
        for number in numbers:
            self._rows[number] = self._judged(number)
        return [self._rows[number] for number in sorted(numbers)]

    def _read(self, number: int) -> None:
        if before := self._drafts.get(number):
            for key in keys_of(before):
                self._groups[key].discard(number)
        now = draft(self.sources[number], self.terms, self.fixes.get(number, {}))
        self._drafts[number] = now
        for key in keys_of(now):
            self._groups[key].add(number)

    def _met(self, number: int) -> set[int]:
        """The row and all that share its number, or its name and birth date."""
        return {number}.union(*(self._groups[key] for key in keys_of(self._drafts[number])))

    def _judged(self, number: int) -> Row:
        row = self._drafts[number]
        problems = [*row.problems, *self._duplicates(number)]
        member, doubts = recognised(row, self.terms.existing)
        found = Differences()
        if member:
            found = differences(member, row.values, as_of=self.terms.as_of, units=self.terms.units)
        problems += [*doubts, *found.problems]
        taken = self.accepted.get(number, set())
        problems = [replace(p, severity=Severity.WARNING) if p.code in taken else p for p in problems]
        return Row(
            number,
            _verdict(problems, member, found),
            row.values,
            tuple(problems),
            frozenset(row.derived),
            member.key if member else None,
            found.changes,
            found.held,
        )

    def _duplicates(self, number: int) -> list[Problem]:
        """Same number: every row, or only the later where they say the same. Same person: rows without a number."""
        mine = self._drafts[number]
        for key in keys_of(mine):
            others = sorted(self._groups[key] - {number})
            if key[0] == "number" and others:
                twins = [n for n in others if self._drafts[n].values == mine.values]
                if len(twins) < len(others) or min(twins) < number:
                    return [error("citizen_number", "duplicate_number", rows=_listed(others))]
            elif key[0] == "person" and others and not mine.text("citizen_number"):
                return [error("name", "likely_duplicate", rows=_listed(others))]
        return []


def dry_run(
    rows: Iterable[SourceRow],
    mapping: Mapping,
    units: Iterable[UnitName],
    existing: Lookup | Iterable[ExistingMember] = (),
    *,
    on: date,
    as_of: date | None = None,
    defaults: AnyMapping[str, Value] | None = None,
    fixes: AnyMapping[int, AnyMapping[str, str]] | None = None,
    accepted: AnyMapping[int, Iterable[str]] | None = None,
) -> DryRun:
    """Judge every row. Nothing is written; the same arguments give the same answer.

    `on` is today, `as_of` the day the file speaks for (today unless said). `fixes` are {row number:
    {field: text}} and `accepted` {row number: codes}, as kept from an earlier run.
    """
    lookup = ExistingIndex(existing) if isinstance(existing, Iterable) else existing
    terms = Terms(mapping, UnitIndex(units), on, as_of or on, lookup, defaults or {})
    return DryRun(rows, terms, fixes=fixes, accepted=accepted)


def _verdict(problems: Iterable[Problem], member: ExistingMember | None, found: Differences) -> Verdict:
    if any(problem.is_error for problem in problems):
        return Verdict.PROBLEM
    if member is None:
        return Verdict.NEW
    return Verdict.UPDATED if found.changes else Verdict.UNCHANGED


def _listed(numbers: Iterable[int]) -> str:
    return "、".join(str(number) for number in numbers)
