"""Writing and reading the audit. A service notes what it does in the transaction that does it."""

from datetime import datetime

from app.domain.audit import By, Deed, Entry
from app.logs import get_logger
from app.services.desk import Desk
from app.store import audit
from app.store.audit import Kept, Wanted
from app.store.database import Connection

_log = get_logger(__name__)

PAGE = 50


def note(
    connection: Connection, at: datetime, by: By, deed: Deed, sentence: str, campaign: str = "", why: str = ""
) -> None:
    """Add a deed to the audit as a sentence that begins with who did it; the log tells the audit's new end."""
    head = audit.append(connection, Entry(at, by.who, deed, sentence, campaign, why, by.place))
    # In fours, which no number is found among: the log would mask digits of the hash.
    grouped = ":".join(head.hash[start : start + 4] for start in range(0, len(head.hash), 4))
    audit.when_committed(connection, lambda: _log.info("audit_head", entry=head.id, hash=grouped))


def note_alone(desk: Desk, by: By, deed: Deed, sentence: str, campaign: str = "", why: str = "") -> None:
    """Add a deed that changed nothing else, such as a search or an export."""
    with desk.database.write() as connection:
        note(connection, desk.clock.now(), by, deed, sentence, campaign, why)


def audit_page(desk: Desk, wanted: Wanted, before: int | None) -> tuple[list[Kept], int | None]:
    """A page of the audit, the latest first, and from where the next one goes on."""
    with desk.database.read() as connection:
        found = audit.page(connection, wanted, before, PAGE + 1)
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def audit_names(desk: Desk) -> list[str]:
    """Who stands in the audit."""
    with desk.database.read() as connection:
        return audit.everybody(connection)


def broken_entry(desk: Desk) -> int | None:
    """The number of the first entry that somebody has tampered with; None if all is as it was written."""
    with desk.database.read() as connection:
        return audit.broken(connection)
