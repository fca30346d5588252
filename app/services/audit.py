"""Writing and reading the audit. A service notes what it does in the transaction that does it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from app.domain.audit import By, Checked, Deed, Entry
from app.logs import get_logger
from app.services.csv_lines import csv_line
from app.services.desk import Desk
from app.store import audit
from app.store.audit import Kept, Wanted
from app.store.database import Connection

_log = get_logger(__name__)

PAGE = 50
_EXPORTED_AT_ONCE = 500


def note(
    connection: Connection, at: datetime, by: By, deed: Deed, sentence: str, campaign: str = "", why: str = ""
) -> None:
    """Add a deed to the audit as a sentence that begins with who did it; the log tells the audit's new end."""
    head = audit.append(connection, Entry(at, by.who, deed, sentence, campaign, why, by.place))
    # In fours, which no number is found among: the log would mask digits of the hash.
    told = head.hash.replace(":", "")
    grouped = ":".join(told[start : start + 4] for start in range(0, len(told), 4))
    audit.when_committed(connection, lambda: _log.info("audit_head", entry=head.id, hash=grouped))


def note_alone(desk: Desk, by: By, deed: Deed, sentence: str, campaign: str = "", why: str = "") -> None:
    """Add a deed that changed nothing else, such as a search or an export."""
    with desk.database.write() as connection:
        note(connection, desk.clock.now(), by, deed, sentence, campaign, why)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the audit, the latest first.

    `versions` are those that its entries published, by the entry; `more` is from where the next page goes on.
    """

    entries: Sequence[Kept]
    versions: Mapping[int, int]
    more: int | None


def audit_page(desk: Desk, wanted: Wanted, before: int | None) -> Page:
    """The entries that are asked for, from before an entry on."""
    with desk.database.read() as connection:
        found = audit.page(connection, wanted, before, PAGE + 1)
        versions = audit.versions_published(connection, [each.id for each in found[:PAGE]])
    return Page(found[:PAGE], versions, found[PAGE - 1].id if len(found) > PAGE else None)


def audit_names(desk: Desk) -> list[str]:
    """Who stands in the audit."""
    with desk.database.read() as connection:
        return audit.everybody(connection)


def audit_campaigns(desk: Desk) -> list[str]:
    """Which campaigns the audit tells of."""
    with desk.database.read() as connection:
        return audit.campaigns(connection)


def check_audit(desk: Desk) -> Checked:
    """Whether all of the audit is as it was written, as far as can be seen."""
    with desk.database.read() as connection:
        return audit.check(connection)


def export_audit(desk: Desk, by: By, wanted: Wanted) -> Iterator[str]:
    """The entries that are asked for as CSV, the latest first; that they were exported stands in the audit itself."""
    asked = ", ".join(f"{name} {str(value)!r}" for name, value in asdict(wanted).items() if value)
    note_alone(desk, by, Deed.EXPORT, f"{by.who} exported the audit{f' ({asked})' if asked else ''}.")
    return _lines(desk, wanted)


def _lines(desk: Desk, wanted: Wanted) -> Iterator[str]:
    names = [field.name for field in fields(Entry)]
    yield csv_line(["entry", *names, "hash"])
    before = None
    while True:
        # A page at a time: no transaction stays open for as long as somebody takes to fetch it.
        with desk.database.read() as connection:
            found = audit.page(connection, wanted, before, _EXPORTED_AT_ONCE)
        for each in found:
            yield csv_line([each.id, *(getattr(each.entry, name) for name in names), each.hash])
        if len(found) < _EXPORTED_AT_ONCE:
            return
        before = found[-1].id
