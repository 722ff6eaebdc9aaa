"""Structured logs: one line an event, with the request's id and the workspace's uuid, never a person."""

import sys
from typing import Any

import structlog

from shared import workspace

PLACES = 12  # of a traceback


def with_workspace(_logger: Any, _level: str, event: dict[str, Any]) -> dict[str, Any]:
    """Whose request it is. Read when there is a line to write: most requests write none."""
    if (served := workspace.served.get()) is not None:
        event.setdefault("workspace", str(served.uuid))
    return event


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    with_workspace,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def without_secrets(_logger: Any, _level: str, event: dict[str, Any]) -> dict[str, Any]:
    """A path may hold a link that somebody was mailed. Where Django names the path of a request, say its pattern."""
    request = getattr(event.get("_record"), "request", None)
    path, match = getattr(request, "path", ""), getattr(request, "resolver_match", None)
    if len(path) > 1:
        shown = f"/{match.route}" if match else "/…"
        # As Django writes it, and as it escapes what it writes.
        for written in (path, path.encode("unicode_escape").decode("ascii")):
            event["event"] = event["event"].replace(written, shown)
    return event


def without_words(_logger: Any, _level: str, event: dict[str, Any]) -> dict[str, Any]:
    """A traceback as places in the code and one line: an error's own text may hold a person, as when the database
    quotes the row that it refuses."""
    from shared.reporting import places, told  # it needs the settings, and the settings need this module

    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event.update(error=told(error), at=places(error, last=PLACES))
    event.pop("stack_info", None)
    return event


def processors(*, json: bool) -> list[Any]:
    """What makes a line of an event."""
    removing = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if json:
        return [without_secrets, without_words, removing, structlog.processors.JSONRenderer(ensure_ascii=False)]
    plain = structlog.dev.plain_traceback
    return [removing, structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain)]


def configure(*, json: bool, level: str) -> dict[str, Any]:
    """Set structlog up and return Django's `LOGGING`: JSON lines on a server, plain lines on a laptop."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": processors(json=json),
                "foreign_pre_chain": SHARED,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.server": {"level": "WARNING"},
            "procrastinate": {"level": "WARNING"},
            # It logs how each job ended with the job's arguments; the worker says the same without them.
            "procrastinate.worker": {"level": "CRITICAL"},
            "fontTools": {"level": "WARNING"},
        },
    }
