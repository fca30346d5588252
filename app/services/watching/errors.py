"""Errors of ours for Sentry: where in the code, and of which kind; never what was said, sent or typed."""

from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from typing import Any

from app.logs import LoggedError, described

Event = dict[str, Any]

# The SDK would add what the process and its requests are like; this is all that it may send.
_SENT = frozenset({"event_id", "timestamp", "level", "platform", "logger", "release", "sdk", "exception", "tags"})
_NOTHING_BY_ITSELF = {
    "default_integrations": False,
    "auto_enabling_integrations": False,
    "include_local_variables": False,
    "include_source_context": False,
    "max_breadcrumbs": 0,
    "auto_session_tracking": False,
    "send_client_reports": False,
    "server_name": "",
}


def error_reports(dsn: str, transport: object = None) -> Callable[[LoggedError], None]:
    """What sends a logged error, in a thread of its own; raises ImportError where the SDK is not installed.

    `transport` stands in for the way to Sentry.
    """
    import sentry_sdk

    client = sentry_sdk.Client(dsn=dsn, transport=transport, before_send=_only_what_we_send, **_NOTHING_BY_ITSELF)
    return lambda logged: client.capture_event(_event(logged))


def _event(logged: LoggedError) -> Event:
    return {
        "level": "error",
        "logger": logged.logger,
        "release": f"patchline@{version('patchline')}",
        "tags": {"event": logged.event},
        "exception": {"values": list(_exceptions(described(logged.error)))},
    }


def _exceptions(told: Mapping[str, Any]) -> Iterator[Event]:
    """The causes first, as Sentry has it. Their messages stay here: they may quote whatever somebody sent."""
    for one in (*reversed(told.get("caused_by", ())), told):
        yield {"type": one["type"], "value": "", "stacktrace": {"frames": [_frame(text) for text in one["stack"]]}}


def _frame(text: str) -> Event:
    filename, line, function = text.rsplit(":", 2)
    return {"filename": filename, "lineno": int(line), "function": function, "in_app": filename.startswith("app/")}


def _only_what_we_send(event: Event, _hint: object) -> Event:
    return {name: value for name, value in event.items() if name in _SENT}
