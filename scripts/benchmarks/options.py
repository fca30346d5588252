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

_MOST_IN_LOG = 99_999_999

_KINDS = ("sqlite", "postgresql")

_COSTS = """\
Lets calls go one after the other through the application in one thread, and prints the processor
time and the statements of each webhook: what hardly depends on what else the machine does.
"""
_LOG = """\
Fills a log of each size with made-up calls, asks each in turn for every page of the console that
reads it, and exports up to 100,000 rows: no page may cost more on a larger log. A log of a million
calls needs 10 GB of disk and some minutes to be filled.
"""
_GROWTH = """\
Whether calls get slower as the record grows: the production server under load as in `calls`, on a
database for each size of the log, all in one run and in turn, there and back. The logs are filled
beforehand; one of a million calls needs 10 GB of disk and some minutes.
"""
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


@dataclass(frozen=True, slots=True)
class GrowthOptions:
    """By which load to drive, on logs of which sizes, the smallest first."""

    sizes: tuple[int, ...]
    load: Options


@dataclass(frozen=True, slots=True)
class LogOptions:
    """Which sizes of the log to measure, the smallest first, and how often to ask for each page."""

    sizes: tuple[int, ...]
    databases: tuple[str, ...]
    looks: int


@dataclass(frozen=True, slots=True)
class WebhookOptions:
    """What to measure of single webhooks; `profile` also prints where the time goes."""

    calls: int
    databases: tuple[str, ...]
    profile: bool


def read_options(arguments: Sequence[str]) -> Options | GrowthOptions | WebhookOptions | LogOptions:
    """The options of `scripts/bench`; ends the program where they are wrong or ask for help."""
    given = _parser().parse_args(arguments)
    databases = _KINDS if given.database == "both" else (given.database,)
    if given.command == "webhooks":
        return WebhookOptions(given.calls, databases, given.profile)
    if given.command == "log":
        return LogOptions(_sizes(given.calls), databases, given.looks)
    load = Options(
        callers=given.callers,
        seconds=_MOST_SECONDS if given.calls else given.seconds,
        calls=given.calls or _MOST_CALLS,
        databases=databases,
        processes=given.processes,
        drivers=given.drivers,
    )
    return load if given.command == "calls" else GrowthOptions(_sizes(given.log), load)


def _sizes(given: Sequence[int]) -> tuple[int, ...]:
    return tuple(sorted(set(given)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("scripts/bench", description="Benchmarks of Patchline.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")

    def add(name: str, short: str, long: str, epilog: str | None = None) -> argparse.ArgumentParser:
        plain = argparse.RawDescriptionHelpFormatter
        return commands.add_parser(name, help=short, description=long, epilog=epilog, formatter_class=plain)

    _add_webhooks(add("webhooks", "what each webhook costs in one thread", _COSTS))
    _add_log(add("log", "the console's pages on logs of growing size", _LOG))
    _add_load(add("calls", "whole calls under load, beside two yardsticks", _ABOUT, _STATUS), "sqlite")
    growth = add("growth", "whole calls under load, on logs of growing size", _GROWTH, _STATUS)
    _add_load(growth, "both")
    _add_sizes(growth, "--log", [10_000, 1_000_000])
    return parser


def _add_load(command: argparse.ArgumentParser, database: str) -> None:
    add = command.add_argument
    add("--callers", type=_within(1, _MOST_CALLERS), default=200, metavar="N", help="supporters at once (200)")
    length = command.add_mutually_exclusive_group()
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
    add("--database", choices=(*_KINDS, "both"), default=database, help=f"({database})")
    add("--processes", type=int, choices=(1, 2), default=2, help="processes of each server (2)")
    add("--drivers", type=_within(1, 16), default=2, metavar="N", help="processes that the supporters are in (2)")


def _add_webhooks(webhooks: argparse.ArgumentParser) -> None:
    add = webhooks.add_argument
    add("--calls", type=_within(1, _MOST_CALLS), default=200, metavar="N", help="calls, one after the other (200)")
    add("--database", choices=(*_KINDS, "both"), default="both", help="(both)")
    add("--profile", action="store_true", help="also print which functions the time goes to, which slows all down")


def _add_log(log: argparse.ArgumentParser) -> None:
    _add_sizes(log, "--calls", [100_000, 1_000_000])
    log.add_argument(
        "--looks", type=_within(1, 100), default=8, metavar="N", help="so often each page is asked for (8)"
    )
    log.add_argument("--database", choices=(*_KINDS, "both"), default="both", help="(both)")


def _add_sizes(command: argparse.ArgumentParser, name: str, default: list[int]) -> None:
    shown = " ".join(map(str, default))
    about = f"sizes of the log, in calls ({shown})"
    command.add_argument(name, type=_within(100, _MOST_IN_LOG), nargs="+", default=default, metavar="N", help=about)


def _within(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if text.isascii() and text.isdecimal() and len(text) < 10 and low <= int(text) <= high:
            return int(text)
        raise argparse.ArgumentTypeError(f"must be a whole number from {low} to {high}, not {text!r}")

    return read
