"""The command line of `scripts/bench`."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.simulator import FICTIONAL

# Seven offices take at most 100 callers each.
_MOST_CALLERS = 500
_MOST_SECONDS = 120
_WARM_UP = 100
_MOST_CALLS = FICTIONAL - _WARM_UP

_ABOUT = """\
Measures the production server under load: hundreds of simulated supporters make whole calls at
once (a greeting, a key, an office, the outcome, the next offer), over HTTP on this machine only.
Two yardsticks run in the same run under the same server and settings: a Flask app that answers a
constant TwiML, and one that also commits one INSERT to the same database. See docs/performance.md.
"""
_STATUS = """\
Exit status: 0; 1 if a webhook failed or the call log does not hold exactly the calls driven;
2 for a wrong option; 130 after Ctrl-C.
"""


@dataclass(frozen=True, slots=True)
class Options:
    """What to measure; `seconds` and `calls` are for each server in all."""

    callers: int
    seconds: float
    calls: int
    databases: tuple[str, ...]
    processes: int
    drivers: int


def read_options(arguments: Sequence[str]) -> Options:
    """The options of `scripts/bench calls`; ends the program where they are wrong or ask for help."""
    given = _parser().parse_args(arguments)
    return Options(
        callers=given.callers,
        seconds=_MOST_SECONDS if given.calls else given.seconds,
        calls=given.calls or _MOST_CALLS,
        databases=("sqlite", "postgresql") if given.database == "both" else (given.database,),
        processes=given.processes,
        drivers=given.drivers,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("scripts/bench", description="Benchmarks of Patchline.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    calls = commands.add_parser(
        "calls",
        help="whole calls under load, beside two yardsticks",
        description=_ABOUT,
        epilog=_STATUS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = calls.add_argument
    add("--callers", type=_within(1, _MOST_CALLERS), default=200, metavar="N", help="supporters at once (200)")
    length = calls.add_mutually_exclusive_group()
    length.add_argument(
        "--seconds",
        type=_within(1, _MOST_SECONDS),
        default=20,
        metavar="N",
        help="for how long new calls begin, for each server (20)",
    )
    length.add_argument(
        "--calls",
        type=_within(1, _MOST_CALLS),
        metavar="N",
        help=f"so many calls for each server instead, within {_MOST_SECONDS} s",
    )
    add("--database", choices=("sqlite", "postgresql", "both"), default="sqlite", help="(sqlite)")
    add("--processes", type=int, choices=(1, 2), default=2, help="processes of each server (2)")
    add("--drivers", type=_within(1, 16), default=2, metavar="N", help="processes that the supporters are in (2)")
    return parser


def _within(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if text.isascii() and text.isdecimal() and len(text) < 10 and low <= int(text) <= high:
            return int(text)
        raise argparse.ArgumentTypeError(f"must be a whole number from {low} to {high}, not {text!r}")

    return read
