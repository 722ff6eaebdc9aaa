"""Names of units in a sheet, matched to the units that exist; a guess is offered, never taken."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from shared.spreadsheets.cells import half_width
from workspace.members.importing.problems import Problem, error

_NOISE = re.compile(r"[\s()·\-—_“”\"']+")
_PREFIX = re.compile(r"^(?:中国共产党|中共)")
_DIGITS = str.maketrans("一二三四五六七八九", "123456789")
_TENS = re.compile(r"([1-9]?)十([1-9]?)")
_CANDIDATES = 3
_SHORTEST_ENDING = 3


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit that people may be put into: any key, its full name, a short one if it has one."""

    key: str
    name: str
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """The unit found, or the problem of finding it."""

    unit: UnitName | None
    problem: Problem | None = None


class UnitIndex:
    """Finds units by full name, by short name, by a name written a little differently, by a unique ending."""

    def __init__(self, units: Iterable[UnitName]) -> None:
        self.units = tuple(units)
        self.by_key = {unit.key: unit for unit in self.units}
        self._exact: dict[str, list[UnitName]] = defaultdict(list)
        self._loose: dict[str, list[UnitName]] = defaultdict(list)
        self._full = [(unit, _loose(unit.name)) for unit in self.units]
        for unit in self.units:
            for name in {unit.name, unit.short_name} - {""}:
                self._exact[_squashed(name)].append(unit)
                self._loose[_loose(name)].append(unit)
        # One roster repeats a few names thousands of times.
        self._seen: dict[str, UnitMatch] = {}

    def match(self, text: str) -> UnitMatch:
        """The one unit this text names, or a problem with what it may have meant."""
        if text not in self._seen:
            self._seen[text] = self._match(text)
        return self._seen[text]

    def _match(self, text: str) -> UnitMatch:
        loose = _loose(text)
        found = self._exact.get(_squashed(text)) or self._loose.get(loose) or self._ending_in(loose)
        if len(found) == 1:
            return UnitMatch(found[0])
        if found:
            names = "、".join(unit.name for unit in found[:_CANDIDATES])
            return UnitMatch(None, error("unit", "ambiguous_unit", text=text, candidates=names))
        return UnitMatch(None, error("unit", "unknown_unit", suggestion=self._closest(loose), text=text))

    def _ending_in(self, loose: str) -> list[UnitName]:
        return [unit for unit, name in self._full if _ends(name, loose)]

    def _closest(self, loose: str) -> str:
        close = get_close_matches(loose, list(self._loose), n=1, cutoff=0.6)
        return self._loose[close[0]][0].name if close else ""


def _ends(name: str, text: str) -> bool:
    """某公司2支部 ends in 2支部; 某公司12支部 does not."""
    if len(text) < _SHORTEST_ENDING or not name.endswith(text):
        return False
    before = name[: -len(text)][-1:]
    return not (text[0].isdecimal() and before.isdecimal())


def _squashed(name: str) -> str:
    return _NOISE.sub("", half_width(name)).casefold()


def _loose(name: str) -> str:
    """中共某公司第一党支部委员会 and 某公司1支部 become the same."""
    text = _PREFIX.sub("", _squashed(name)).replace("第", "")
    text = text.removesuffix("委员会") if text.endswith("支部委员会") else text
    text = text.replace("总支部", "总支").replace("党总支", "总支").replace("党支部", "支部")
    text = text.replace("党委会", "党委").replace("基层委员会", "党委")
    text = text.removesuffix("委员会") + "党委" if text.endswith("委员会") else text
    text = text.translate(_DIGITS)
    return _TENS.sub(lambda m: str(int(m[1] or 1) * 10 + int(m[2] or 0)), text)
