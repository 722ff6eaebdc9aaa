"""How one fact of a member changed over time: values, each from a day."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(slots=True)
class Steps:
    """`first` holds before anything is known to have changed it. Days come in order, as events are taken in order."""

    first: Any = None
    changes: list[tuple[date, Any]] = field(default_factory=list)

    @property
    def last(self) -> Any:
        return self.changes[-1][1] if self.changes else self.first

    def on(self, day: date) -> Any:
        for since, value in reversed(self.changes):
            if since <= day:
                return value
        return self.first

    def set(self, since: date, value: Any) -> None:
        self.changes.append((since, value))

    def amend(self, value: Any) -> None:
        """What was said last was wrong from the day it was said for."""
        if self.changes:
            self.changes[-1] = (self.changes[-1][0], value)
        else:
            self.first = value
