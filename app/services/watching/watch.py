"""Opening what the settings ask for; a process that cannot goes on without, as calls come first."""

from dataclasses import dataclass

from app.config import Settings
from app.logs import get_logger
from app.logs.setup import Report
from app.services.watching.errors import error_reports
from app.services.watching.extras import HOW, is_installed, wanted
from app.services.watching.spans import Told, request_spans

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Watching:
    """Who is told of errors, and who of each request, if anybody."""

    report: Report | None = None
    tell_request: Told | None = None


def watch(settings: Settings) -> Watching:
    """Open both; what is not installed is logged with how to install it. To be called in the process that serves."""
    missing = {variable for variable in wanted(settings) if not is_installed(variable)}
    for variable in sorted(missing):
        _log.error("not_installed", setting=variable, problem=f"What {variable} asks for is not installed. {HOW}")
    dsn, endpoint = settings.sentry_dsn, settings.otel_endpoint
    return Watching(
        report=error_reports(dsn.reveal()) if dsn and "SENTRY_DSN" not in missing else None,
        tell_request=request_spans(endpoint) if endpoint and "OTEL_EXPORTER_OTLP_ENDPOINT" not in missing else None,
    )
