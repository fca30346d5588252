"""A believable small log for the console's tests: kept by the real recording code."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.phone_numbers import RawNumber
from app.domain.record import CallStatusRecord, Ending, Note, OutcomeReported, Preferred, SummaryHeard
from app.domain.results import LineResult, Outcome
from app.services.caller_keys import CallerKeys
from app.store.database import Database
from tests.store.making import NOON, end, keep, plan, save, turn
from tests.support.console import OWN, Console

ANNAS_NUMBER = "+16085550123"
WELCOME = (
    '<?xml version="1.0" encoding="UTF-8"?><Response><Gather action="/voice/turn"><Say voice="Polly.Joanna" '
    'language="en-US">Welcome. <break time="250ms"/>Press pound.</Say><Say voice="Polly.Mia" language="es-MX">'
    "Para español, oprima nueve.</Say></Gather></Response>"
)
_ZONE = ZoneInfo("America/Chicago")
_DAY_S = 86_400


def pseudonym(keys: CallerKeys, number: str = ANNAS_NUMBER) -> str:
    key = keys.key(OWN)
    assert key
    return RawNumber(number).pseudonym(key)


class _Calls:
    """Keeps turns of calls at moments counted from a start."""

    def __init__(self, database: Database, start: datetime) -> None:
        self._database = database
        self._start = start

    def turn(self, sid: str, number: int, seconds: float, *notes: Note, **changes: object) -> None:
        at = self._start + timedelta(seconds=seconds)
        made = turn(number, *notes, call_sid=sid, **{"pseudonym": "", **changes})  # type: ignore[arg-type]  # fields of a turn
        local = at.astimezone(_ZONE)
        save(self._database, replace(made, at=at, day=local.date().isoformat(), hour=local.hour))

    def over(self, sid: str, seconds: float, duration_s: int) -> None:
        at = self._start + timedelta(seconds=seconds)
        keep(self._database, CallStatusRecord(sid, "completed", at, 9, duration_s))


def fill(database: Database, keys: CallerKeys, start: datetime = NOON) -> None:
    """Five calls: Madison reached after a busy Wausau, a very short one, a failed one, one that left, a live one."""
    calls, anna = _Calls(database, start), {"pseudonym": pseudonym(keys)}
    calls.turn("CA1", 1, 10, event="started", step="welcome", answer=WELCOME, **anna)
    calls.turn(
        "CA1", 2, 20, plan(2, "wausau", "open", "near"), SummaryHeard(9), event="pressed #", step="connect", **anna
    )
    busy = end(2, "wausau", LineResult.BUSY)
    calls.turn("CA1", 3, 30, busy, plan(3), event="dial_ended busy", step="busy", **anna)
    answered = end(3, duration_s=190, dial_call_sid="CA-leg")
    calls.turn("CA1", 4, 240, answered, event="dial_ended answered", step="outcome", **anna)
    told = OutcomeReported(3, "madison", Outcome.SPOKE, reached=True)
    calls.turn("CA1", 5, 250, told, event="pressed 1", step="next", **anna)
    calls.turn("CA1", 6, 260, Ending("goodbye"), event="pressed *", step="goodbye", **anna)
    calls.over("CA1", 265, 255)
    calls.turn("CA2", 1, 3600, plan(1), **anna)
    calls.turn("CA2", 2, 3700, end(1, duration_s=3), **anna)
    calls.turn("CA3", 1, 7200, plan(1, "eau-claire"))
    calls.turn("CA3", 2, 7300, end(1, "eau-claire", LineResult.FAILED))
    calls.turn("CA4", 1, -_DAY_S, Preferred("es", patient=False), language="es", step="welcome", speech_s=40)
    calls.over("CA4", 9 - _DAY_S, 9)
    calls.turn("CA5", 1, 9000)


def fill_console(console: Console) -> None:
    """The same in a console whose clock stands three hours after the start."""
    fill(console.desk.database, console.app.hotline.keys)
    console.clock.move((NOON + timedelta(hours=3) - console.clock.now()).total_seconds())


def fill_pages(database: Database, count: int) -> None:
    """Many plain calls, three at each moment."""
    save(database, *(turn(1, call_sid=f"CB{number}", seconds=number // 3, pseudonym="") for number in range(count)))
