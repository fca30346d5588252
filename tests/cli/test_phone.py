"""`patchline phone`: scripts, lines from a pipe, and the terminal, against a small hotline."""

import dataclasses
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from flask import Flask, Response

from app.cli.phone import phone_command
from app.cli.phone_display import Display
from app.cli.phone_terminal import TerminalPhone
from app.config import Settings
from app.domain.clock import Clock
from app.services.stage import demo_stage
from app.simulator import Caller, Kind, MovableClock, SimulatedCall, Supporter
from app.simulator.script import Stage
from tests.simulator.hotlines import HOTLINE, MADISON, START, Hotline, carrier_for, serve
from tests.simulator.test_transcript import set_up

OFFICES = {"Madison": MADISON}


@pytest.fixture
def hotline() -> Iterator[Hotline]:
    with serve() as served:
        set_up(served)
        yield served


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.load({"INSTANCE_DIR": str(tmp_path)}, tmp_path / ".env")


@pytest.fixture
def stage(hotline: Hotline) -> Stage:
    carrier = carrier_for(hotline)
    assert isinstance(carrier.clock, MovableClock)
    return Stage(carrier, carrier.clock, HOTLINE, OFFICES)


@pytest.fixture
def command(settings: Settings, stage: Stage) -> click.Command:
    @contextmanager
    def opened(_settings: Settings, _offices: Mapping[str, str], start: datetime) -> Iterator[Stage]:
        stage.clock.move_to(start)
        yield stage

    return phone_command(lambda: settings, lambda _: OFFICES, opened)


def test_a_script_prints_its_transcript(command: click.Command, tmp_path: Path) -> None:
    file = tmp_path / "busy.call"
    file.write_text('office Madison busy\ndial\npress 4 during "choose"\nhear "Madison is busy."\nsilence\nlet go\n')
    result = CliRunner().invoke(command, ["--script", str(file)])
    assert result.exit_code == 0
    assert " 0:14  line      Madison: busy\n" in result.stdout


@pytest.mark.parametrize(
    ("text", "why"),
    [(b'dial\nhear "Bonjour"\n', "busy.call:2: "), (b"sing\n", "busy.call:1: "), (b"\xff", "is not UTF-8 text")],
)
def test_a_script_that_fails_exits_with_1(command: click.Command, tmp_path: Path, text: bytes, why: str) -> None:
    file = tmp_path / "busy.call"
    file.write_bytes(text)
    result = CliRunner().invoke(command, ["--script", str(file)])
    assert result.exit_code == 1
    assert why in result.stderr


def test_lines_from_a_pipe_are_keys_and_commands(command: click.Command, stage: Stage) -> None:
    options = ["--from", "withheld", "--at", "2017-12-19 10:00"]
    result = CliRunner().invoke(command, options, input="office Madison busy\n4\n\nhang up\n")
    assert result.exit_code == 0, result.output
    assert "from a withheld number" in result.stdout
    assert "Madison: busy" in result.stdout
    assert "hears     Madison is busy." in result.stdout
    assert result.stdout.endswith("the supporter hangs up\n")
    assert stage.clock.now().isoformat().startswith("2017-12-19T16:00")


@pytest.mark.parametrize("line", ["sing\n", "dial\n", "silence\nsilence\nsilence\n"])
def test_a_line_that_cannot_be_done_exits_with_1(command: click.Command, line: str) -> None:
    result = CliRunner().invoke(command, [], input=line)
    assert result.exit_code == 1
    assert "hangs up" in result.stdout


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--to", "911"], "must be a phone number"),
        (["--from", "me"], "must be a phone number"),
        (["--at", "noon"], "is no date and time"),
        (["--at", "2017-12-19 10:00", "--zone", "Wisconsin"], "is no time zone"),
    ],
)
def test_bad_options_exit_with_2(command: click.Command, options: list[str], why: str) -> None:
    result = CliRunner().invoke(command, options)
    assert result.exit_code == 2
    assert why in result.stderr


def test_the_phone_is_refused_in_live_mode(settings: Settings) -> None:
    live = dataclasses.replace(settings, account_sid="AC" + "1" * 32)
    command = phone_command(lambda: live, lambda _: OFFICES, partial(demo_stage, no_app))
    result = CliRunner().invoke(command, [])
    assert result.exit_code == 1
    assert "demo mode only" in result.stderr


