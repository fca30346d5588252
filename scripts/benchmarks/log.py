"""What each page that reads the log costs on a small log and on a large one, and how fast the log is exported."""

import html
import re
import statistics
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from flask.testing import FlaskClient

from app import create_app
from app.domain.organizers import DEMO_OWNER
from app.logs import configure_logs
from app.services.demo_data.calls import call_id
from app.services.demo_data.history import Wanted, make_history
from app.services.export_calls import ExportFormat, export_calls
from app.services.people import find_by_email
from app.services.prepare import prepare
from app.services.sessions import Visitor, begin_session
from app.web.application import Patchline
from scripts.benchmarks.databases import Place, empty_database
from scripts.benchmarks.options import LogOptions
from scripts.benchmarks.progress import tell
from scripts.benchmarks.setup import make_site

_SLUG = "honduras-2017"
_DAYS = 365
_LOOKS = 7
_EXPORTED = 20_000
_TELL_EVERY_S = 5.0
_MS = 1000

# How the call log is asked, by what is told of it.
_ASKED: Mapping[str, Mapping[str, str]] = {
    "first page": {},
    "today": {"when": "today"},
    "this week": {"when": "week"},
    "all of Spanish": {"language": "es"},
    "furthest step": {"step": "talked"},
    "returning": {"returning": "yes"},
    "failed": {"failed": "yes"},
    "office, line result": {"office": "madison", "line": "busy"},
    "outcome": {"outcome": "spoke"},
    "both kinds": {"office": "madison", "language": "es"},
    "very short": {"short": "yes"},
    "needs attention": {"attention": "yes"},
    "came from": {"came_from": "dialed-in"},
    "by a tag": {"tag": "none"},
    "search, nothing found": {"q": "nothing-such"},
}


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of each page, and calls exported a second, on a log of one size."""

    pages_ms: Mapping[str, float]
    exported: Mapping[str, float]


def report_log(kind: str, options: LogOptions) -> str:
    """The table of one kind of database, on logs of growing size."""
    with TemporaryDirectory(prefix="patchline-bench-") as name, empty_database(kind, Path(name)) as place:
        measured = dict(_measure(place, Path(name), options))
    return "\n".join(table(kind, measured))


def table(kind: str, measured: Mapping[int, Measured]) -> Iterator[str]:
    """What was measured at each size, and how many times the smallest log's time the largest takes."""
    sizes = list(measured)
    yield f"{kind}: median milliseconds of each page, by calls in the log"
    yield _row("page", *(f"{size:,}" for size in sizes), "ratio")
    for page in measured[sizes[0]].pages_ms:
        times = [measured[size].pages_ms[page] for size in sizes]
        yield _row(page, *(f"{each:.1f}" for each in times), f"{times[-1] / times[0]:.2f}")
    for form in measured[sizes[0]].exported:
        rates = [measured[size].exported[form] for size in sizes]
        yield _row(f"export, {form}: calls/s", *(f"{each:,.0f}" for each in rates), f"{rates[0] / rates[-1]:.2f}")
    yield ""


def _row(name: str, *cells: str) -> str:
    return f"{name:<32}" + "".join(f"{cell:>13}" for cell in cells)


def _measure(place: Place, folder: Path, options: LogOptions) -> Iterator[tuple[int, Measured]]:
    settings = make_site(place.url, folder, 1).settings
    configure_logs("warning")
    prepare(settings)
    with closing(create_app(settings)) as app:
        client, there = _signed_in(app), 0
        for part, size in enumerate(options.sizes):
            _fill(app, size - there, part)
            there = size
            tell(f"{size:,} calls: asking for each page {_LOOKS} times")
            pages = {name: _median_ms(client, path) for name, path in _pages(client).items()}
            yield size, Measured(pages, {form.value: _export_rate(app, form) for form in ExportFormat})


def _fill(app: Patchline, calls: int, part: int) -> None:
    began = told = time.monotonic()
    wanted = Wanted(_SLUG, calls, _DAYS, app.hotline.clock.now(), part)
    for progress in make_history(app.hotline, wanted):
        if time.monotonic() - told > _TELL_EVERY_S:
            told = time.monotonic()
            tell(f"{progress.done:,} of {calls:,} calls made, {progress.done / (told - began):,.0f} a second")


def _signed_in(app: Patchline) -> FlaskClient:
    client = app.test_client()
    owner = find_by_email(app.desk, DEMO_OWNER)
    with app.desk.database.write() as connection:
        token = begin_session(connection, owner, Visitor("the benchmark"), app.hotline.clock.now())
    client.set_cookie("patchline", token)
    return client


def _pages(client: FlaskClient) -> dict[str, str]:
    campaign, a_call = f"/console/campaigns/{_SLUG}", call_id(f"{_SLUG} 0", 50)
    log = f"{campaign}/calls"
    asked = {f"log: {name}": f"{log}?{urlencode(wishes)}" for name, wishes in _ASKED.items()}
    return {
        **asked,
        "log: 20 pages further": _further(client, log, 20),
        "log: search, a call": f"{log}?{urlencode({'q': a_call})}",
        "log: one supporter": f"{log}?{urlencode({'same': a_call})}",
        "one call": f"/console/calls/{a_call}",
        "overview, a month": f"{campaign}/overview",
        "overview, all": f"{campaign}/overview?when=all",
        "report": f"{campaign}/report",
        "live board": f"{campaign}/live",
        "home": "/console/",
    }


def _further(client: FlaskClient, path: str, pages: int) -> str:
    """The address to which so many turns of the page lead."""
    for _ in range(pages):
        found = re.search(r'href="([^"]+)"[^>]*rel="next"|rel="next"[^>]*href="([^"]+)"', client.get(path).text)
        if found is None:
            break
        path = html.unescape(found[1] or found[2])
    return path


def _median_ms(client: FlaskClient, path: str) -> float:
    def look() -> None:
        answer = client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 200, f"{path}: {answer.status}"

    look()
    return statistics.median(_seconds(look) for _ in range(_LOOKS)) * _MS


def _export_rate(app: Patchline, form: ExportFormat) -> float:
    rows = export_calls(app.hotline.database, form)
    return _EXPORTED / _seconds(lambda: deque(islice(rows, _EXPORTED), maxlen=0))


def _seconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began
