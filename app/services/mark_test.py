"""Marking a call as a test: it is left out of every figure, and of the log unless test calls are asked for."""

from app.domain.audit import By, Deed
from app.services import audit
from app.services.desk import Desk
from app.store.call_notes import mark_test as keep_mark


def mark_test(desk: Desk, by: By, campaign: str, call_sid: str, *, is_test: bool) -> bool:
    """Mark a call as a test or as none, and say whether it was otherwise."""
    with desk.database.write() as connection:
        changed = keep_mark(connection, call_sid, is_test=is_test)
        if changed:
            told = "marked call {} as a test" if is_test else "counted call {} again, which was marked as a test"
            sentence = f"{by.who} {told.format(call_sid)}."
            audit.note(connection, desk.clock.now(), by, Deed.CORRECTION, sentence, campaign)
    return changed
