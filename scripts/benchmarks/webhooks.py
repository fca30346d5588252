"""What each webhook of a call costs in one thread: processor time and statements, which other work hardly disturbs."""

import cProfile
import pstats
import statistics
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy import event

from app import create_app
from app.config import Settings
from app.logs import configure_logs
from app.services.local_server import local_server
from app.store.database import Database
from scripts.benchmarks.databases import empty_database
from scripts.benchmarks.options import WebhookOptions
from scripts.benchmarks.setup import make_site, prepare
from scripts.benchmarks.supporters import Driven, Hotline, call
from scripts.benchmarks.tape import play, tape
from scripts.benchmarks.yardsticks import constant_twiml, inserting

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_MS = 1000
_WARM_UPS = 20
_PROFILED = 40


@dataclass(frozen=True, slots=True)
class Cost:
    """What one webhook cost: seconds of this thread's processor time, and statements without BEGIN and COMMIT."""

    cpu_s: float
    statements: int


class Meter:
    """Stands before an application and notes what each webhook costs in it."""

    def __init__(self, app: "WSGIApplication", database: Database | None, profile: cProfile.Profile | None) -> None:
        """Take the application, the database whose statements are counted, and what else follows it."""
        self._app, self._profile = app, profile
        self._statements = 0
        self.costs: list[Cost] = []
        if database is not None:
            event.listen(database.engine, "before_cursor_execute", self._count)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Let the application answer the whole request."""
        self._statements, began_s = 0, time.thread_time()
        if self._profile:
            self._profile.enable()
        answer = list(self._app(environ, start_response))
        if self._profile:
            self._profile.disable()
        self.costs.append(Cost(time.thread_time() - began_s, self._statements))
        return answer

    def _count(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        self._statements += not statement.startswith("BEGIN")


def report_webhooks(kind: str, options: WebhookOptions) -> str:
    """The costs of each webhook of a call on a database of this kind, and those of the second yardstick."""
    profile = cProfile.Profile() if options.profile else None
    with TemporaryDirectory(prefix="patchline-bench-") as name, empty_database(kind, Path(name)) as place:
        site = make_site(place.url, Path(name), 1)
        configure_logs("warning")
        prepare(site.settings)
        with ExitStack() as stack:
            ours = _Ours(site.settings, profile, stack)
            driven = [ours.call() for _ in range(_WARM_UPS)][-1]
            yardstick = _Yardstick(site.settings, driven, stack)
            for _ in range(_WARM_UPS):
                yardstick.call()
            ours.calls.clear()
            yardstick.meter.costs.clear()
            # In turn, so that a machine that gets slower or faster does so for both.
            databases_s = [0.0, 0.0]
            for _ in range(options.calls):
                began_s = place.cpu_s
                driven = ours.call()
                between_s = place.cpu_s
                yardstick.call()
                databases_s[0] += between_s - began_s
                databases_s[1] += place.cpu_s - between_s
    if profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(_PROFILED)
        pstats.Stats(profile).sort_stats("cumtime").print_stats(2 * _PROFILED)
    return "\n".join(_table(kind, driven, ours.calls, yardstick.meter.costs, databases_s))


class _Ours:
    """Our application, and the costs of each call's webhooks; the stack closes it."""

    def __init__(self, settings: Settings, profile: cProfile.Profile | None, stack: ExitStack) -> None:
        meters = []

        def make_app(url: str) -> Meter:
            app = stack.enter_context(closing(create_app(replace(settings, public_url=url))))
            meters.append(Meter(app, app.hotline.database, profile))
            return meters[0]

        url = stack.enter_context(local_server(make_app))
        self._meter, self._made = meters[0], 0
        self._hotline = Hotline(url, settings.auth_tokens[0].reveal(), settings.phone_number, seed=1)
        self.calls: list[list[Cost]] = []

    def call(self) -> Driven:
        """Drive one call more."""
        driven = call(self._hotline, self._made)
        assert not driven.failure, driven.failure
        self._made += 1
        self.calls.append(list(self._meter.costs))
        self._meter.costs.clear()
        return driven


class _Yardstick:
    """The second yardstick, which gets the webhooks of one of our calls again and again."""

    def __init__(self, settings: Settings, driven: Driven, stack: ExitStack) -> None:
        size = [len(each.body) for each in driven.exchanges if each.body]
        self.meter = Meter(inserting(constant_twiml(sum(size) // len(size)))(settings), None, None)
        self._url = stack.enter_context(local_server(lambda _url: self.meter))
        self._tape, self._token = tape(driven.exchanges), settings.auth_tokens[0].reveal()

    def call(self) -> None:
        """Send them once more."""
        failure = play(self._tape, self._url, self._token, lambda _seconds: None)
        assert not failure, failure


def _table(
    kind: str, driven: Driven, calls: list[list[Cost]], yardstick: list[Cost], databases_s: Sequence[float]
) -> Iterator[str]:
    yield f"{kind}, {len(calls)} calls one after the other, in one thread"
    yield f"{'webhook':<30}{'CPU ms':>10}{'statements':>12}{'database ms':>13}"
    for exchange, costs in zip(driven.exchanges, zip(*calls, strict=True), strict=True):
        name = f"{urlsplit(exchange.url).path} {exchange.value('CallStatus')}"
        yield f"{name:<30}{_median_ms(costs):>10.2f}{max(cost.statements for cost in costs):>12}"
    ours = [cost for costs in calls for cost in costs]
    mean_ms, yardstick_ms = _mean_ms(ours), _mean_ms(yardstick)
    # The clock of other processes has ticks of 10 ms, so only the sums say something.
    database_ms, theirs_ms = (each_s * _MS / len(ours) for each_s in databases_s)
    yield f"{'mean':<30}{mean_ms:>10.2f}{statistics.fmean(cost.statements for cost in ours):>12.1f}{database_ms:>13.2f}"
    yield f"{'Flask + one INSERT':<30}{yardstick_ms:>10.2f}{1:>12}{theirs_ms:>13.2f}"
    yield f"{'ratio':<30}{mean_ms / yardstick_ms:>10.2f}"
    yield ""


def _median_ms(costs: Iterable[Cost]) -> float:
    return statistics.median(cost.cpu_s for cost in costs) * _MS


def _mean_ms(costs: Iterable[Cost]) -> float:
    # Without the slowest hundredth, in which something else ran.
    ordered = sorted(cost.cpu_s for cost in costs)
    return statistics.fmean(ordered[: max(1, len(ordered) * 99 // 100)]) * _MS
