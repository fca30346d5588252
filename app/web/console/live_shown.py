"""The live board in words and to scale: the sentence when nobody calls, the goal's ring, the bars of the last hour."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from app.services.call_story import clock
from app.services.call_words import lasted, result_words
from app.services.live_board import MINUTES, Board
from app.web.console.calls_shown import clock_s, when

_STAGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "welcome": ("welcome", "back", "back_all"),
        "summary": ("summary",),
        "menu": ("menu", "help", "scan"),
        "script": ("script", "script_end"),
        "calling": ("connect", "dialing"),
        "office closed": ("closed_one", "all_closed"),
        "not through": ("busy", "no_answer", "failed", "full", "limit", "none_left"),
        "how it went": ("outcome",),
        "next office": ("next",),
        "leaving": (
            "star",
            "goodbye",
            "all_reached",
            "call_limit",
            "no_input",
            "scan_over",
            "ended",
            "paused",
            "blocked",
        ),
    }
)
STAGE_OF: Mapping[str, str] = MappingProxyType({step: stage for stage, steps in _STAGES.items() for step in steps})
"""What a caller is at, in a word or two, by the step of the flow."""

_WORDS = {
    "clock": clock,
    "clock_s": clock_s,
    "lasted": lasted,
    "result_words": result_words,
    "stage_of": STAGE_OF,
}
_BAR_HEIGHT = 64


def shown(board: Board) -> dict[str, object]:
    """What the board's template shows beside the board itself."""

    def told(at: datetime) -> str:
        is_today = at.astimezone(board.zone).date() == board.at.astimezone(board.zone).date()
        return clock(at, board.zone) if is_today else when(at, board.zone)

    return {**_WORDS, "when": told, "quiet": _quiet(board), "bars": _bars(board), "goal_percent": _goal_percent(board)}


def _quiet(board: Board) -> str:
    if board.closing and board.closing.is_over:
        return f"This campaign {board.closing.words}: whoever calls hears that it has ended. {_last(board)}".strip()
    if not board.is_quiet:
        return ""
    opening = board.first_opening
    now = f"Offices open in {_minutes(opening - board.at)}. Voicemails still count." if opening else "Quiet right now."
    return f"{now} {_last(board)}".strip()


def _last(board: Board) -> str:
    if not board.ended:
        return ""
    last, since = board.ended[0], board.at - board.ended[0].at
    return f"Last office call {_ago(since)} to {last.office}."


def _ago(since: timedelta) -> str:
    return f"{_minutes(since)} ago" if since >= timedelta(minutes=1) else "just now"


def _minutes(length: timedelta) -> str:
    minutes = max(int(length.total_seconds()) // 60, 1)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days} {'day' if days == 1 else 'days'} {hours} h"
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} {'minute' if minutes == 1 else 'minutes'}"


def _bars(board: Board) -> dict[str, object]:
    """The bars of the last hour; `x` and `width` are percentages, heights are in pixels."""
    most, width = max(*board.minutes, 1), 100 / MINUTES
    bars = [
        {"x": round(width * at + width * 0.1, 3), "width": round(width * 0.8, 3), "height": -(-_BAR_HEIGHT * n // most)}
        for at, n in enumerate(board.minutes)
        if n
    ]
    n = sum(board.minutes)
    words = f"{n:,} {'call' if n == 1 else 'calls'} began in the last hour, {_most(board)} at most in a minute."
    ends = (_minute(board, 0), _minute(board, MINUTES - 1))
    return {"bars": bars, "height": _BAR_HEIGHT, "words": words if n else "No call in the last hour.", "ends": ends}


def _most(board: Board) -> int:
    return max(board.minutes)


def _minute(board: Board, at: int) -> str:
    first: datetime = board.at - timedelta(minutes=MINUTES - 1 - at)
    return clock(first, board.zone)


def _goal_percent(board: Board) -> int:
    return min(100 * board.so_far // board.goal, 100) if board.goal else 0
