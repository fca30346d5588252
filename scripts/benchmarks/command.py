"""What `scripts/bench` does, from its command line to its exit status."""

import signal
import sys
from types import FrameType

from scripts.benchmarks.drivers import driver_processes
from scripts.benchmarks.measure import measure
from scripts.benchmarks.options import GrowthOptions, LogOptions, Options, WebhookOptions, read_options
from scripts.benchmarks.processes import is_measurable
from scripts.benchmarks.progress import tell
from scripts.benchmarks.servers import ServerFailed
from scripts.benchmarks.table import report

_FAILED = 1
_INTERRUPTED = 130


def main() -> int:
    """Measures what the command line asks for; gives the exit status."""
    options = read_options(sys.argv[1:])
    if not is_measurable():
        tell("This system has no /proc to read processor times from: run it on Linux.")
        return _FAILED
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        match options:
            case Options():
                return _run(options)
            case GrowthOptions():
                return _grow(options)
            case _:
                return _costs(options)
    except ServerFailed as error:
        tell(str(error))
        return _FAILED
    except KeyboardInterrupt:
        tell("Interrupted: everything that was started is stopped.")
        return _INTERRUPTED


def _run(options: Options) -> int:
    good = True
    with driver_processes(options.drivers) as drivers:
        for kind in options.databases:
            measured = measure(kind, options, drivers)
            print(report(kind, options, measured), flush=True)
            good = good and measured.is_good
    return 0 if good else _FAILED


def _grow(options: GrowthOptions) -> int:
    # Heavy to import, and of no use to the processes that drive.
    from scripts.benchmarks.growth import measure_growth, report_growth

    good = True
    with driver_processes(options.load.drivers) as drivers:
        for kind, grown in measure_growth(options, drivers):
            print(report_growth(kind, options, grown), flush=True)
            good = good and all(each.is_good for each in grown.values())
    return 0 if good else _FAILED


def _costs(options: WebhookOptions | LogOptions) -> int:
    from scripts.benchmarks.log import report_log
    from scripts.benchmarks.webhooks import report_webhooks

    if isinstance(options, LogOptions):
        reports = report_log(options)
    else:
        reports = (report_webhooks(kind, options) for kind in options.databases)
    for told in reports:
        print(told, flush=True)
    return 0


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
