"""One JSON line an event, without personal data, on standard error."""

from app.logs.setup import configure_logs, get_logger, log_context

__all__ = ["configure_logs", "get_logger", "log_context"]
