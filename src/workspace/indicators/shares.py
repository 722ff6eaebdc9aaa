"""Parts of wholes, named by tree path, and how they add up along the tree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import rules
from rules.standing import FEWEST_ITEMS_FOR_A_RATE


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`. `rate` is from 0 to 1, and None below three items, where a percentage would only mislead."""

    part: float = 0
    whole: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.part + other.part, self.whole + other.whole)

    @property
    def rate(self) -> float | None:
        return self.part / self.whole if self.whole >= FEWEST_ITEMS_FOR_A_RATE else None


Shares = Mapping[str, Share]


def of_tally(tally: rules.Tally) -> Share:
    """met + 0.5·late of met + late + overdue; exempt and not yet due stand outside."""
    return Share(tally.met + 0.5 * tally.late, tally.counted)


def total(shares: Iterable[Share]) -> Share:
    found = Share()
    for share in shares:
        found += share
    return found


def under(path: str, shares: Shares) -> Share:
    """Of the unit with that path and everything below it."""
    return total(share for own, share in shares.items() if own.startswith(path))


def merged(*several: Shares) -> dict[str, Share]:
    """Added up path by path."""
    found: dict[str, Share] = {}
    for shares in several:
        for path, share in shares.items():
            found[path] = found.get(path, Share()) + share
    return found


def mean(rates: Iterable[float | None]) -> float | None:
    """Of those that are known; None when none is."""
    known = [rate for rate in rates if rate is not None]
    return sum(known) / len(known) if known else None
