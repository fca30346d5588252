"""Taking a call one turn further: one webhook in, one answer out, one short transaction between."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.calls import CallState, seal
from app.domain.campaigns import Snapshot
from app.domain.events import Event, Lost, Started, describe
from app.domain.picking import Scene
from app.domain.record import LegEnded, TurnRecord
from app.domain.speaking import seconds_spoken
from app.flow.engine import Turn, advance, apologizing, number, resume
from app.flow.faults import apology, no_campaign
from app.flow.patch_through import ALIASES, FLOW
from app.flow.steps.legs import unannounced
from app.flow.summary import follow_summary, seconds_to_summary
from app.logs import get_logger, log_context
from app.services.hotline import VOICES, Hotline
from app.services.metrics import count_turn
from app.services.records import Caller, OfflineRecord, OnlineRecord, Record
from app.services.replay_journal import replay_journal
from app.store.database import StoreUnavailable
from app.store.writes import DecideAgain
from app.telephony.twiml import Urls, render
from app.telephony.webhooks import CallFacts

_log = get_logger(__name__)

_DECISIONS = 5
"""How often a turn is decided anew because of what came in the meantime: most likely, that an office filled up."""


def take_turn(hotline: Hotline, facts: CallFacts, event: Event, state_text: str) -> str:
    """Answer a voice webhook with TwiML and leave its record; a repeat gets the same bytes.

    While the database cannot be used, the turn goes to the journal and the caller goes on. Raises StoreUnavailable only
    if the campaign or its number was never read.
    """
    now = hotline.clock.now()
    try:
        answer = _take_turn_online(hotline, facts, event, state_text, now)
    except StoreUnavailable as error:
        _log.error("record_unavailable", call=facts.call_sid, problem=str(error))
        return _Taking(hotline, OfflineRecord(hotline), facts, now).answer(event, state_text)
    replay_journal(hotline)
    return answer


def _take_turn_online(hotline: Hotline, facts: CallFacts, event: Event, state_text: str, now: datetime) -> str:
    for _ in range(_DECISIONS):
        try:
            with hotline.recording() as connection:
                return _Taking(hotline, OnlineRecord(hotline, connection), facts, now).answer(event, state_text)
        except DecideAgain as why:
            _log.info("decided_again", call=facts.call_sid, why=type(why).__name__)
    raise StoreUnavailable("What this call is led by changes faster than it can be decided.")


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a webhook finds its call: the state it goes on from, and what to make of the event."""

    state: CallState
    event: Event

    @property
    def is_lost(self) -> bool:
        """Whether the turn before, which there was, may have been answered in vain."""
        return isinstance(self.event, Lost) and self.state.turn > 0

    @property
    def number(self) -> int:
        """Of the turn to be taken."""
        return number(self.state, is_lost=self.is_lost)


