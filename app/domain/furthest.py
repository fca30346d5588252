"""How far a call came: the steps of the funnel, from 'answered' to 'called again'."""

from enum import IntEnum


class Furthest(IntEnum):
    """The furthest step of a call; the database derives it from the record (migrations/call_log_triggers.py)."""

    BRIEF = -1
    """The call was over within three seconds, and counts as no answered call."""
    ANSWERED = 0
    HEARD = 1
    """The summary was spoken for nine tenths or longer, or the caller had heard it in a call before."""
    CHOSE = 2
    CONNECTED = 3
    TALKED = 4
    """The caller said so, or said nothing and was on with the office for 45 seconds."""
    AGAIN = 5
    """The caller talked, and a second office answered."""

    @property
    def word(self) -> str:
        """As an address and a filter name it."""
        return self.name.lower()


FUNNEL = tuple(step for step in Furthest if step >= Furthest.ANSWERED)
"""The steps that a call goes through."""

FURTHEST_BY_WORD = {step.word: step for step in Furthest}
