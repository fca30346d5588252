"""How long webhooks take and how many there are, and the page that Prometheus reads."""

from time import perf_counter

from flask import Blueprint, Flask, Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST

from app.services.gauges import gauges
from app.services.metrics import WEBHOOKS, metrics_text
from app.web.parts import hotline

metering = Blueprint("metering", __name__)


@metering.get("/metrics")
def metrics() -> Response:
    """Tell how things stand, without anything personal (Prometheus: text format)."""
    return Response(metrics_text(lambda: gauges(hotline())), content_type=CONTENT_TYPE_LATEST)


def meter(app: Flask, prefixes: tuple[str, ...]) -> None:
    """Measure what is asked under the carrier's prefixes; called before any other guard, so that all is measured."""

    def begin() -> None:
        if request.path.startswith(prefixes):
            g.webhook_began = perf_counter()

    def end(response: Response) -> Response:
        if (began := g.pop("webhook_began", None)) is not None:
            kind = (request.endpoint or "unknown").rpartition(".")[2]
            WEBHOOKS.labels(kind).observe(perf_counter() - began)
        return response

    app.before_request(begin)
    app.after_request(end)
