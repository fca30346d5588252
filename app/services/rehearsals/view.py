"""What the page shows of a call, as plain values for JSON."""

import json
from dataclasses import asdict
from urllib.parse import parse_qs, urlsplit

from app.domain.calls import BadState, unseal
from app.services.export_calls import call_as_json
from app.services.rehearsals.rehearsal import Rehearsal
from app.simulator import Activity, Entry, Exchange, Kind, Wait
from app.store.database import Database
from app.store.export import one_call
from app.store.turn_log import RecordedTurn, turns_of

Json = dict[str, object]

# The page's words for what the transcript tells; webhooks are shown apart.
_KINDS = {
    Kind.DIALS: "dials",
    Kind.HEARS: "hears",
    Kind.PRESSES: "presses",
    Kind.SAYS: "says",
    Kind.SILENT: "silent",
    Kind.UNHEARD: "unheard",
    Kind.RINGING: "rings",
    Kind.TALKING: "talks",
    Kind.LINE: "line",
    Kind.CARRIER: "carrier",
    Kind.FAULT: "fault",
    Kind.ENDS: "ends",
}
_ACTIVITIES = {**{each: each.value for each in Activity}, Activity.QUIET: "idle"}


def view_of(rehearsal: Rehearsal, database: Database, state_key: bytes) -> Json:
    """Everything that is known of a call: how it stands, what was said, each webhook, and what was recorded."""
    call = rehearsal.call
    with database.read() as connection:
        turns = {turn.turn: turn for turn in turns_of(connection, call.sid)}
        log = one_call(connection, call.sid)
    entries = call.transcript.entries
    exchanges = [entry.exchange for entry in entries if entry.exchange]
    ended = [entry.text for entry in entries if entry.kind is Kind.ENDS]
    return {
        "id": rehearsal.key,
        "caller_token": rehearsal.caller_token,
        "over": call.is_over,
        "ended": ended[-1] if ended else "",
        "clock": rehearsal.clock,
        "waiting": _waiting(call.waiting),
        "entries": [_entry(entry) for entry in entries if entry.kind in _KINDS],
        "webhooks": [_webhook(exchange, call.sid, state_key, turns) for exchange in exchanges],
        "log": json.loads(call_as_json(log)) if log else None,
    }


def _waiting(wait: Wait | None) -> Json | None:
    if wait is None:
        return None
    spoken = wait.spoken
    prompt = spoken and {
        "text": spoken.text,
        "language": spoken.language,
        "seconds": spoken.seconds,
        # The page plays it from its own server: the call's copy of the hotline is on the same database.
        "sound": urlsplit(wait.sound).path,
    }
    return {
        "activity": _ACTIVITIES[wait.activity],
        "seconds": wait.seconds,
        "prompt": prompt,
        "office": wait.office,
        # Keys are taken at any time; where nobody listens the transcript says so.
        "takes_keys": True,
        "takes_speech": wait.takes_speech,
    }


def _entry(entry: Entry) -> Json:
    return {
        "at": entry.at,
        "kind": _KINDS[entry.kind],
        "text": entry.text,
        "language": entry.language,
        "played": entry.is_played,
    }


def _webhook(exchange: Exchange, call_sid: str, state_key: bytes, turns: dict[int, RecordedTurn]) -> Json:
    sent, answered = _state(exchange.url, call_sid, state_key), _state(exchange.body, call_sid, state_key)
    turn = turns.get(int(str(answered["turn"]))) if answered else None
    return {
        "url": exchange.url,
        "params": [list(param) for param in exchange.params],
        "status": exchange.status,
        "ms": round(exchange.seconds * 1000),
        "answer": exchange.body,
        # The guard refuses whatever is not signed as it should be.
        "valid": exchange.status is not None and exchange.status != 403,
        "repeat": exchange.is_repeat or exchange.attempt > 1,
        "failure": exchange.failure,
        "state": answered or sent,
        "turn": {**asdict(turn), "at": turn.at.isoformat()} if turn else None,
    }


def _state(text: str, call_sid: str, state_key: bytes) -> Json | None:
    """The fields of the sealed state that an address, or the first address of an answer, carries."""
    address = text.partition('action="')[2].partition('"')[0] if text.lstrip().startswith("<") else text
    sealed = parse_qs(urlsplit(address.replace("&amp;", "&")).query).get("state", [""])[0]
    try:
        return asdict(unseal(sealed, call_sid, state_key))
    except BadState:
        return None
