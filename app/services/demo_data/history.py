"""Making a history: one call after the other, kept by the code that keeps real ones, many calls in a transaction."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from app.domain.calls import CallState
from app.domain.picking import Memory
from app.domain.record import CallStatusRecord, LegStatusRecord, Note, SummaryHeard, TurnRecord
from app.services.demo_data.calls import Caller, Kept, call_id, play
from app.services.demo_data.moments import Span, moments
from app.services.demo_data.plays import Past, Plays
from app.services.demo_data.supporters import Supporter, supporter
from app.services.hotline import Hotline
from app.store.callbacks import record_call_status, record_leg_status
from app.store.calls import latest_state
from app.store.campaigns import UnknownCampaign, listing
from app.store.database import Connection
from app.store.turns import save_turn

# SQLite has one writer: nobody who calls meanwhile should have to wait for more than a moment.
_BATCH = 100

# The last calls are over by the moment until which there are calls.
_LONGEST = timedelta(hours=1)


class NotADemo(Exception):
    """An installation that takes real calls gets no made-up ones."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A history to make: so many calls to a campaign in the days before a moment, drawn from a seed."""

    slug: str
    calls: int
    days: int
    until: datetime
    seed: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How many calls there are by now, and how many there were before."""

    done: int
    before: int


def make_history(hotline: Hotline, wanted: Wanted) -> Iterator[Progress]:
    """Make what is missing of a history, telling how far it is; whoever stops early leaves whole calls.

    Raises NotADemo and UnknownCampaign.
    """
    if not hotline.is_demo:
        raise NotADemo("This installation is live: made-up calls would stand among real ones. Unset the live settings.")
    history = _History(hotline, wanted)
    before = history.already()
    yield Progress(before, before)
    calls = history.calls()
    done = 0
    while batch := list(islice(calls, _BATCH)):
        done += len(batch)
        if done > before:
            with hotline.database.write() as connection:
                _keep(connection, (record for call in batch[max(0, before - done) :] for record in call))
            yield Progress(done, before)


class _History:
    """The calls of a history, in order: what is drawn for one depends on those before it."""

    def __init__(self, hotline: Hotline, wanted: Wanted) -> None:
        with hotline.database.read() as connection:
            listed = next((each for each in listing(connection) if each.slug == wanted.slug), None)
            if listed is None:
                raise UnknownCampaign(wanted.slug)
            self._snapshot = hotline.snapshots.get(listed.version_id, connection)
        self._plays = Plays(hotline, self._snapshot, listed.number or hotline.default_number)
        self._key = hotline.keys.key(wanted.slug)
        self._database, self._wanted = hotline.database, wanted
        self._seed = f"{wanted.slug} {wanted.seed}"
        self._pasts: dict[int, Past] = {}

    def already(self) -> int:
        """How many calls of this history there are: they are made in order."""
        with self._database.read() as connection:
            return bisect_left(
                range(self._wanted.calls),
                True,
                key=lambda number: not latest_state(connection, call_id(self._seed, number)),
            )

    def calls(self) -> Iterator[list[Kept]]:
        """What each call leaves in the record."""
        campaign, wanted = self._snapshot.campaign, self._wanted
        span = Span(wanted.until - _LONGEST, wanted.days, campaign.time_zone)
        for number, begun in enumerate(moments(span, wanted.calls, self._seed)):
            draw = Random(f"{self._seed} {number}")
            who = supporter(draw, wanted.calls, campaign.languages)
            yield self._call(who, call_id(self._seed, number), begun, draw)

    def _call(self, who: Supporter, call_sid: str, begun: datetime, draw: Random) -> list[Kept]:
        campaign = self._snapshot.campaign
        pseudonym = who.pseudonym(self._key) if self._key else ""
        past = self._pasts.get(who.number) if pseudonym else None
        state = CallState("screen", self._snapshot.version_id, campaign.languages[0], 0)
        kept = play(self._plays, state, call_sid, Caller(who, pseudonym, past), begun, draw)
        if pseudonym:
            before = past or Past(Memory(campaign.languages[0], patient=False))
            self._pasts[who.number] = before.after(_told(kept))
        return kept


def _told(kept: Iterable[Kept]) -> Iterator[Note]:
    """What a call leaves to be remembered of it."""
    summary_s = 0
    for record in kept:
        match record:
            case TurnRecord():
                yield from record.notes
                summary_s = record.summary_s or 0
            case CallStatusRecord() if 0 < summary_s <= (record.duration_s or 0):
                yield SummaryHeard(summary_s)


def _keep(connection: Connection, records: Iterable[Kept]) -> None:
    for record in records:
        match record:
            case TurnRecord():
                save_turn(connection, record)
            case CallStatusRecord():
                record_call_status(connection, record)
            case LegStatusRecord():
                record_leg_status(connection, record)
