"""Where a turn reads its advice and leaves its record: the database, or the journal while that cannot be used."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.campaigns import Snapshot
from app.domain.record import TurnRecord
from app.services.answering import answering
from app.services.hotline import Hotline
from app.services.metrics import JOURNALED
from app.store.advice import Known, read_known
from app.store.blocks import add_digest
from app.store.calls import latest_state
from app.store.campaigns import Line
from app.store.database import Connection, StoreUnavailable
from app.store.supporters import Supporter
from app.store.turns import save_turn


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: the campaign's pseudonym of them, and at first their number under the key of the blocks, or empty."""

    pseudonym: str
    digest: str = ""


class Record(Protocol):
    """What a turn needs of the record."""

    def line(self, called: str) -> Line | None:
        """The campaign that a dialed number leads to."""

    def latest_state(self, call_sid: str) -> str:
        """The sealed state of a call's latest turn, or empty."""

    def snapshot(self, version_id: int) -> Snapshot:
        """A published version."""

    def known(self, snapshot: Snapshot, caller: Caller, call_sid: str, turn: int, now: datetime) -> Known:
        """What the database alone knows, and what this turn was answered with if it was taken before."""

    def save(self, turn: TurnRecord) -> str:
        """Keep a turn and give the answer to send: that of its first time, if this is a repeat."""


class OnlineRecord:
    """The record in the database, within one transaction."""

    def __init__(self, hotline: Hotline, connection: Connection) -> None:
        """Take the open transaction."""
        self._hotline = hotline
        self._connection = connection
        self._known = Known()

    def line(self, called: str) -> Line | None:
        """Read which campaign the number leads to, and remember it for outages."""
        return answering(self._hotline, self._connection, called)

    def latest_state(self, call_sid: str) -> str:
        """Read the state that the call's latest answer carried."""
        return latest_state(self._connection, call_sid)

    def snapshot(self, version_id: int) -> Snapshot:
        """Give the version from memory, or read it once."""
        return self._hotline.snapshots.get(version_id, self._connection)

    def known(self, snapshot: Snapshot, caller: Caller, call_sid: str, turn: int, now: datetime) -> Known:
        """Read what is known of the offices, the supporter and the turn."""
        of_turn = (snapshot.campaign_id, caller.pseudonym, call_sid, turn, now)
        self._known = known = read_known(self._connection, *of_turn, caller.digest)
        if known.is_marked and caller.digest and not known.is_listed:
            # Now alone their number is at hand, so now alone every campaign can learn of the block.
            add_digest(self._connection, Supporter(snapshot.campaign_id, caller.pseudonym), caller.digest)
        return known

    def save(self, turn: TurnRecord) -> str:
        """Insert the turn, and move its call and leg forward; raises DecideAgain."""
        return save_turn(self._connection, turn, settles=self._known.waits)


class OfflineRecord:
    """The record while the database cannot be used: what is in memory, and the journal."""

    def __init__(self, hotline: Hotline) -> None:
        """Take the parts of the hotline."""
        self._hotline = hotline

    def line(self, called: str) -> Line | None:
        """Give what the number led to when the database last answered; raises StoreUnavailable if it never did."""
        if called not in self._hotline.lines:
            raise StoreUnavailable("The database is not usable, and this number was not called before.")
        return self._hotline.lines[called]

    def latest_state(self, call_sid: str) -> str:
        """Know nothing of other turns."""
        return ""

    def snapshot(self, version_id: int) -> Snapshot:
        """Give the version from memory; raises StoreUnavailable if it was never read."""
        return self._hotline.snapshots.cached(version_id)

    def known(self, snapshot: Snapshot, caller: Caller, call_sid: str, turn: int, now: datetime) -> Known:
        """Know nothing of other calls and turns."""
        return Known()

    def save(self, turn: TurnRecord) -> str:
        """Write the turn to the journal, from which the database gets it later."""
        JOURNALED.inc()
        self._hotline.journal.append(turn)
        return turn.answer
