"""What organizers add to a call: notes, and outcomes corrected with the original kept."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from app.domain.results import Outcome
from app.store.call_log_tables import call_notes, outcome_corrections
from app.store.supporters import note_reached
from app.store.tables import calls, legs


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a call."""

    at: datetime
    who: str
    text: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Correction:
    """An outcome that an organizer changed; None is 'not told'."""

    at: datetime
    who: str
    was: str | None
    became: str | None


def add_note(connection: Connection, call_sid: str, note: Note) -> int:
    """Keep a note on a call: its row number."""
    call = select(calls.c.id, calls.c.campaign_id).where(calls.c.call_sid == call_sid)
    row = connection.execute(call).one()
    values = {"call_id": row.id, "campaign_id": row.campaign_id, "at": note.at, "who": note.who, "text": note.text}
    return int(connection.execute(insert(call_notes).values(values).returning(call_notes.c.id)).scalar_one())


def remove_note(connection: Connection, call_sid: str, note_id: int, who: str) -> bool:
    """Take a note off a call if somebody wrote it, and say whether they did."""
    call_id = select(calls.c.id).where(calls.c.call_sid == call_sid).scalar_subquery()
    own = (call_notes.c.id == note_id, call_notes.c.call_id == call_id, call_notes.c.who == who)
    return connection.execute(delete(call_notes).where(*own)).rowcount == 1


def mark_test(connection: Connection, call_sid: str, *, is_test: bool) -> bool:
    """Mark a call as a test or as none, and say whether it was otherwise."""
    otherwise = calls.c.marked_test.is_not(is_test)
    marked = update(calls).where(calls.c.call_sid == call_sid, otherwise).values(marked_test=is_test)
    return connection.execute(marked).rowcount == 1


def notes_of(connection: Connection, call_id: int) -> list[Note]:
    """The notes on a call, the oldest first."""
    rows = connection.execute(select(call_notes).where(call_notes.c.call_id == call_id).order_by(call_notes.c.id))
    return [Note(row.at, row.who, row.text, row.id) for row in rows]


def correct_outcome(
    connection: Connection, call_sid: str, leg: int, outcome: Outcome | None, at: datetime, who: str
) -> Correction | None:
    """Change the outcome of an answered leg; None if there is no such one that was otherwise."""
    joined = legs.join(calls, calls.c.id == legs.c.call_id)
    columns = (legs.c.id, legs.c.office_id, legs.c.disposition, calls.c.campaign_id, calls.c.pseudonym)
    answered = (calls.c.call_sid == call_sid, legs.c.leg == leg, legs.c.line_result == "answered")
    row = connection.execute(select(*columns).select_from(joined).where(*answered).with_for_update(of=legs)).first()
    if row is None or row.disposition == outcome:
        return None
    connection.execute(update(legs).where(legs.c.id == row.id).values(disposition=outcome))
    change = {"leg_id": row.id, "at": at, "who": who, "was": row.disposition, "became": outcome}
    connection.execute(insert(outcome_corrections).values(change))
    note_reached(connection, row.campaign_id, row.pseudonym or "", row.office_id, _reached(outcome))
    return Correction(at, who, row.disposition, outcome)


def _reached(outcome: Outcome | None) -> bool:
    # An answered leg of which nothing was told counts as reached, as it does in the call.
    return outcome is not Outcome.UNREACHED


def corrections_of(connection: Connection, leg_ids: Sequence[int]) -> Mapping[int, list[Correction]]:
    """The corrections of legs, the oldest first."""
    found: dict[int, list[Correction]] = defaultdict(list)
    table = outcome_corrections
    for row in connection.execute(select(table).where(table.c.leg_id.in_(leg_ids)).order_by(table.c.id)):
        found[row.leg_id].append(Correction(row.at, row.who, row.was, row.became))
    return found
