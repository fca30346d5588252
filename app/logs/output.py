"""The last step of a log line: onto standard error, without ever waiting or failing."""

import contextlib
import json
import os
import select
import sys

# A pipe takes a line of this size whole or not at all, so that the lines of several processes
# do not mix, and one that is ready for writing takes it without waiting.
LONGEST_LINE = 4096


def line_of(event: dict[str, object]) -> bytes:
    """Makes the JSON line of an event, leaving out details where it would be too long."""
    line = _encoded(event)
    if len(line) <= LONGEST_LINE:
        return line
    kept = ("timestamp", "level", "logger", "call", "turn")
    short = {name: event[name] for name in kept if name in event}
    return _encoded({**short, "event": str(event.get("event"))[:500], "shortened": True})


def write(line: bytes) -> None:
    """Writes a line, or drops it where nobody takes it: a full log must not stop a call."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        target = sys.stderr.fileno()
        poll = select.poll()
        poll.register(target, select.POLLOUT)
        if poll.poll(0):
            os.write(target, line)


def _encoded(event: dict[str, object]) -> bytes:
    return f"{json.dumps(event)}\n".encode("ascii")
