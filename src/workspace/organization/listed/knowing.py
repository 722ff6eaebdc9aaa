"""The units a list may speak of, found by what people write: one query for all of them."""

from collections import defaultdict

from workspace.organization.listed.lines import Line
from workspace.organization.models import Unit, UnitQuerySet


class Known:
    """Open units within a reach, kept true while a list is worked through."""

    def __init__(self, reach: UnitQuerySet) -> None:
        self._by_path: dict[str, Unit] = {}
        self._by_word: defaultdict[str, set[str]] = defaultdict(set)
        for unit in reach.open():
            self.put(unit)

    def put(self, unit: Unit) -> None:
        """A unit that is new or is called otherwise now."""
        if before := self._by_path.get(unit.path):
            for word in _words(before):
                self._by_word[word].discard(unit.path)
        self._by_path[unit.path] = unit
        for word in _words(unit):
            self._by_word[word].add(unit.path)

    def named(self, words: str) -> Unit | None:
        """The one unit of that name, short name or code; None when there is none, or more than one."""
        found = self._by_word.get(words, set())
        return self._by_path[next(iter(found))] if len(found) == 1 else None

    def above(self, unit: Unit) -> Unit | None:
        """The unit above, where it is within reach."""
        return self._by_path.get(unit.parent_path)

    def of(self, line: Line, under: Unit) -> Unit | None:
        """The unit that the line speaks of: by its code, else by its name where the line says that it stands."""
        paths = self._by_word.get(line.code, set()) if line.code else set()
        if coded := [self._by_path[path] for path in paths if self._by_path[path].code == line.code]:
            return coded[0]
        named = [self._by_path[path] for path in self._by_word.get(line.name, set())]
        same = [unit for unit in named if unit.name == line.name]
        if line.parent:
            return next((unit for unit in same if _is(self.above(unit), line.parent)), None)
        highest = [unit for unit in same if unit.depth == 1 or unit.path == under.path]
        return next((unit for unit in same if unit.parent_path == under.path), highest[0] if highest else None)


def _words(unit: Unit) -> set[str]:
    return {word for word in (unit.name, unit.short_name, unit.code) if word}


def _is(unit: Unit | None, words: str) -> bool:
    return unit is not None and words in _words(unit)
