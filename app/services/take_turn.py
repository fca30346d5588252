"""Taking a call one turn further: one webhook in, one answer out, one short transaction between."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.calls import CallState, seal
from app.domain.campaigns import Snapshot
from app.domain.events import Event, Lost, Started, describe
from app.domain.picking import Scene
from app.domain.record import LegEnded, TurnRecord
from app.flow.engine import Turn, advance, apologizing, resume
from app.flow.faults import apology, no_campaign
from app.flow.patch_through import ALIASES, FLOW
from app.logs import get_logger, log_context
from app.services.hotline import VOICES, Hotline
from app.services.records import OfflineRecord, OnlineRecord, Record
from app.services.replay_journal import replay_journal
from app.store.database import StoreUnavailable
from app.store.turns import OfficeFilled
from app.telephony.twiml import Urls, render
from app.telephony.webhooks import CallFacts

_log = get_logger(__name__)

_DECISIONS = 5
"""How often a turn is decided anew because another call took the office's last place in the meantime."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a webhook finds its call: the state it goes on from, and what to make of the event."""

    state: CallState
    event: Event


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
        return _take_turn(hotline, OfflineRecord(hotline), facts, event, state_text, now)
    replay_journal(hotline)
    return answer


def _take_turn_online(hotline: Hotline, facts: CallFacts, event: Event, state_text: str, now: datetime) -> str:
    for _ in range(_DECISIONS):
        try:
            with hotline.database.write() as connection:
                return _take_turn(hotline, OnlineRecord(hotline, connection), facts, event, state_text, now)
        except OfficeFilled:
            _log.info("office_filled", call=facts.call_sid)
    raise StoreUnavailable("Offices fill up faster than this call can be led to one.")


def _take_turn(hotline: Hotline, record: Record, facts: CallFacts, event: Event, state_text: str, now: datetime) -> str:
    opening = _open(hotline, record, facts, event, state_text, now)
    if opening is None:
        _log.warning("unknown_number", call=facts.call_sid)
        return render(no_campaign(), Urls(""), VOICES)
    snapshot = record.snapshot(opening.state.version_id)
    pseudonym = _pseudonym(hotline, snapshot, facts)
    advice = record.advice(snapshot, pseudonym, now, first=opening.state.turn == 0)
    scene = Scene(
        state=opening.state,
        campaign=snapshot.campaign,
        now=now,
        advice=advice,
        area_code=facts.caller.area_code if facts.caller else "",
        known=facts.caller is not None,
    )
    turn = _decide(scene, opening.event)
    return _keep(hotline, record, facts, scene, snapshot, pseudonym, opening, turn)


def _open(
    hotline: Hotline, record: Record, facts: CallFacts, event: Event, state_text: str, now: datetime
) -> Opening | None:
    if state := hotline.unseal(facts.call_sid, state_text):
        return Opening(state, event)
    if state_text:
        _log.warning("foreign_state", call=facts.call_sid)
    if (
        event != Started()
        and facts.call_sid
        and (state := hotline.unseal(facts.call_sid, record.latest_state(facts.call_sid)))
    ):
        return Opening(state, event if isinstance(event, Lost) else Lost(apologize=False))
    line = record.line(facts.called)
    if line is None:
        return None
    language = record.snapshot(line.version_id).campaign.languages[0]
    state = CallState("screen", line.version_id, language, started=int(now.timestamp()))
    return Opening(state, event if isinstance(event, Lost) else Started())


def _pseudonym(hotline: Hotline, snapshot: Snapshot, facts: CallFacts) -> str:
    key = hotline.keys.key(snapshot.campaign.slug)
    return facts.caller.pseudonym(key) if facts.caller and key else ""


def _decide(scene: Scene, event: Event) -> Turn:
    if not isinstance(event, Lost):
        return advance(FLOW, scene, event, ALIASES)
    is_new = scene.state.turn == 0
    turn = advance(FLOW, scene, Started(), ALIASES) if is_new else resume(FLOW, scene)
    return apologizing(turn, apology(scene)) if event.apologize else turn


def _keep(
    hotline: Hotline,
    record: Record,
    facts: CallFacts,
    scene: Scene,
    snapshot: Snapshot,
    pseudonym: str,
    opening: Opening,
    turn: Turn,
) -> str:
    state_text = seal(turn.state, facts.call_sid, hotline.state_key)
    urls = hotline.urls(facts.call_sid, turn.state.leg, state_text)
    answer = render(turn.verbs, urls, VOICES, facts.called or hotline.default_number)
    entry = TurnRecord(
        call_sid=facts.call_sid,
        turn=turn.state.turn,
        at=scene.now,
        day=scene.today.isoformat(),
        campaign_id=snapshot.campaign_id,
        version_id=snapshot.version_id,
        called=facts.called,
        direction=facts.direction,
        pseudonym=pseudonym,
        language=turn.state.language,
        patient=bool(turn.state.patient),
        step=turn.state.step,
        event=describe(opening.event),
        state=state_text,
        answer=answer,
        notes=turn.notes,
        is_test=hotline.is_demo,
    )
    with log_context(call=facts.call_sid, turn=entry.turn):
        _log.info("turn", step=opening.state.step, heard=entry.event, next=entry.step)
    for note in turn.notes:
        if isinstance(note, LegEnded) and note.hide:
            _log.error("office_failed", campaign=snapshot.campaign.slug, office=note.office)
    # Without an id calls cannot be told apart: such a caller is served, and leaves no record.
    return record.save(entry) if facts.call_sid else answer
