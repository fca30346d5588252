"""`patchline calls`: the call log."""

import sys
from datetime import UTC, date, datetime, time, timedelta

import click

from app.cli.context import open_app_context
from app.services.export_calls import ExportFormat, export_calls


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
