"""What `scripts/soak` does, from its command line to its exit status."""

import argparse
import secrets
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.benchmarks.databases import empty_database
from scripts.benchmarks.processes import is_measurable
from scripts.benchmarks.progress import tell
from scripts.benchmarks.servers import ServerFailed
from scripts.soaking.storm import Storm, weather

_MOST_TOLD = 50
_ABOUT = """\
Lets simulated supporters call the production server (two processes) while webhooks come twice or lose their answers,
callbacks are lost, late and doubled, processes are killed, the server is started anew, and the database hangs,
refuses, is slow (PostgreSQL) or locked (SQLite). When all is well again, what each supporter heard and the whole
record are compared with the simulator's own. See docs/reliability.md.
"""
_STATUS = "Exit status: 0; 1 if an invariant was violated; 2 for a wrong option; 130 after Ctrl-C."


def main() -> int:
    """Soaks as the command line says; gives the exit status."""
    given = _parser().parse_args()
    if not is_measurable():
        tell("This system has no /proc to find processes in: run it on Linux.")
        return 1
    seed = secrets.randbits(32) if given.seed is None else given.seed
    kinds = ("sqlite", "postgresql") if given.database == "both" else (given.database,)
    try:
        return max([_soak(kind, given.minutes, given.callers, seed) for kind in kinds])
    except ServerFailed as error:
        tell(str(error))
        return 1
    except KeyboardInterrupt:
        tell("Interrupted: everything that was started is stopped.")
        return 130


def _soak(kind: str, minutes: float, callers: int, seed: int) -> int:
    tell(f"{kind}, {minutes:g} min, {callers} callers at once, --seed {seed}")
    with TemporaryDirectory(prefix="patchline-soak-") as folder, empty_database(kind, Path(folder)) as place:
        found = weather(Storm(place.url, Path(folder), seed, minutes * 60, callers, pause_s=5.0), tell)
    for violation in found.violations[:_MOST_TOLD]:
        print(violation)
    print(f"{kind}, seed {seed}: {found}", flush=True)
    return 1 if found.violations else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/soak", description=_ABOUT, epilog=_STATUS, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=_minutes, default=5.0, help="how long, for each database (default: 5)")
    parser.add_argument(
        "--callers", type=int, choices=range(1, 65), default=8, metavar="N", help="at once (default: 8)"
    )
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--seed", type=int, help="play a storm again (default: a new one, which is printed)")
    return parser


def _minutes(text: str) -> float:
    minutes = float(text)
    if not 0 < minutes <= 24 * 60:
        raise argparse.ArgumentTypeError("up to a day, and more than nothing")
    return minutes
