"""What a log line tells of an exception: enough to find it, no values of variables."""

import traceback
from pathlib import Path
from types import TracebackType

DEEPEST_STACK = 12
LONGEST_CHAIN = 3

_PROJECT = Path(__file__).resolve().parents[2]


def described(error: BaseException) -> dict[str, object]:
    """Tells an exception's type, message and stack, and those of what caused it."""
    told = _one(error)
    chain: list[dict[str, object]] = []
    cause = _cause(error)
    while cause is not None and len(chain) < LONGEST_CHAIN:
        chain.append(_one(cause))
        cause = _cause(cause)
    return {**told, "caused_by": chain} if chain else told


def _one(error: BaseException) -> dict[str, object]:
    return {
        "type": type(error).__qualname__,
        "message": error,
        "stack": _stack(error.__traceback__),
    }


def _cause(error: BaseException) -> BaseException | None:
    if error.__cause__ is not None:
        return error.__cause__
    return None if error.__suppress_context__ else error.__context__


def _stack(trace: TracebackType | None) -> list[str]:
    frames = traceback.StackSummary.extract(traceback.walk_tb(trace), limit=-DEEPEST_STACK, lookup_lines=False)
    return [f"{_short(frame.filename)}:{frame.lineno}:{frame.name}" for frame in frames]


def _short(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(_PROJECT) and ".venv" not in path.parts:
        return str(path.relative_to(_PROJECT))
    return "/".join(path.parts[-2:])
