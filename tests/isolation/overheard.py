"""What leaves a process beside its answers: lines of the log as a server writes them, and reports of errors."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import sentry_sdk
import structlog
from sentry_sdk.transport import Transport

from shared import logs, reporting


@dataclass
class Heard:
    lines: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)


@contextmanager
def overheard() -> Iterator[Heard]:
    """Everything from `info` on, as JSON; and what would go out to where errors are reported."""
    heard = Heard()
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=logs.processors(json=True), foreign_pre_chain=logs.SHARED
    )

    class Listening(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.lines.append(formatter.format(record))

    class Kept(Transport):
        def capture_envelope(self, envelope: Any) -> None:
            heard.reports.append(envelope.serialize().decode(errors="replace"))

    real, root, handler = sentry_sdk.init, logging.getLogger(), Listening()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sentry_sdk, "init", lambda **values: real(transport=Kept, **values))
        level = root.level
        root.setLevel(logging.INFO)
        root.addHandler(handler)
        assert reporting.start("https://key@sentry.example/1", environment="tests", release="0")
        try:
            yield heard
        finally:
            sentry_sdk.flush()
            root.removeHandler(handler)
            root.setLevel(level)
            real(dsn="")
