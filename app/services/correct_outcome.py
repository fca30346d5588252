"""Correcting what a caller told of an office call; the original is kept, and the audit says who changed it."""

from app.domain.audit import By, Deed
from app.domain.call_filters import NOT_TOLD
from app.domain.results import Outcome
from app.services import audit
from app.services.call_words import result_words
from app.services.desk import Desk
from app.store import call_notes


def correct_outcome(desk: Desk, by: By, campaign: str, call_sid: str, leg: int, outcome: str) -> str | None:
    """Change the outcome of an answered leg, and say what it was; None if nothing changed.

    Raises ValueError for what is no outcome.
    """
    told = None if outcome == NOT_TOLD else Outcome(outcome)
    with desk.database.write() as connection:
        changed = call_notes.correct_outcome(connection, call_sid, leg, told, desk.clock.now(), by.who)
        if changed:
            was, became = (result_words(each).lower() for each in (changed.was or NOT_TOLD, outcome))
            sentence = f"{by.who} corrected an office call in call {call_sid} from '{was}' to '{became}'."
            audit.note(connection, desk.clock.now(), by, Deed.CORRECTION, sentence, campaign)
    return (changed.was or NOT_TOLD) if changed else None
