"""Are committees and secretaries within their term? From the day each unit wrote down as its last election."""

from dataclasses import dataclass
from datetime import date

import rules
from workspace.indicators.reach import Reach
from workspace.indicators.shares import Share
from workspace.organization.models import Unit
from workspace.organization.terms import WITHOUT_TERM, term_of


@dataclass(frozen=True)
class Standing:
    """`term` is None where the unit has not said when it was elected: it then stands outside every rate."""

    unit: Unit
    term: rules.Term | None

    def is_over(self, on: date) -> bool:
        return self.term is not None and self.term.is_over(on)


def standings(reach: Reach) -> list[Standing]:
    """Of every unit that elects: temporary ones and party groups do not. No query beyond the reach's own."""
    return [Standing(unit, term_of(unit)) for unit in reach.units if unit.type not in WITHOUT_TERM]


def shares(found: list[Standing], *, on: date) -> dict[str, Share]:
    """Within its term, of those that have said when it began."""
    return {one.unit.path: Share(0 if one.is_over(on) else 1, 1) for one in found if one.term}
