"""How far a call came: the steps of the funnel, from 'answered' to 'called again'."""

from enum import IntEnum


class Furthest(IntEnum):
    """The furthest step of a call; the database derives it from the record (migrations/call_log_triggers.py)."""

    ANSWERED = 0
    HEARD = 1
    """The caller answered the first menu, let it pass, or stayed for 30 seconds."""
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


FURTHEST_BY_WORD = {step.word: step for step in Furthest}
