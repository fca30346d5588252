"""Notes on calls."""

from app.domain.audit import By, Deed
from app.services import audit
from app.services.desk import Desk
from app.store.call_detail import campaign_of_call
from app.store.call_notes import Note, add_note

LONGEST_NOTE = 2000


def read_note(text: str) -> str:
    """A note as it is kept; raises ValueError for one that is empty or too long."""
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not text:
        raise ValueError("Write the note first.")
    if len(text) > LONGEST_NOTE:
        raise ValueError(f"The note has {len(text)} characters; {LONGEST_NOTE} are the most.")
    return text


def note_call(desk: Desk, by: By, call_sid: str, text: str) -> None:
    """Keep a note on a call; the audit says that there is one, and not what it says."""
    now = desk.clock.now()
    with desk.database.write() as connection:
        add_note(connection, call_sid, Note(now, by.who, text))
        slug = campaign_of_call(connection, call_sid) or ""
        audit.note(connection, now, by, Deed.NOTE, f"{by.who} added a note to call {call_sid}.", slug)
