"""Reads a scripted call.

One command a line; empty lines and lines that begin with `--` are left out (`#` is a key).

    title Madison is busy, Milwaukee answers
    at 2017-12-19 10:00 America/Chicago
    from +16085550123                       (or: from withheld, or: from new)
    office Madison busy                     (no answer, fails)
    office Milwaukee answers after 6 talks 40     (or: voicemail after 20 talks 30)
    dial                                    (the hotline, or: dial +15005550006; again for another call)
    hear "To choose an office"              (or: not hear "Goodbye")
    press 4 during "Madison"                (or: press #)
    silence
    say "Madison"
    ringing                                 (the next key comes while the office rings)
    wait                                    (until the office ends the talk, or: wait 20)
    talk 20                                 (with the office, for so many seconds)
    pick up                                 (the office that rings answers now)
    put down                                (the office hangs up now)
    hang up                                 (or: hang up during "Goodbye")
    let go                                  (the hotline hangs up by itself)
    webhooks doubled                        (normal, lose-next, late, down, no-recordings)
"""

import shlex
from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.simulator.mishaps import MISHAPS
from app.simulator.script.commands import (
    NEW,
    At,
    Command,
    DialNumber,
    From,
    HangUp,
    Hear,
    LetGo,
    Line,
    Office,
    PickUp,
    Press,
    PutDown,
    Ringing,
    Script,
    Silence,
    Speak,
    TalkFor,
    Title,
    WaitFor,
    Webhooks,
)
from app.simulator.twiml.values import phone_number
from app.simulator.world import Conduct, Manner

Words = list[str]


class ScriptError(ValueError):
    """A scripted call that cannot be read; the message names file and line."""


def parse_script(text: str, name: str = "script") -> Script:
    """The commands of a script; raises ScriptError for the first line that is none."""
    lines = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("--"):
            continue
        try:
            lines.append(Line(number, _command(line)))
        except ValueError as error:
            raise ScriptError(f"{name}:{number}: {error}") from None
    return Script(name, tuple(lines))


def _command(line: str) -> Command:
    word, _, rest = line.partition(" ")
    if word == "title":
        return Title(_one([rest.strip()] if rest.strip() else [], "a title"))
    words = _split(rest)
    if word == "not" and words[:1] == ["hear"]:
        return Hear(_one(words[1:], "the words in quotes"), never=True)
    reader = _READERS.get(word)
    if reader is None:
        raise ValueError(f"{word!r} is no command of a scripted call.")
    return reader(words)


def _split(rest: str) -> Words:
    try:
        return shlex.split(rest)
    except ValueError:
        raise ValueError("a quotation mark is missing.") from None


def _one(words: Words, what: str) -> str:
    if len(words) != 1 or not words[0]:
        raise ValueError(f"needs {what} and nothing else.")
    return words[0]


def _none(words: Words, expected: Words, command: Command) -> Command:
    if words != expected:
        raise ValueError(f"{' '.join(words)!r} does not belong here.")
    return command


def _at(words: Words) -> At:
    if len(words) != 3:
        raise ValueError("needs a date, a time and a zone: 2017-12-19 10:00 America/Chicago.")
    try:
        moment = datetime.strptime(" ".join(words[:2]), "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(words[2]))
    except ZoneInfoNotFoundError:
        raise ValueError(f"{words[2]!r} is no time zone.") from None
    except ValueError:
        raise ValueError(f"{' '.join(words[:2])!r} is no date and time such as 2017-12-19 10:00.") from None
    return At(moment)


def _from(words: Words) -> From:
    who = _one(words, "a number, 'withheld' or 'new'")
    named = {"withheld": None, NEW: NEW}
    return From(named[who] if who in named else _number(who))


def _number(text: str) -> str:
    try:
        return phone_number(text)
    except ValueError as error:
        raise ValueError(f"{text!r} {error}.") from None


def _office(words: Words) -> Office:
    manners = {"answers", "voicemail", "busy", "no", "no-answer", "fails"}
    place = next((i for i, word in enumerate(words) if i and word in manners), None)
    if place is None:
        raise ValueError("needs an office and one of answers, busy, no answer, fails, voicemail.")
    return Office(" ".join(words[:place]), conduct(words[place:]))


def conduct(words: Words) -> Conduct:
    """What an office does, as in `answers after 6 talks 40`; raises ValueError."""
    if words[:1] == ["no-answer"] or words[:2] == ["no", "answer"]:
        return _bare(Manner.NO_ANSWER, words[1 + (words[0] == "no") :])
    if words[:1] in (["busy"], ["fails"]):
        return _bare(Manner(words[0]), words[1:])
    if words[:1] not in (["answers"], ["voicemail"]):
        raise ValueError(f"{' '.join(words)!r} is nothing an office does.")
    usual = Conduct() if words[0] == "answers" else Conduct(after=20, talk=30)
    given = _times(words[1:])
    return Conduct(Manner(words[0]), given.get("after", usual.after), given.get("talks", usual.talk))


def _bare(manner: Manner, rest: Words) -> Conduct:
    if rest:
        raise ValueError(f"{' '.join(rest)!r} does not belong here.")
    return Conduct(manner, after=2)


def _times(words: Words) -> Mapping[str, float]:
    pairs = dict(zip(words[::2], words[1::2], strict=False))
    if len(words) % 2 or not pairs.keys() <= {"after", "talks"}:
        raise ValueError("times are given as: after SECONDS talks SECONDS.")
    return {name: _seconds(text) for name, text in pairs.items()}


def _seconds(text: str) -> float:
    if not text.isdecimal():
        raise ValueError(f"{text!r} is no number of seconds.")
    return int(text)


def _press(words: Words) -> Press:
    keys, during = _during(words)
    text = _one(keys, "a key")
    if not set(text) <= set("0123456789*#"):
        raise ValueError(f"{text!r} is no key of a telephone.")
    return Press(text, during)


def _during(words: Words) -> tuple[Words, str]:
    if "during" not in words:
        return words, ""
    place = words.index("during")
    return words[:place], _one(words[place + 1 :], "the words in quotes after 'during'")


def _hang(words: Words) -> Command:
    rest, during = _during(words)
    return _none(rest, ["up"], HangUp(during))


def _webhooks(words: Words) -> Webhooks:
    mishap = _one(words, "how webhooks fare")
    if mishap not in MISHAPS:
        raise ValueError(f"{mishap!r} is none of: {', '.join(MISHAPS)}.")
    return Webhooks(mishap)


_READERS: Mapping[str, Callable[[Words], Command]] = {
    "at": _at,
    "from": _from,
    "office": _office,
    "dial": lambda words: DialNumber(_number(_one(words, "a number")) if words else None),
    "hear": lambda words: Hear(_one(words, "the words in quotes")),
    "press": _press,
    "silence": lambda words: _none(words, [], Silence()),
    "say": lambda words: Speak(_one(words, "the words in quotes")),
    "ringing": lambda words: _none(words, [], Ringing()),
    "wait": lambda words: WaitFor(_seconds(_one(words, "seconds")) if words else None),
    "talk": lambda words: TalkFor(_seconds(_one(words, "seconds"))),
    "pick": lambda words: _none(words, ["up"], PickUp()),
    "put": lambda words: _none(words, ["down"], PutDown()),
    "hang": _hang,
    "let": lambda words: _none(words, ["go"], LetGo()),
    "webhooks": _webhooks,
}
