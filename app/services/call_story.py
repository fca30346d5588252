"""A call told from its record: one sentence, and a timeline of what was heard, pressed and dialed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.furthest import Furthest
from app.domain.languages import LANGUAGE_WORDS
from app.services.call_words import END_WORDS, MENU_WORDS, lasted, result_words
from app.store.call_detail import CallDetail, DetailLeg, DetailTurn
from app.telephony.spoken import Said, read_spoken


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened; `kind` is caller, office or system, `seconds` counts from the start of the call."""

    at: datetime
    seconds: int
    kind: str
    text: str
    said: Sequence[Said] = ()


def clock(at: datetime, zone: ZoneInfo) -> str:
    """A time of day as it is read, such as 2:31 p.m."""
    local = at.astimezone(zone)
    return f"{local.hour % 12 or 12}:{local:%M} {'a.m.' if local.hour < 12 else 'p.m.'}"


def summary(call: CallDetail, zone: ZoneInfo) -> str:
    """The call in one sentence."""
    parts = [f"Called at {clock(call.started_at, zone)}"]
    if call.visit > 1:
        parts.append(f"for the {_ordinal(call.visit)} time")
    if call.visit > 1 and call.step >= Furthest.HEARD:
        parts.append("was welcomed back")
    elif call.step is Furthest.HEARD or _told_of_summary(call):
        parts.append("heard the summary")
    let_us_pick = False
    for leg in call.legs:
        if leg.reasons and not let_us_pick:
            parts.append("let us pick")
            let_us_pick = True
        parts.append(_leg_words(leg))
    parts.append("is on the line" if call.ended_at is None and call.end_reason is None else _end(call))
    return ", ".join(parts) + "."


def _told_of_summary(call: CallDetail) -> bool:
    """Whether they heard it before they went on, as far as the call's release kept that."""
    return any(note.get("kind") == "summary_heard" for turn in call.turns for note in turn.notes)


def _end(call: CallDetail) -> str:
    return END_WORDS.get(call.end_reason, "left")


def _ordinal(number: int) -> str:
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _leg_words(leg: DetailLeg) -> str:
    length = f" for {lasted(leg.talk_s)}" if leg.talk_s is not None else ""
    match leg.outcome, leg.line:
        case "spoke", _:
            return f"spoke with {leg.office}{length}"
        case "voicemail", _:
            return f"left {leg.office} a voicemail"
        case "unreached", _:
            return f"could not get through at {leg.office}"
        case _, "answered":
            return f"was on with {leg.office}{length}"
        case _, line:
            return f"tried {leg.office} ({result_words(line).lower()})"


def timeline(call: CallDetail, recordings: Mapping[str, Said]) -> list[Moment]:
    """What happened, in order; `recordings` tell what those say that were played, by their ids."""
    names = {leg.office_slug: leg.office for leg in call.legs}
    moments = [moment for turn in call.turns for moment in _of_turn(call, turn, names, recordings)]
    answers = ((leg.office, leg.answered_at) for leg in call.legs)
    moments += [_moment(call, at, "office", f"{office} answered") for office, at in answers if at]
    if call.ended_at:
        moments.append(_moment(call, call.ended_at, "caller", f"The call ended: the caller {_end(call)}"))
    return sorted(moments, key=lambda moment: moment.at)


def _of_turn(
    call: CallDetail, turn: DetailTurn, names: Mapping[str, str], recordings: Mapping[str, Said]
) -> list[Moment]:
    kind, text = _event(turn)
    moments = [_moment(call, turn.at, kind, text)] if text else []
    told = ((_note(note, names), _who(note)) for note in turn.notes)
    moments += [_moment(call, turn.at, of, words) for words, of in told if words]
    said = f"Said {MENU_WORDS.get(turn.step, turn.step)}"
    return [*moments, _moment(call, turn.at, "system", said, read_spoken(turn.answer, recordings))]


def _who(note: Mapping[str, Any]) -> str:
    kind = note.get("kind")
    if kind == "leg_planned":
        return "system" if note.get("reasons") else "caller"
    return "caller" if kind in ("preferred", "outcome_reported") else "office" if kind == "leg_ended" else "system"


def _moment(call: CallDetail, at: datetime, kind: str, text: str, said: Sequence[Said] = ()) -> Moment:
    return Moment(at, max(round((at - call.started_at).total_seconds()), 0), kind, text, said)


def _event(turn: DetailTurn) -> tuple[str, str]:
    word, _, rest = turn.event.partition(" ")
    match word:
        case "started":
            return "caller", "The call came in"
        case "pressed":
            return "caller", f"Pressed {rest}"
        case "spoke":
            return "caller", "Said something; what it was is never kept"
        case "silence":
            return "caller", "Pressed nothing, and said nothing"
        case "dial_ended":
            return "office", ""  # its note says more
        case "lost":
            return "system", "The carrier could not use our last answer, so we spoke again"
        case _:
            return "system", turn.event


def _planned(note: Mapping[str, Any], office: str) -> str:
    reasons = note.get("reasons") or ()
    return f"We picked {office}: {', '.join(reasons)}" if reasons else f"Chose {office}"


def _for(note: Mapping[str, Any]) -> str:
    return f", {lasted(note['duration_s'])}" if note.get("duration_s") is not None else ""


_NOTES: Mapping[str, Callable[[Mapping[str, Any], str], str]] = MappingProxyType(
    {
        "leg_planned": _planned,
        "leg_ended": lambda note, office: f"{office}: {result_words(note['result']).lower()}{_for(note)}",
        "outcome_reported": lambda note, office: f"Told us of {office}: {result_words(note['outcome']).lower()}",
        "preferred": lambda note, office: (
            f"Chose {LANGUAGE_WORDS.get(note['language'], note['language'])}, which is kept for the next call"
        ),
        "summary_heard": lambda note, office: (
            "Had heard the summary by then" if note["second"] else "Had heard the summary in a call before"
        ),
        "ending": lambda note, office: f"We ended the call: the caller {END_WORDS.get(note['reason'], note['reason'])}",
    }
)


def _note(note: Mapping[str, Any], names: Mapping[str, str]) -> str:
    tell = _NOTES.get(note.get("kind", ""))
    return tell(note, names.get(note.get("office", ""), note.get("office", ""))) if tell else ""
