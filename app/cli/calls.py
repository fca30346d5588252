"""`patchline calls`: the call log."""

import sys
from datetime import UTC, date, datetime, time, timedelta

import click

from app.cli.context import open_app_context
from app.services.carrier_account import open_provider
from app.services.export_calls import ExportFormat, export_calls
from app.services.open_hotline import open_hotline
from app.services.reconcile import PATIENCE, reconcile


class Moment(click.ParamType[datetime]):
    """A day of UTC, or a moment of it: 2026-11-24 or 2026-11-24T17:03:11Z; a day counts as its `day_end` or start."""

    name = "date"

    def __init__(self, *, day_end: bool = False) -> None:
        self._day_end = day_end

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read the text."""
        text = str(value)
        try:
            if len(text) == len("2026-11-24"):
                day = date.fromisoformat(text) + timedelta(days=self._day_end)
                return datetime.combine(day, time(), tzinfo=UTC)
            moment = datetime.fromisoformat(text)
        except (ValueError, OverflowError):
            self.fail(f"{text!r} is not a date: write it as 2026-11-24 or 2026-11-24T17:03:11Z.", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@click.group()
def calls() -> None:
    """The call log."""


@calls.command("export")
@click.option("--campaign", metavar="SLUG", help="Only the calls of this campaign.")
@click.option("--since", type=Moment(), help="Only calls that began on this day (UTC) or later.")
@click.option("--until", type=Moment(day_end=True), help="Only calls that began on this day (UTC) or earlier.")
@click.option(
    "--format",
    "form",
    type=click.Choice([each.value for each in ExportFormat]),
    default=ExportFormat.CSV.value,
    show_default=True,
    help="CSV has a row for each office attempt, JSON lines an object for each call.",
)
def export_command(campaign: str | None, since: datetime | None, until: datetime | None, form: str) -> None:
    """Write the call log to standard output, oldest call first; times are in UTC."""
    # As it is: a CSV ends its lines by itself, and names may hold any character.
    sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]  # a text stream has it
    with open_app_context() as context:
        # In a demo every call is simulated; beside real calls they would be noise.
        with_tests = context.settings.is_demo
        for text in export_calls(context.database, ExportFormat(form), campaign, since, until, with_tests=with_tests):
            sys.stdout.write(text)
        sys.stdout.flush()


@calls.command("reconcile")
@click.option(
    "--minutes",
    type=click.IntRange(min=0),
    default=int(PATIENCE.total_seconds() // 60),
    show_default=True,
    help="Leave calls that began less than this many minutes ago to the carrier's own reports.",
)
def reconcile_command(minutes: int) -> None:
    """Ask the carrier about calls whose end was never reported, and repair them; says what was changed.

    A running server does the same every ten minutes. It is safe to do it twice, or to interrupt it.
    """
    asked = repaired = under_way = 0
    with open_app_context() as context:
        hotline = open_hotline(context.settings)
        try:
            for repair in reconcile(hotline, open_provider(context.settings), timedelta(minutes=minutes)):
                asked, repaired, under_way = asked + 1, repaired + bool(repair.changes), under_way + repair.is_under_way
                for change in repair.changes:
                    click.echo(f"{repair.call_sid}: {change}")
        finally:
            hotline.database.close()
            # What was done before the carrier or the database stopped answering is done.
            click.echo(
                f"{repaired} repaired, {under_way} still under way, {asked - repaired - under_way} left as they are."
            )