@dataclass(frozen=True, slots=True)
class _Taking:
    """One turn being taken, on one record."""

    hotline: Hotline
    record: Record
    facts: CallFacts
    now: datetime

    def answer(self, event: Event, state_text: str) -> str:
        """Find the call, decide, keep, and give the TwiML."""
        opening = self._open(event, state_text)
        if opening is None:
            _log.warning("unknown_number", call=self.facts.call_sid)
            return render(no_campaign(), Urls(""), VOICES)
        snapshot = self.record.snapshot(opening.state.version_id)
        pseudonym = self._pseudonym(snapshot)
        who = Caller(pseudonym, self._digest() if opening.number <= 1 else "")
        known = self.record.known(snapshot, who, self.facts.call_sid, opening.number, self.now)
        if known.answer is not None:
            return known.answer
        caller = self.facts.caller
        scene = Scene(
            state=opening.state,
            campaign=snapshot.campaign,
            now=self.now,
            advice=known.advice,
            area_code=caller.area_code if caller else "",
            known=caller is not None,
        )
        turn = _decide(scene, opening.event)
        turn = follow_summary(scene, opening.event, turn, seconds_to_summary(scene, turn))
        entry = self._entry(snapshot, pseudonym, scene, describe(opening.event), turn)
        self._tell(snapshot, opening, entry)
        # Without an id calls cannot be told apart: such a caller is served, and leaves no record.
        return self.record.save(entry) if self.facts.call_sid else entry.answer

    def _open(self, event: Event, state_text: str) -> _Opening | None:
        call_sid = self.facts.call_sid
        given = self.hotline.unseal(call_sid, state_text)
        # The carrier had the answer that plays a recording, so the state that this answer carries is the one in hand.
        went_on = isinstance(event, Lost) and event.unplayed
        if given and not went_on:
            return _Opening(given, event)
        if state_text and not given:
            _log.warning("foreign_state", call=call_sid)
        is_known = event != Started() and call_sid
        if is_known and (state := self.hotline.unseal(call_sid, self.record.latest_state(call_sid))):
            return _Opening(state, event if isinstance(event, Lost) else Lost(apologize=False))
        if given:
            return _Opening(given, event)
        line = self.record.line(self.facts.called)
        if line is None:
            return None
        language = self.record.snapshot(line.version_id).campaign.languages[0]
        state = CallState("screen", line.version_id, language, started=int(self.now.timestamp()))
        return _Opening(state, event if isinstance(event, Lost) else Started())

    def _pseudonym(self, snapshot: Snapshot) -> str:
        key = self.hotline.keys.key(snapshot.campaign.slug)
        return self.facts.caller.pseudonym(key) if self.facts.caller and key else ""

    def _digest(self) -> str:
        key = self.hotline.keys.key_of_blocks()
        return self.facts.caller.pseudonym(key) if self.facts.caller and key else ""

    def _entry(self, snapshot: Snapshot, pseudonym: str, scene: Scene, event: str, turn: Turn) -> TurnRecord:
        facts, state = self.facts, turn.state
        sealed = seal(state, facts.call_sid, self.hotline.state_key)
        urls = self.hotline.urls(facts.call_sid, state.leg, sealed)
        return TurnRecord(
            call_sid=facts.call_sid,
            turn=state.turn,
            at=self.now,
            day=scene.today.isoformat(),
            campaign_id=snapshot.campaign_id,
            version_id=snapshot.version_id,
            called=facts.called,
            direction=facts.direction,
            pseudonym=pseudonym,
            language=state.language,
            patient=bool(state.patient),
            step=state.step,
            event=event,
            state=sealed,
            answer=render(turn.verbs, urls, VOICES, facts.called or self.hotline.default_number),
            notes=turn.notes,
            is_test=self.hotline.is_demo,
            hour=scene.local.hour,
            speech_s=seconds_spoken(turn.verbs),
            summary_s=max(state.summary_s, 0),
        )

    def _tell(self, snapshot: Snapshot, opening: _Opening, entry: TurnRecord) -> None:
        with log_context(call=entry.call_sid, turn=entry.turn):
            count_turn(entry)
            _log.info("turn", step=opening.state.step, heard=entry.event, next=entry.step)
            for note in entry.notes:
                if isinstance(note, LegEnded) and note.hide:
                    _log.error("office_failed", campaign=snapshot.campaign.slug, office=note.office)


def _decide(scene: Scene, event: Event) -> Turn:
    if not isinstance(event, Lost):
        return advance(FLOW, scene, event, ALIASES)
    is_new = scene.state.turn == 0
    if event.apologize or event.unplayed:
        # It may have been a recording even where the carrier does not say so: what is spoken needs nothing from us.
        scene = replace(scene, state=replace(scene.state, unplayed=1))
    turn = advance(FLOW, scene, Started(), ALIASES) if is_new else resume(FLOW, scene, in_full=event.unplayed)
    if event.unplayed:
        turn = replace(turn, notes=(*unannounced(scene), *turn.notes))
    return apologizing(turn, apology(scene)) if event.apologize else turn
