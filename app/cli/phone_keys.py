"""Single keys from a terminal."""

import select
import sys
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Keys(Protocol):
    """Where keys come from."""

    def read(self, timeout: float) -> str:
        """The next key, or nothing after so many seconds."""


class TerminalKeys:
    """The keys of the terminal that the program runs in."""

    def read(self, timeout: float) -> str:
        """The next key, or nothing after so many seconds; a closed terminal hangs up."""
        ready, _, _ = select.select([sys.stdin], [], [], timeout)
        return (sys.stdin.read(1) or "h") if ready else ""


@contextmanager
def single_keys() -> Iterator[TerminalKeys]:
    """Let the terminal hand over each key as it is pressed, and restore it in the end."""
    before = termios.tcgetattr(sys.stdin)
    try:
        tty.setcbreak(sys.stdin)
        yield TerminalKeys()
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
