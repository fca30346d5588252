"""Each request's time and route, for whoever traces this server."""

import time

from flask import Flask, Response, g, request, request_finished, request_started

from app.services.watching.spans import Told


def trace_requests(app: Flask, tell: Told) -> None:
    """Tell of each request of an app when its answer is ready, also of those that a guard refuses."""

    def begin(_app: Flask, **_more: object) -> None:
        g.traced_since_ns = time.time_ns()

    def end(_app: Flask, response: Response, **_more: object) -> None:
        route = request.url_rule.rule if request.url_rule else "unknown"
        tell(request.method, route, response.status_code, g.traced_since_ns)

    request_started.connect(begin, app, weak=False)
    request_finished.connect(end, app, weak=False)
