"""Prints a call as it goes on: words as they are said, and a timer while an office rings or talks."""

from collections.abc import Callable

from app.simulator import Entry, Kind, SimulatedCall
from app.simulator.acts import Activity
from app.simulator.transcript import render

_CLEAR = "\r\x1b[K"
_TIMED = {Activity.RINGING: "ringing", Activity.TALKING: "on the line:", Activity.LISTENING: "your turn"}


class Display:
    """Writes what is new of a call's transcript each time it is asked to."""

    def __init__(self, call: SimulatedCall, write: Callable[[str], object]) -> None:
        """Begin at the beginning; `write` gets text as it is to appear."""
        self._call, self._write = call, write
        self._entry = 0
        self._words = 0
        self._timer = ""

    def update(self) -> None:
        """Write what has happened since the last time."""
        entries = self._call.transcript.entries
        while self._entry < len(entries):
            entry = entries[self._entry]
            if entry.kind is Kind.HEARS:
                if not self._speak(entry):
                    return
            elif not entry.exchange:
                self._print(render(entry) + "\n")
            self._entry += 1

    def show_timer(self) -> None:
        """Write how long the wait in hand has lasted, in place."""
        waiting = self._call.waiting
        if waiting is None or waiting.activity not in _TIMED:
            return
        minutes, seconds = divmod(int(self._call.elapsed), 60)
        timer = f"{minutes:>2}:{seconds:02}  {_TIMED[waiting.activity]} {waiting.office}".rstrip()
        if timer != self._timer:
            self._write(_CLEAR + timer)
            self._timer = timer

    def note(self, text: str) -> None:
        """Write a line that is not part of the call."""
        self._print(("\n" if self._words else "") + text + "\n")

    def _speak(self, entry: Entry) -> bool:
        """Write the words said so far; whether that was all of them."""
        words = entry.text.split(" ")
        said = self._said(entry)
        if not self._words:
            minutes, seconds = divmod(int(entry.at), 60)
            self._print(f"{minutes:>2}:{seconds:02}  hears    ")
        self._print("".join(f" {word}" for word in words[self._words : said]))
        self._words = said
        if said < len(words):
            return False
        self._words = 0
        self._print("\n")
        return True

    def _said(self, entry: Entry) -> int:
        spoken = self._call.waiting.spoken if self._call.waiting else None
        is_last = all(later.exchange for later in self._call.transcript.entries[self._entry + 1 :])
        if spoken is None or not is_last or spoken.text != entry.text:
            return len(entry.text.split(" "))
        return len(spoken.until(self._call.elapsed - entry.at).split(" "))

    def _print(self, text: str) -> None:
        if self._timer:
            self._write(_CLEAR)
            self._timer = ""
        self._write(text)
