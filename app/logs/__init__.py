"""One JSON line an event, without personal data, on standard error."""

from app.logs.exceptions import described
from app.logs.setup import LoggedError, configure_logs, get_logger, log_context

__all__ = ["LoggedError", "configure_logs", "described", "get_logger", "log_context"]
