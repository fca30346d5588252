"""What is asked of a log: each page of the console that reads it, and each kind of filter."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from urllib.parse import urlencode

from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.organizers import DEMO_OWNER
from app.services.call_log import open_log
from app.services.live_board import read_board
from app.services.people import find_by_email
from app.services.sessions import Visitor, begin_session
from app.store.call_log_pages import Place
from app.store.tables import calls
from app.web.application import Patchline
from app.web.console.calls_address import write_place
from scripts.benchmarks.seed import DAYS
from scripts.benchmarks.setup import SLUG

_CAMPAIGN = f"/console/campaigns/{SLUG}"


@dataclass(frozen=True, slots=True)
class LongLog:
    """An application with a log in it, and a browser by which its owner has signed in; `a_call` is some call's id."""

    app: Patchline
    client: FlaskClient
    a_call: str

    @classmethod
    def of(cls, app: Patchline) -> "LongLog":
        """Sign in, and choose a call."""
        client, database = app.test_client(), app.hotline.database
        owner = find_by_email(app.desk, DEMO_OWNER)
        with database.write() as connection:
            token = begin_session(connection, owner, Visitor("the benchmark"), app.hotline.clock.now())
            of_somebody = select(calls.c.call_sid).where(calls.c.pseudonym.is_not(None)).order_by(calls.c.id.desc())
            a_call = connection.scalars(of_somebody.limit(1)).one()
        client.set_cookie("patchline", token)
        return cls(app, client, a_call)

    def get(self, path: str) -> str:
        """A page, which has to be there."""
        answer = self.client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 200, f"{path}: {answer.status}"
        return answer.text


Ask = Callable[[LongLog], object]


def _page(path: str, **asked: str) -> Ask:
    address = f"{path}?{urlencode(asked)}" if asked else path
    return lambda log: log.get(address.replace("CALL", log.a_call))


def _log(**asked: str) -> Ask:
    return _page(f"{_CAMPAIGN}/calls", **asked)


def _deep(log: LongLog) -> object:
    # In the middle of all days that have calls.
    at = log.app.hotline.clock.now() - timedelta(days=DAYS)
    return _log(after=write_place(Place(at.date(), at, 0)))(log)


def _board(log: LongLog) -> object:
    # The page shows one that was read up to a second ago.
    desk = log.app.desk
    return read_board(desk, open_log(desk, SLUG), desk.clock.now())


PAGES: Mapping[str, Ask] = MappingProxyType(
    {
        "call log, first page": _log(),
        "call log, in the middle": _deep,
        "by today": _log(when="today"),
        "by this week": _log(when="week"),
        "by language": _log(language="es"),
        "by furthest step": _log(step="talked"),
        "by source": _log(came_from="dialed-in"),
        "by returning": _log(returning="yes"),
        "by very short": _log(short="yes"),
        "by failed": _log(failed="yes"),
        "by note": _log(note="yes"),
        "by needs attention": _log(attention="yes"),
        "by office": _log(office="madison"),
        "by line result": _log(line="busy"),
        "by outcome": _log(outcome="spoke"),
        "by office, result, outcome": _log(office="madison", line="answered", outcome="spoke"),
        "by both kinds": _log(office="madison", language="es"),
        "by both kinds, none": _log(line="failed", short="yes", language="es"),
        "office calls": _log(by="office"),
        "office calls, by both kinds": _log(by="office", office="madison", language="es"),
        "by tag": _log(tag="press"),
        "search: a call": _log(q="CALL"),
        "search: a tag of callers": _log(q="7F3K"),
        "search: a word of notes": _log(q="outcome"),
        "search: nothing": _log(q="nothing of this kind"),
        "calls of one supporter": _log(same="CALL"),
        "one call": _page("/console/calls/CALL"),
        "overview": _page(f"{_CAMPAIGN}/overview"),
        "overview, all time": _page(f"{_CAMPAIGN}/overview", when="all"),
        "compare languages": _page(f"{_CAMPAIGN}/overview", when="all", compare="language"),
        "report": _page(f"{_CAMPAIGN}/report"),
        "offices": _page(f"{_CAMPAIGN}/offices"),
        "live board": _page(f"{_CAMPAIGN}/live"),
        "live board, read anew": _board,
        "Home": _page("/console/"),
    }
)
