"""A run's progress on a terminal: one line that is drawn over; lines now and then where the output is no terminal."""

import time
from collections.abc import Callable

from provisioning.fleet import counts
from provisioning.fleet.reports import name_of
from provisioning.fleet.turns import Taken
from provisioning.models import FleetRun

WIDTH = 24  # characters of the bar
DRAW_EVERY_S = 0.5
SAY_EVERY_S = 10.0


class Progress:
    """`write` gets text without a line's end. Counts are the run's own, so that other runners' work shows too."""

    def __init__(self, run: FleetRun, write: Callable[[str], object], *, is_terminal: bool) -> None:
        self.run = run
        self.write = write
        self.is_terminal = is_terminal
        self._begun = time.monotonic()
        self._ended_before = counts.allowed(run, counts.rings(run)).ended
        self._drawn_at = time.monotonic() - (0 if not is_terminal else DRAW_EVERY_S)

    def tick(self, _turn: Taken | None = None) -> None:
        """Draw, unless that was done a moment ago."""
        every_s = DRAW_EVERY_S if self.is_terminal else SAY_EVERY_S
        if time.monotonic() - self._drawn_at >= every_s:
            self._drawn_at = time.monotonic()
            self.write(f"\r{self.line()}\x1b[K" if self.is_terminal else f"{self.line()}\n")

    def close(self) -> None:
        """The last word on its own line."""
        if self.is_terminal:
            self.write(f"\r{self.line()}\x1b[K\n")

    def line(self) -> str:
        """`pilot [#####-----] 50/100 50 % · 180/s · 3 s left · 1 failed`."""
        rings = counts.rings(self.run)
        whole = counts.allowed(self.run, rings)
        ring = next((name_of(r) for r, count in rings.items() if count.open), name_of(self.run.through))
        share = whole.ended / whole.total if whole.total else 1.0
        bar = "#" * round(share * WIDTH)
        said = [f"{ring:<6}[{bar:-<{WIDTH}}] {whole.ended}/{whole.total} {share:4.0%}", *self._speed(whole)]
        if whole.failed:
            said.append(f"{whole.failed} failed")
        return " · ".join(said)

    def _speed(self, whole: counts.RingCount) -> list[str]:
        seconds = time.monotonic() - self._begun
        ended = whole.ended - self._ended_before
        if not ended or seconds < DRAW_EVERY_S:
            return []
        rate = ended / seconds
        said = [f"{rate:.0f}/s" if rate >= 10 else f"{rate:.1f}/s"]
        return [*said, f"{_duration(whole.open / rate)} left"] if whole.open else said


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5_400 else f"{seconds / 3600:.1f} h"
