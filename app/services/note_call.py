"""Notes on calls."""

from app.domain.audit import By, Deed
from app.services import audit
from app.services.desk import Desk
from app.store.call_detail import campaign_of_call
from app.store.call_notes import Note, add_note, remove_note

LONGEST_NOTE = 2000


def read_note(text: str) -> str:
    """A note as it is kept; raises ValueError for one that is empty or too long."""
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not text:
        raise ValueError("Write the note first.")
    if len(text) > LONGEST_NOTE:
        raise ValueError(f"The note has {len(text)} characters; {LONGEST_NOTE} are the most.")
    return text


def note_call(desk: Desk, by: By, call_sid: str, text: str) -> int:
    """Keep a note on a call: its number. The audit says that there is one, and not what it says."""
    now = desk.clock.now()
    with desk.database.write() as connection:
        note_id = add_note(connection, call_sid, Note(now, by.who, text))
        slug = campaign_of_call(connection, call_sid) or ""
        audit.note(connection, now, by, Deed.NOTE, f"{by.who} added a note to call {call_sid}.", slug)
    return note_id


def withdraw_note(desk: Desk, by: By, call_sid: str, note_id: int) -> bool:
    """Take back a note of one's own, and say whether there was such a one; the audit keeps that it was there."""
    with desk.database.write() as connection:
        is_gone = remove_note(connection, call_sid, note_id, by.who)
        if is_gone:
            slug = campaign_of_call(connection, call_sid) or ""
            told = f"{by.who} withdrew their note on call {call_sid}."
            audit.note(connection, desk.clock.now(), by, Deed.NOTE, told, slug)
    return is_gone
