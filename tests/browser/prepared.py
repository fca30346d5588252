"""A console with calls, links, people and a draft with faults in it, made once for the tests of a file."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.config import Settings
from app.domain.audit import By
from app.domain.clock import SystemClock
from app.domain.drafts import with_fields
from app.domain.organizers import DEMO_OWNER, Access
from app.domain.record import CallStatusRecord
from app.domain.roles import Role
from app.services.caller_keys import caller_keys
from app.services.desk import Desk, open_desk
from app.services.drafts import open_draft, save_draft
from app.services.invite import demo_reset_url, invite
from app.services.open_database import open_database
from app.services.people import find_by_email
from app.services.sessions import Visitor, begin_session
from app.services.share_links import make_share_link
from tests.browser.conftest import demo_site
from tests.store.making import keep
from tests.support.call_log import fill
from tests.support.console import OWN
from tests.support.demo import demo_settings

INVITED = "bert@example.org"


@dataclass(frozen=True, slots=True)
class Prepared:
    """Where it is, the owner's cookie and that of somebody who has to give a second factor, and addresses by name."""

    url: str
    settings: Settings
    owner: str
    half: str
    names: dict[str, str]

    def window(self, session: str) -> dict[str, object]:
        """How a window is opened in which somebody has signed in."""
        cookie = {"name": "patchline", "value": session, "domain": "127.0.0.1", "path": "/", "expires": -1}
        cookie |= {"httpOnly": True, "secure": False, "sameSite": "Lax"}
        return {"storage_state": {"cookies": [cookie], "origins": []}}


@contextmanager
def prepared_console(folder: Path) -> Iterator[Prepared]:
    """Serve it; the log began five minutes ago."""
    settings = demo_settings(f"sqlite:///{folder}/console.db", folder)
    with demo_site(settings) as url, closing(open_database(settings)) as database:
        begun = datetime.now(UTC) - timedelta(minutes=5)
        fill(database, caller_keys(settings), begun)
        # The caller's second call is over as well: nothing is erased of who is on the line.
        keep(database, CallStatusRecord("CA2", "completed", begun + timedelta(seconds=3705), 9, 105))
        desk = open_desk(settings, database, SystemClock())
        invited = invite(desk, By(DEMO_OWNER), INVITED, Access(Role.ANALYST, all_campaigns=True)).url
        owner = find_by_email(desk, DEMO_OWNER)
        share = make_share_link(desk, By(DEMO_OWNER), owner.member(), OWN, "the phone bank", 1)
        links = {"invitation": invited, "reset": demo_reset_url(desk, DEMO_OWNER), "share": share}
        names = {name: link.rpartition("/")[2] for name, link in links.items()}
        names["person"] = find_by_email(desk, INVITED).public_id
        yield Prepared(url, settings, _session(desk), _session(desk, needs_factor=True), names)


def spoil(prepared: Prepared) -> None:
    """Leave a draft with a greeting missing and a summary that is too long."""
    with closing(open_database(prepared.settings)) as database:
        desk = open_desk(prepared.settings, database, SystemClock())
        draft = open_draft(desk, OWN)
        texts = {
            "greeting": {**draft.body["greeting"], "es": ""},
            "summary": {**draft.body["summary"], "en": "word " * 95},
        }
        save_draft(desk, By(DEMO_OWNER), OWN, with_fields(draft.body, texts), draft.revision)


def _session(desk: Desk, *, needs_factor: bool = False) -> str:
    owner = find_by_email(desk, DEMO_OWNER)
    with desk.database.write() as connection:
        return begin_session(connection, owner, Visitor("the test"), desk.clock.now(), needs_factor=needs_factor)
