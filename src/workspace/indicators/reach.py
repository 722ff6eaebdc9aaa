"""What a dashboard looks at: one unit with everything below it, over a span, as known on a day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Q

from workspace.indicators.columns import columns
from workspace.indicators.shares import Share, Shares, total
from workspace.indicators.spans import Span
from workspace.organization.models import Unit
from workspace.organization.queries.since import Segment, Since, happened_since

Found = TypeVar("Found")

_FIELDS = (
    "path", "depth", "name", "short_name", "type", "elected_on", "closed_on", "is_sample", "established_on", "notes",
)  # fmt: skip
REACH_READS = columns(
    {
        "organization_unit": " ".join(("id", *_FIELDS)),
        "organization_change": "id unit_id on before after",
    }
)


@dataclass(frozen=True)
class Reach:
    unit: Unit
    span: Span
    on: date

    @property
    def first(self) -> date:
        return self.span.first

    @property
    def last(self) -> date:
        return self.span.last

    @property
    def until(self) -> date:
        return self.span.until(self.on)

    @cached_property
    def units(self) -> list[Unit]:
        """The unit and all below in tree order, party groups left out, closed ones if they ended before. One query."""
        lived = Q(closed_on__isnull=True) | Q(closed_on__gte=self.first)
        return list(Unit.objects.all().below(self.unit).filter(lived).exclude(type=Unit.Type.GROUP).only(*_FIELDS))

    @cached_property
    def past(self) -> Since:
        """What happened to the tree since the beginning of the trend. One query, or two."""
        return happened_since(min(self.span.before.first, self.span.trend(self.on)[0]), self.until)

    @cached_property
    def parts(self) -> list[Unit]:
        """The next level down, in tree order and under the names of the time; then those that have left it since."""
        here = [unit for unit in self.units if unit.depth == self.unit.depth + 1]
        gone = [self._as_then(one) for one in self.past.segments if self._left(one)]
        for unit in here:
            unit.short_name = self.past.name_of(unit)
        return [*here, *gone]

    def _left(self, one: Segment) -> bool:
        began = one.first is None or one.first <= self.last
        return one.above.pk == self.unit.pk and one.until > self.first and began and one.unit.type != Unit.Type.GROUP

    def _as_then(self, one: Segment) -> Unit:
        """The unit at the path under which its figures of that time are counted."""
        return Unit(
            pk=one.unit.pk,
            path=one.then,
            depth=self.unit.depth + 1,
            name=one.unit.name,
            short_name=self.past.name_of(one.unit),
            type=one.unit.type,
            closed_on=one.until,
        )

    @cached_property
    def branches(self) -> list[Unit]:
        return [unit for unit in self.units if unit.is_branch]

    def once(self, name: str, read: Callable[[], Found]) -> Found:
        """What `read` returns, asked once per reach: the overview and the dashboard share it."""
        known: dict[str, Any] = self.__dict__.setdefault("_known", {})
        if name not in known:
            known[name] = read()
        return known[name]

    @property
    def has_sample(self) -> bool:
        return any(unit.is_sample for unit in self.units)

    def folded(self, shares: Shares) -> dict[str, Share]:
        """By the path of a part: what stands at or below it. What stands on the unit itself is under its own path."""
        length = len(self.unit.path) + Unit.steplen
        found: dict[str, Share] = {}
        for path, share in shares.items():
            key = path[:length]
            found[key] = found.get(key, Share()) + share
        return found

    def added(self, counts: Mapping[str, float]) -> dict[str, float]:
        """The same for plain counts."""
        length = len(self.unit.path) + Unit.steplen
        found: dict[str, float] = {}
        for path, number in counts.items():
            found[path[:length]] = found.get(path[:length], 0) + number
        return found

    def whole(self, shares: Shares) -> Share:
        return total(shares.values())
