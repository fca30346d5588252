"""Whether what the settings ask for is installed."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType

from app.config import Settings

HOW = "Install it: .venv/bin/python -m pip install --require-hashes -r requirements-watch.lock"

_MODULES: Mapping[str, str] = MappingProxyType(
    {"SENTRY_DSN": "sentry_sdk", "OTEL_EXPORTER_OTLP_ENDPOINT": "opentelemetry.exporter.otlp.proto.http"}
)


def wanted(settings: Settings) -> Iterator[str]:
    """The variables that ask for an optional package."""
    if settings.sentry_dsn:
        yield "SENTRY_DSN"
    if settings.otel_endpoint:
        yield "OTEL_EXPORTER_OTLP_ENDPOINT"


def is_installed(variable: str) -> bool:
    """Whether the package that a variable asks for can be used."""
    try:
        import_module(_MODULES[variable])
    except ImportError:
        return False
    return True
