"""Joins our own events and the standard library's (gunicorn's among them) in one stream."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import cast

import structlog
from structlog.typing import EventDict, FilteringBoundLogger, WrappedLogger

from app.logs.exceptions import described
from app.logs.masking import masked
from app.logs.output import line_of, write


@dataclass(frozen=True, slots=True)
class LoggedError:
    """An exception that was logged: by which logger, as which event of ours; a library's own words are left out."""

    logger: str
    event: str
    error: BaseException


Report = Callable[[LoggedError], None]
_ERRORS = frozenset({"error", "exception", "critical"})


class StandardHandler(logging.Handler):
    """Sends what libraries log the way of our own events."""

    def __init__(self, report: Report | None = None) -> None:
        super().__init__()
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        """Writes one record as an event."""
        try:
            text = record.getMessage()
        except Exception:  # noqa: BLE001 - a library's wrong format string is still worth a line
            text = str(record.msg)
        event: EventDict = {"event": text, "exc_info": record.exc_info}
        logger = _Output(record.name)
        method = record.levelname.lower()
        if self._report is not None:
            _reported(self._report, logger, method, {**event, "event": record.name})
        logger.msg(_rendered(logger, method, event))


class _Output:
    """Takes finished lines, under every name that structlog may call a logger's method by."""

    def __init__(self, name: str = "") -> None:
        self.name = name

    def msg(self, line: bytes) -> None:
        write(line)

    debug = info = warning = error = critical = exception = msg


def configure_logs(level: str, report: Report | None = None) -> None:
    """Sets up the logs of this process; doing it again replaces the set-up. `report` gets what went wrong, too."""
    weight = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[_rendered] if report is None else [partial(_reported, report), _rendered],
        wrapper_class=structlog.make_filtering_bound_logger(weight),
        logger_factory=_Output,
    )
    logging.raiseExceptions = False
    logging.captureWarnings(capture=True)
    # What these tell in the course of things is of no use to whoever runs a hotline.
    for library in ("alembic", "gunicorn"):
        logging.getLogger(library).setLevel(logging.WARNING)
    logging.basicConfig(level=max(weight, logging.INFO), handlers=[StandardHandler(report)], force=True)


def get_logger(name: str) -> FilteringBoundLogger:
    """Gives a logger whose events carry the name of the module they come from."""
    return cast("FilteringBoundLogger", structlog.get_logger(name))


@contextmanager
def log_context(*, call: str | None = None, turn: int | None = None) -> Iterator[None]:
    """Puts the call and the turn on every event that is logged within."""
    known = {"call": call, "turn": turn}
    given = {name: value for name, value in known.items() if value is not None}
    with structlog.contextvars.bound_contextvars(**given):
        yield


def _rendered(logger: WrappedLogger, method: str, event: EventDict) -> bytes:
    event = structlog.contextvars.merge_contextvars(None, method, event)
    error = _error(event.pop("exc_info", None))
    if error is not None:
        event["exception"] = described(error)
    # A call's id was made plain where it was read, and must be the same in every line.
    told = {name: value if name == "call" else masked(value) for name, value in event.items()}
    stamp: dict[str, object] = {
        "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "level": "error" if method == "exception" else method,
        "logger": logger.name,
    }
    return line_of(stamp | told | stamp)


def _reported(report: Report, logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    error = _error(event.get("exc_info")) if method in _ERRORS else None
    if error is not None:
        try:
            report(LoggedError(logger.name, str(event["event"]), error))
        except Exception as trouble:  # noqa: BLE001 - the line itself must be written, and says that nobody was told
            event = {**event, "report_failed": type(trouble).__name__}
    return event


def _error(exc_info: object) -> BaseException | None:
    if isinstance(exc_info, BaseException):
        return exc_info
    if isinstance(exc_info, tuple):
        return cast("BaseException | None", exc_info[1])
    return sys.exception() if exc_info else None
