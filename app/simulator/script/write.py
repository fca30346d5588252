"""Writes a scripted call, so that a call made by hand can be kept and played again."""

from datetime import datetime
from zoneinfo import ZoneInfo

from app.simulator.script import commands as c
from app.simulator.world import Conduct, Manner


def write_script(commands: tuple[c.Command, ...]) -> str:
    """The text that `parse_script` reads back as these commands."""
    return "".join(f"{_line(command)}\n" for command in commands)


def _line(command: c.Command) -> str:
    match command:
        case c.Title(text):
            return f"title {text}"
        case c.At(moment):
            return f"at {moment:%Y-%m-%d %H:%M} {_zone(moment)}"
        case c.From(number):
            return f"from {number or 'withheld'}"
        case c.Office(name, conduct):
            return f"office {name} {_conduct(conduct)}"
        case c.DialNumber(number):
            return f"dial {number}" if number else "dial"
        case c.TalkFor(seconds):
            return f"talk {seconds:.0f}"
        case c.Webhooks(mishap):
            return f"webhooks {mishap}"
        case c.WaitFor(seconds):
            return "wait" if seconds is None else f"wait {seconds:.0f}"
        case _:
            return _spoken(command)


def _spoken(command: c.Command) -> str:
    match command:
        case c.Hear(text, never):
            return f"{'not hear' if never else 'hear'} {_quoted(text)}"
        case c.Press(keys, during):
            return f"press {keys}{_during(during)}"
        case c.Speak(text):
            return f"say {_quoted(text)}"
        case c.HangUp(during):
            return f"hang up{_during(during)}"
        case _:
            return _BARE[type(command)]


_BARE: dict[type[c.Command], str] = {
    c.Silence: "silence",
    c.Ringing: "ringing",
    c.LetGo: "let go",
    c.PickUp: "pick up",
    c.PutDown: "put down",
}


def _zone(moment: datetime) -> str:
    return moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) else "UTC"


def _conduct(conduct: Conduct) -> str:
    if conduct.manner not in (Manner.ANSWERS, Manner.VOICEMAIL):
        return str(conduct.manner)
    talks = "" if conduct.talk is None else f" talks {conduct.talk:.0f}"
    return f"{conduct.manner} after {conduct.after:.0f}{talks}"


def _during(text: str) -> str:
    return f" during {_quoted(text)}" if text else ""


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
