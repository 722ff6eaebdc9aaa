"""Terms of the units one looks after: when each ends, how near that is, and whether an election runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import rules
from workspace.access.queries import units_where
from workspace.accounts.models import User
from workspace.elections.models import Election
from workspace.elections.queries.visibility import VIEW
from workspace.organization.models import Unit, UnitQuerySet
from workspace.organization.notes import Notes
from workspace.organization.terms import WITHOUT_TERM, term_of

SHORTEST_YEARS = 2  # elected later than so long ago, no term is near its end: the shortest term is three years


@dataclass(frozen=True)
class UnitTerm:
    """`stage` is `over`, `due` (within the first reminder), `within` or `unknown`."""

    unit: Unit
    term: rules.Term | None
    stage: str
    election: Election | None

    @property
    def pk(self) -> int:
        return self.unit.pk

    @property
    def ends(self) -> date | None:
        return self.term.ends if self.term else None

    @property
    def elected_on(self) -> date | None:
        return self.unit.elected_on

    @property
    def is_postponed(self) -> bool:
        return self.term is not None and Notes.read(self.unit.notes).postponed_to == self.term.ends

    def days_left(self, on: date) -> int:
        return (self.term.ends - on).days if self.term else 0


def stage_of(term: rules.Term | None, on: date) -> str:
    if term is None:
        return "unknown"
    if term.is_over(on):
        return "over"
    return "due" if rules.reminder_on(term, on) else "within"


Running = Mapping[int, Election]  # by the unit's key


def terms_of(units: UnitQuerySet, *, on: date, running: Running | None = None) -> list[UnitTerm]:
    """Of open units that have a term, the one that ends first at the top, unknown ones last. Two queries, one where it
    is known what runs."""
    rows = list(units.open().filter(is_sample=False).exclude(type__in=WITHOUT_TERM).order_by("path"))
    if running is None:
        here = Election.objects.running().filter(unit__in=[row.pk for row in rows])
        running = {row.unit_id: row for row in here.defer("roll")}
    found = [_of(unit, running.get(unit.pk), on) for unit in rows]
    return sorted(found, key=lambda one: (one.ends is None, one.ends or on, one.unit.path))


def terms_seen_by(user: User, *, on: date, unit: Unit | None = None, words: str = "") -> list[UnitTerm]:
    """Narrowed to a unit with all below it, and to a part of the name."""
    units = units_where(user, VIEW)
    if unit:
        units = units.filter(path__startswith=unit.path)
    if words.strip():
        units = units.named_like(words.strip())
    return terms_of(units, on=on)


def near_their_end(units: UnitQuerySet, *, on: date, running: Running | None = None) -> list[UnitTerm]:
    """Those that are due or over, of the units elected long enough ago. As many queries as `terms_of`."""
    long_ago = rules.add_months(on, -12 * SHORTEST_YEARS)
    found = terms_of(units.filter(elected_on__lt=long_ago), on=on, running=running)
    return [one for one in found if one.stage in {"due", "over"}]


def _of(unit: Unit, election: Election | None, on: date) -> UnitTerm:
    term = term_of(unit)
    if election is not None:
        election.unit = unit
    return UnitTerm(unit, term, stage_of(term, on), election)