class ClosableFlask(Flask):
    """A Flask app that has nothing to close."""

    is_closed = False

    def close(self) -> None:
        self.is_closed = True


def no_app(settings: Settings, clock: Clock) -> ClosableFlask:
    raise AssertionError("A live server's hotline was opened.")


def test_the_stage_is_a_hotline_of_the_settings_at_the_time_given(settings: Settings) -> None:
    told: list[tuple[Settings, Clock]] = []

    def create_app(given: Settings, clock: Clock) -> ClosableFlask:
        told.append((given, clock))
        app = ClosableFlask(__name__)

        @app.post("/voice/status")
        def status() -> tuple[str, int]:
            return "", 204

        @app.post("/voice/incoming")
        def incoming() -> Response:
            return Response("<Response><Say>Welcome.</Say></Response>", content_type="text/xml")

        return app

    with demo_stage(create_app, settings, OFFICES, START) as stage:
        Caller(stage.carrier).dials(stage.hotline).hears("Welcome.").was_let_go()
        ((given, clock),) = told
        assert given.public_url.startswith("http://127.0.0.1:")
        assert (clock.now() - START).total_seconds() == pytest.approx(0.4)
        assert stage.carrier.name(MADISON) == "Madison"
        assert stage.hotline == settings.phone_number


class Typist:
    """Keys at moments of a made-up clock, which each look at the keyboard moves on."""

    def __init__(self, keys: Mapping[float, str]) -> None:
        self._keys = sorted(keys.items())
        self.now = 0.0

    def read(self, timeout: float) -> str:
        self.now += timeout
        if self._keys and self._keys[0][0] <= self.now:
            return self._keys.pop(0)[1]
        return ""


def at_the_terminal(stage: Stage, keys: Mapping[float, str], *, fast: bool = False) -> tuple[SimulatedCall, str]:
    call = stage.carrier.place(Supporter(), HOTLINE)
    written: list[str] = []
    display, typist = Display(call, written.append), Typist(keys)
    TerminalPhone(stage, call, display, typist, lambda: typist.now, fast=fast).run()
    display.update()
    return call, "".join(written)


def test_words_appear_as_they_are_said_and_a_key_cuts_them(stage: Stage) -> None:
    call, written = at_the_terminal(stage, {2.05: "4", 8: "h"})
    assert call.transcript.texts(Kind.HEARS)[0] == "Welcome to the Honduras action line. —"
    assert " 0:00  hears     Welcome to the Honduras action line. —\n 0:02  presses   4\n" in written
    assert "ringing Madison" in written


def test_what_an_office_does_is_decided_by_keys(stage: Stage) -> None:
    keys = {0.1: "o", 0.2: "1", 0.3: "b", 0.4: "4", 6.5: "?", 6.6: "h"}
    call, written = at_the_terminal(stage, keys)
    assert "Welcome\nWhich office? 1 Madison\n" in written
    assert "Madison: busy" in call.transcript.texts(Kind.LINE)
    assert "Keys: 0-9" in written


def test_the_person_can_be_the_office_too(stage: Stage) -> None:
    stage.carrier.world.office(MADISON).does_not_answer()
    call, _ = at_the_terminal(stage, {0.1: "4", 5: "p", 9: "x", 12: "h"})
    assert call.transcript.texts(Kind.LINE) == ["Madison: completed after 4 s"]


def test_speech_is_typed(stage: Stage) -> None:
    keys = dict(enumerate(["s", "M", "x", "\x7f", "a", "\n", "h"], start=1))
    call, _ = at_the_terminal(stage, {float(second): key for second, key in keys.items()})
    assert call.transcript.texts(Kind.SAYS) == ["Ma"]


def test_unknown_offices_and_manners_are_told(stage: Stage) -> None:
    _, written = at_the_terminal(stage, {0.1: "o", 0.2: "7", 0.3: "o", 0.4: "1", 0.5: "q", 0.6: "h"})
    assert "No office has that key." in written
    assert "Nothing is done with that key." in written


def test_fast_passes_over_prompts_and_ringing(stage: Stage) -> None:
    call, _ = at_the_terminal(stage, {0.1: "4", 0.2: "*", 0.3: "h"}, fast=True)
    assert call.elapsed > 10
    assert "Madison: completed after 0 s" in call.transcript.texts(Kind.LINE)
