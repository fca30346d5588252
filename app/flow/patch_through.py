"""The table of a patch-through call: each step with what is heard and what each answer leads to."""

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.results import EndReason
from app.flow.diagram import Group
from app.flow.engine import DIAL_ENDED, HOME, OTHER, SILENCE, SPEECH, STARTED, Flow, Move, Step
from app.flow.hearing import OUTCOME_WAIT_S, about_office, alone, ask, ask_once, farewell, offer, offices, one, together
from app.flow.prompts import P
from app.flow.steps import legs, menus
from app.flow.steps import offices as choosing
from app.flow.steps.keys import (
    ASK_AGAIN,
    OFFICE_DIGIT,
    OTHER_LANGUAGE,
    SCRIPT_AND_BACK,
    SPOKEN_NAME,
    WRONG_KEY,
    back_to_question,
    to,
    zero,
)

_SCRIPT_WAIT_S = 1
_STAR_WAIT_S = 6

# What every menu obeys; a step's own rows replace these.
LISTENING: Mapping[str, Move] = MappingProxyType(
    {
        "1234567": OFFICE_DIGIT,
        "#": to("pick"),
        "8": to("script"),
        "9": OTHER_LANGUAGE,
        "0": zero(),
        "*": to("star"),
        SILENCE: ASK_AGAIN,
        SPEECH: SPOKEN_NAME,
        OTHER: WRONG_KEY,
    }
)
OFFERING = {**LISTENING, "#": choosing.TAKE_OFFER, "0": zero("menu")}
_IN_SCRIPT = {**LISTENING, "0": zero("script"), "*": back_to_question(to("menu"))}
_ANNOUNCING = {
    "1234567": legs.leaving(OFFICE_DIGIT),
    "#": to("dialing"),
    "8": legs.leaving(to("script")),
    "9": OTHER_LANGUAGE,
    "0": legs.leaving(zero()),
    "*": legs.leaving(to("menu")),
    DIAL_ENDED: legs.LEG_ENDED,
}

_next_offer = offer(menus.thanks, P.NEXT, P.FINISH)


def _line_result(prompt: P) -> Step:
    return Step(ask(offer(about_office(prompt), P.TRY)), OFFERING)


FLOW: Flow = MappingProxyType(
    {
        "screen": Step(choose=choosing.SCREEN, on={STARTED: to("screen")}),
        "welcome": Step(
            ask(together(menus.greeting, menus.summary, offices)),
            {**LISTENING, "0": zero("summary")},
            again=HOME,
        ),
        "summary": Step(ask(together(menus.summary, offices)), LISTENING, again=HOME),
        "back": Step(ask(offer(menus.back, P.NEXT)), OFFERING),
        "back_all": Step(ask(menus.back_all), {**LISTENING, "0": zero("menu")}),
        "menu": Step(ask(offices), LISTENING),
        "help": Step(ask(together(menus.help_text, offices)), {**LISTENING, "0": zero("menu")}),
        "script": Step(
            ask_once(together(one(P.SCRIPT), menus.script), lambda state: _SCRIPT_WAIT_S),
            {**_IN_SCRIPT, "#": back_to_question(to("menu")), SILENCE: back_to_question(to("script_end"))},
        ),
        "script_end": Step(ask(one(P.SCRIPT_END)), _IN_SCRIPT),
        "scan": Step(
            menus.scan,
            {"1234567890#": choosing.SCANNED, "*": to("menu"), SILENCE: choosing.SCAN_ON, SPEECH: SPOKEN_NAME},
        ),
        "pick": Step(choose=choosing.PICK),
        "gate": Step(choose=choosing.GATE),
        "voicemail": Step(choose=choosing.VOICEMAIL),
        "closed_one": Step(ask(menus.one_closed), {**OFFERING, "#": to("voicemail")}),
        "all_closed": Step(ask(menus.all_closed), OFFERING),
        "limit": Step(ask(offer(menus.limit, P.IS_NEXT)), OFFERING),
        "full": Step(ask(offer(menus.full, P.FREE)), OFFERING),
        "none_left": Step(ask(offer(alone(P.NONE_LEFT), P.TRY)), OFFERING),
        "connect": Step(legs.announce_and_dial, _ANNOUNCING),
        "dialing": Step(legs.dial, {DIAL_ENDED: legs.LEG_ENDED}),
        "busy": _line_result(P.BUSY),
        "no_answer": _line_result(P.NO_ANSWER),
        "failed": _line_result(P.FAILED),
        "outcome": Step(
            ask_once(one(P.OUTCOME), lambda state: OUTCOME_WAIT_S[state.patient]),
            {
                "123": legs.REPORT,
                "#": to("after"),
                "*": to("after"),
                "8": SCRIPT_AND_BACK,
                "9": OTHER_LANGUAGE,
                "0": zero(helped="outcome"),
                SILENCE: legs.ASK_OUTCOME_AGAIN,
                OTHER: legs.ASK_OUTCOME_AGAIN,
            },
        ),
        "after": Step(choose=choosing.NEXT),
        "next": Step(ask(_next_offer), {**OFFERING, "*": to("goodbye")}),
        "star": Step(
            ask_once(one(P.STAR), lambda state: _STAR_WAIT_S),
            {**LISTENING, "#": to("menu"), "*": to("goodbye"), "0": zero("menu"), SILENCE: to("goodbye")},
        ),
        "goodbye": Step(farewell(menus.goodbye), ends=EndReason.GOODBYE),
        "all_reached": Step(farewell(menus.all_reached), ends=EndReason.ALL_REACHED),
        "call_limit": Step(farewell(one(P.CALL_LIMIT)), ends=EndReason.CALL_LIMIT),
        "no_input": Step(farewell(one(P.SILENT_LAST)), ends=EndReason.NO_INPUT),
        "scan_over": Step(farewell(one(P.SILENT_LAST)), ends=EndReason.WRONG_KEYS),
        "ended": Step(farewell(one(P.ENDED)), ends=EndReason.CAMPAIGN_ENDED),
        "paused": Step(farewell(one(P.PAUSED)), ends=EndReason.CAMPAIGN_PAUSED),
        "blocked": Step(farewell(one(P.BLOCKED)), ends=EndReason.BLOCKED),
    }
)

ALIASES: Mapping[str, str] = MappingProxyType({})
"""Old names of steps, kept for a day after a renaming so that calls in progress go on."""

GROUPS: tuple[Group, ...] = (
    ("any_menu", LISTENING),
    ("any_offer", {trigger: move for trigger, move in OFFERING.items() if LISTENING[trigger] != move}),
)
"""For the diagram: the rows that many steps have in common."""
