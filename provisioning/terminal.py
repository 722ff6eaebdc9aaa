"""How far long work is, on a terminal; on anything else, a line now and then. To standard error, so that the answer on
standard output stays readable for programs."""

import sys
import time
from typing import TextIO

_WIDTH = 30
_EVERY_S = 0.1
_EVERY_S_IN_A_FILE = 10.0


class Bar:
    """Called as a `portability.Progress`; the last call, which names nothing, is always shown. `close` ends it."""

    def __init__(self, label: str, out: TextIO | None = None) -> None:
        self._out = out or sys.stderr
        self._label = label
        self._said = 0.0
        self._live = self._out.isatty()

    def __call__(self, done: int, total: int, what: str) -> None:
        moment = time.monotonic()
        pause = _EVERY_S if self._live else _EVERY_S_IN_A_FILE
        if moment - self._said < pause and (done < total or what):
            return
        self._said = moment
        share = done / total if total else 1.0
        full = round(share * _WIDTH)
        line = f"{self._label} [{'#' * full}{'.' * (_WIDTH - full)}] {share:4.0%} {what}"
        self._out.write(f"\r\x1b[K{line[:110]}" if self._live else f"{line}\n")
        self._out.flush()

    def close(self) -> None:
        if self._live:
            self._out.write("\r\x1b[K")
            self._out.flush()
