"""How a supporter came to call."""

from enum import StrEnum


class CameFrom(StrEnum):
    """Where a call came from; the database derives it from the record (migrations/call_log_triggers.py).

    This is the place where the campaign's page, an embed and a flyer's code join, with their words in
    `services/call_words.py`: the filter, the column and the tallies take whatever is here.
    """

    DIALED_IN = "dialed-in"
    """The supporter dialed the campaign's number."""
    CALL_ME = "call-me"
    """We called the supporter, who had asked for it."""
