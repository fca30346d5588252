import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from app.logs import configure_logs, get_logger, log_context
from app.logs.masking import LONGEST_TEXT, mask
from app.logs.output import LONGEST_LINE

SID = "CA" + "1234567890abcdef" * 2
Lines = Callable[[], list[dict[str, object]]]
LOG = get_logger("tests")


@pytest.fixture
def lines(capfd: pytest.CaptureFixture[str]) -> Iterator[Lines]:
    """The events of a test; afterwards the standard library's logging is as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure_logs("info")
    yield lambda: [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    root.handlers[:], root.level = handlers, level
    logging.captureWarnings(capture=False)
    logging.raiseExceptions = True
    structlog.reset_defaults()


def test_an_event_is_one_line_with_its_call_and_turn(lines: Lines) -> None:
    with log_context(call=SID):
        with log_context(turn=3):
            LOG.info("turn taken", step="menu")
        LOG.info("call over")
    LOG.debug("not told")
    first, second = lines()
    assert first.pop("timestamp", "").endswith("+00:00")  # type: ignore[attr-defined]
    assert first == {
        "level": "info",
        "logger": "tests",
        "event": "turn taken",
        "step": "menu",
        "call": SID,
        "turn": 3,
    }
    assert second["call"] == SID
    assert "turn" not in second


@pytest.mark.parametrize(
    "number",
    [
        "+17158328424",
        "7158328424",
        "832-8424",
        "(715) 832 8424",
        "715.832.8424",
        "%2B1%20715%20832%208424",
        "1+715+832+8424",
        "715–832–8424",
        "+1 / 715 / 832 - 8424",
    ],
)
def test_a_phone_number_in_any_spelling_is_masked(number: str) -> None:
    assert not any(digit in mask(f"from={number}&x").replace("%2B", "") for digit in "3458")


@pytest.mark.parametrize(
    "text",
    [
        SID,
        f"/voice/turn/{SID}?s=1",
        "0b54d9b3-1234-4321-8765-123456789012",
        "2026-11-24T17:03:11Z",
        "2026-11-24 17:03",
        "turn 80 of 80",
        "",
    ],
)
def test_ids_and_dates_stay_readable(text: str) -> None:
    assert mask(text) == text


def test_numbers_are_masked_wherever_they_are(lines: Lines) -> None:
    LOG.info("x", a=["7158328424", {"7158328424": ("7158328424",)}], b=b"7158328424", c=float("inf"))
    LOG.info("y", ok=[True, None, 1, 0.5], odd=_Unshowable())
    first, second = lines()
    assert first["a"] == ["[number]", {"[number]": ["[number]"]}]
    assert (first["b"], first["c"]) == ("b'[number]'", "inf")
    assert second["ok"] == [True, None, 1, 0.5]
    assert second["odd"] == "<_Unshowable that cannot be shown>"


class _Unshowable:
    def __str__(self) -> str:
        raise RuntimeError


def _fail(number: str) -> None:
    try:
        int(number + "x")
    except ValueError as problem:
        raise LookupError(f"no {number}\x1b[31m\r\n") from problem


def test_an_exception_tells_type_message_and_stack_without_values(lines: Lines) -> None:
    try:
        _fail("7158328424")
    except LookupError:
        LOG.exception("failed")
    (event,) = lines()
    told = event["exception"]
    assert isinstance(told, dict)
    assert event["level"] == "error"
    assert (told["type"], told["message"]) == ("LookupError", "no [number]\x1b[31m\r\n")
    assert told["stack"][-1].startswith("tests/test_logs.py:")
    assert told["caused_by"][0]["type"] == "ValueError"
    assert "8424" not in str(event)


def test_an_exception_without_a_shown_cause_has_none(lines: Lines) -> None:
    try:
        try:
            int("x")
        except ValueError:
            raise LookupError from None
    except LookupError as problem:
        LOG.error("failed", exc_info=problem)
    (event,) = lines()
    assert "caused_by" not in str(event)


def test_what_libraries_log_flows_along(lines: Lines) -> None:
    logging.getLogger("gunicorn.error").warning("Worker %s of 7158328424", 1)
    logging.getLogger("other").info("wrong %d", "format")
    logging.getLogger("other").debug("not told")
    first, second = lines()
    assert (first["logger"], first["level"]) == ("gunicorn.error", "warning")
    assert first["event"] == "Worker 1 of [number]"
    assert second["event"] == "wrong %d"


def test_a_line_breaks_nowhere(lines: Lines) -> None:
    LOG.info("a\r\nb\x1b[2J\x9b\u2028", name="\ud800")
    assert [event["event"] for event in lines()] == ["a\r\nb\x1b[2J\x9b\u2028"]


def test_a_long_line_is_shortened_and_stays_json(lines: Lines, capfd: pytest.CaptureFixture[str]) -> None:
    with log_context(call=SID):
        LOG.info("x" * 2 * LONGEST_TEXT, more=["y" * LONGEST_TEXT] * 9)
    text = capfd.readouterr().err
    assert len(text) <= LONGEST_LINE
    event = json.loads(text)
    assert event["shortened"]
    assert event["call"] == SID


def _child(stderr: int | None) -> "subprocess.CompletedProcess[str]":
    code = """if True:
        from app.logs import configure_logs, get_logger
        configure_logs("info")
        for _ in range(3000):
            get_logger("x").info("y" * 100)
        print("done")
    """
    return subprocess.run(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        timeout=60,
        preexec_fn=(lambda: os.close(2)) if stderr is None else None,
    )


def test_a_log_that_nobody_takes_stops_nothing() -> None:
    assert _child(None).stdout == "done\n"
    with Path("/dev/full").open("wb") as full:
        assert _child(full.fileno()).stdout == "done\n"
    reading, writing = os.pipe()
    try:
        assert _child(writing).stdout == "done\n"
    finally:
        os.close(reading)
        os.close(writing)
