"""Scripted calls: reading, writing, playing."""

from collections.abc import Callable

import pytest

from app.simulator import MovableClock
from app.simulator.script import ScriptError, ScriptFailed, Stage, parse_script, run_script, write_script
from tests.simulator.hotlines import HOTLINE, MADISON, MILWAUKEE, START, Hotline, carrier_for
from tests.simulator.test_transcript import PRINTED, set_up

EVERY_COMMAND = """\
title Madison's office is busy
at 2017-12-19 10:00 America/Chicago
from +16085550123
office Madison busy
office Eau Claire answers after 6 talks 40
office +14142974451 voicemail after 20 talks 30
office Wausau no answer
office Wausau fails
dial
dial +15005550006
hear "say \\"yes\\" # now"
not hear "Goodbye"
press 4
press # during "To choose"
silence
say "Madison"
ringing
wait
wait 20
hang up
hang up during "Goodbye"
let go
webhooks doubled
from withheld
"""


@pytest.fixture
def stage(hotline: Hotline) -> Stage:
    set_up(hotline)
    carrier = carrier_for(hotline)
    assert isinstance(carrier.clock, MovableClock)
    return Stage(carrier, carrier.clock, HOTLINE, {"Madison": MADISON, "Milwaukee": MILWAUKEE})


Play = Callable[[str], str]


@pytest.fixture
def play(stage: Stage) -> Play:
    return lambda text: run_script(parse_script(text, "busy.call"), stage)


def test_what_is_written_is_read_back() -> None:
    commands = tuple(line.command for line in parse_script(EVERY_COMMAND).lines)
    assert write_script(commands) == EVERY_COMMAND


def test_comments_and_empty_lines_are_left_out() -> None:
    script = parse_script("-- a comment\n\n  press #\n")
    assert [line.number for line in script.lines] == [3]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("sing", "'sing' is no command"),
        ("not here", "'not' is no command"),
        ("title", "needs a title"),
        ("hear Madison is busy", "needs the words in quotes"),
        ('hear "Madison', "a quotation mark is missing"),
        ("press A", "'A' is no key"),
        ("press", "needs a key"),
        ("press 4 during", "needs the words in quotes after 'during'"),
        ("at 2017-12-19 10:00", "needs a date, a time and a zone"),
        ("at 2017-13-19 10:00 America/Chicago", "is no date and time"),
        ("at 2017-12-19 10:00 Wisconsin", "is no time zone"),
        ("from me", "'me' must be a phone number"),
        ("office Madison", "needs an office and one of"),
        ("office busy", "needs an office and one of"),
        ("office Madison busy after 6", "'after 6' does not belong"),
        ("office Madison answers after", "times are given as"),
        ("office Madison answers after soon", "is no number of seconds"),
        ("dial 911", "'911' must be a phone number"),
        ("wait long", "is no number of seconds"),
        ("talk", "needs seconds"),
        ("hang", "does not belong"),
        ("let it", "does not belong"),
        ("webhooks", "needs how webhooks fare"),
        ("webhooks tripled", "'tripled' is none of: normal, doubled"),
    ],
)
def test_a_bad_line_is_named(line: str, why: str) -> None:
    with pytest.raises(ScriptError, match=rf"^busy\.call:2: .*{why}"):
        parse_script(f"-- first\n{line}\n", "busy.call")


def test_a_script_gives_the_transcript(play: Play, stage: Stage) -> None:
    printed = play(
        "title A busy office\nat 2017-12-19 10:00 America/Chicago\nfrom +16085550123\noffice Madison busy\n"
        'dial\nhear "Welcome"\npress 4 during "choose"\nhear "Madison is busy."\nsilence\nlet go\n'
    )
    assert printed == f"A busy office\n\n{PRINTED}"
    assert (stage.clock.now() - START).total_seconds() == pytest.approx(22.4)


def test_a_failed_hear_names_the_line_and_shows_the_call(play: Play) -> None:
    with pytest.raises(ScriptFailed, match=r"^busy\.call:3: .*did not hear 'Bonjour'(.|\n)*0:00  hears     Welcome"):
        play('office Madison busy\ndial\nhear "Bonjour"\n')


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("press 4\n", "Nobody has dialed yet"),
        ("office Lake busy\n", "There is no office 'Lake'; known are: Madison, Milwaukee"),
        ("dial\ndial\n", "still on the line"),
    ],
)
def test_a_script_that_cannot_be_played(play: Play, text: str, why: str) -> None:
    with pytest.raises(ScriptFailed, match=why):
        play(text)


def test_several_calls_and_webhooks_that_come_twice(play: Play, hotline: Hotline) -> None:
    printed = play(
        "office Madison answers after 3 talks 9\nwebhooks doubled\ndial\npress 4\nwait 5\nhang up\n"
        'from withheld\ndial\npress 4\nringing\npress *\nnot hear "talking"\n'
    )
    first, second = printed.split("\n\n")
    assert "the supporter hangs up" in first
    assert "Madison: canceled by the caller" in second
    assert second.endswith("the supporter hangs up\n")
    assert len(hotline.forms("/voice")) == 4
