"""`patchline demo`: made-up things to try an installation with."""

import sys
import time
from datetime import datetime

import click

from app.cli.calls import Moment
from app.cli.context import Refused, open_app_context, ready_offices
from app.services.demo_data.history import NotADemo, Progress, Wanted, make_history
from app.services.open_hotline import open_hotline

_TELL_EVERY_S = 1.0


@click.group()
def demo() -> None:
    """Made-up things to try a demo with."""


@demo.command("data")
@click.option("--calls", type=click.IntRange(1, 100_000_000), default=2000, show_default=True, help="How many calls.")
@click.option("--campaign", metavar="SLUG", default="honduras-2017", show_default=True, help="Who is called.")
@click.option("--days", type=click.IntRange(1, 3650), default=60, show_default=True, help="Over how many days.")
@click.option("--until", type=Moment(day_end=True), help="The last day of them (UTC); without it, up to now.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed makes other calls.")
def data_command(calls: int, campaign: str, days: int, until: datetime | None, seed: int) -> None:
    """Make a believable history of calls to a campaign, for trying the console.

    The same command again makes only what is missing, so it may be interrupted at any time.
    """
    with open_app_context() as context:
        if context.settings.is_demo:
            ready_offices(context.settings)
        hotline = open_hotline(context.settings, context.clock)
        wanted = Wanted(campaign, calls, days, until or context.clock.now(), seed)
        teller = _Teller(calls)
        try:
            for progress in make_history(hotline, wanted):
                teller.tell(progress)
        except NotADemo as error:
            raise Refused(str(error)) from None
        except KeyboardInterrupt:
            raise Refused(f"\nInterrupted at {teller.at}: the same command goes on from there.") from None
        click.echo(f"{campaign} has {teller.at} of this history.")


class _Teller:
    """Tells on standard error how far it is, once a second."""

    def __init__(self, calls: int) -> None:
        self._calls = calls
        self._progress = Progress(0, 0)
        self._began = self._told = time.monotonic()
        # A terminal's line is written over; a file gets lines of its own.
        self._end = "\r" if sys.stderr.isatty() else "\n"

    @property
    def at(self) -> str:
        """How many of the calls there are."""
        return f"{self._progress.done:,} of {self._calls:,} calls"

    def tell(self, progress: Progress) -> None:
        """Take how far it is, and tell it if it is time."""
        self._progress = progress
        now = time.monotonic()
        made = progress.done - progress.before
        if not made or now - self._told < _TELL_EVERY_S:
            return
        self._told = now
        rate = made / (now - self._began)
        left_s = round((self._calls - progress.done) / rate)
        told = f"{self.at}, {rate:,.0f} a second, {left_s // 60} min {left_s % 60:02} s left"
        click.echo(f"{told:<79}{self._end}", err=True, nl=False)
