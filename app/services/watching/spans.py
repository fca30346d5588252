"""How long each request took, for OpenTelemetry: by its route, method and status, never by its address or form."""

from collections.abc import Callable
from importlib.metadata import version
from typing import Any

Told = Callable[[str, str, int, int], None]
"""Takes a request's method, its route as it stands in our code, its status, and when it began in ns since 1970."""

_METHODS = frozenset({"GET", "HEAD", "POST"})
_TIMEOUT_S = 5


def request_spans(endpoint: str, exporter: Any = None) -> Told:
    """What sends a span for a request, many at once and in a thread of its own; raises ImportError without the SDK.

    Each is a trace of its own: what a request says of traces is a stranger's. `exporter` stands in for the way out.
    """
    from opentelemetry.context import Context
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor
    from opentelemetry.trace import SpanKind, Status, StatusCode

    resource = Resource({"service.name": "patchline", "service.version": version("patchline")})
    # A server that is told to end does not wait for whoever counts its requests.
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    way = OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces", timeout=_TIMEOUT_S) if exporter is None else exporter
    provider.add_span_processor(BatchSpanProcessor(way) if exporter is None else SimpleSpanProcessor(way))
    tracer = provider.get_tracer("patchline")

    def tell(method: str, route: str, status: int, began_ns: int) -> None:
        method = method if method in _METHODS else "_OTHER"
        attributes = {"http.request.method": method, "http.route": route, "http.response.status_code": status}
        span = tracer.start_span(
            f"{method} {route}", Context(), SpanKind.SERVER, attributes=attributes, start_time=began_ns
        )
        if status >= 500:
            span.set_status(Status(StatusCode.ERROR))
        span.end()

    return tell
