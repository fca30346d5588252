"""`patchline phone`: a phone in the terminal that dials the hotline through the simulator."""

import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
from werkzeug.utils import import_string

from app.cli.phone_lines import talk_by_lines
from app.cli.phone_terminal import talk_in_terminal
from app.config import Settings
from app.domain.clock import SystemClock
from app.logs import configure_logs
from app.services.scratch import scratch_copy
from app.services.stage import demo_stage
from app.simulator import Supporter, withheld
from app.simulator.script import ScriptError, ScriptFailed, Stage, parse_script, run_script
from app.simulator.twiml.values import phone_number

# Named as a WSGI server names it: the command line stands beside the web and does not import it.
_CREATE_APP = "app:create_app"

OpenStage = Callable[[Settings, Mapping[str, str], datetime], AbstractContextManager[Stage]]


def product_stage(settings: Settings, offices: Mapping[str, str], start: datetime) -> AbstractContextManager[Stage]:
    """The stage with Patchline itself on it; only its warnings are logged, so that the call can be read."""
    configure_logs("warning")
    return demo_stage(import_string(_CREATE_APP), settings, offices, start)


def phone_command(
    load_settings: Callable[[], Settings],
    load_offices: Callable[[Settings], Mapping[str, str]],
    open_stage: OpenStage = product_stage,
) -> click.Command:
    """The command, joined to the settings, the published offices' numbers by name, and a hotline to dial."""

    @click.command("phone")
    @click.option("--to", callback=_read_number, metavar="NUMBER", help="Whom to dial; the hotline if left out.")
    @click.option("--from", "caller", callback=_read_caller, metavar="NUMBER|withheld", help="Who calls.")
    @click.option("--at", metavar="'YYYY-MM-DD HH:MM'", help="The time of the call; now if left out.")
    @click.option("--zone", default="America/Chicago", show_default=True, help="The time zone of --at.")
    @click.option("--script", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Play a script.")
    @click.option("--scratch", is_flag=True, help="Leave no trace: call a copy of the published campaigns.")
    @click.option("--fast", is_flag=True, help="Do not wait while prompts are spoken and offices ring.")
    def phone(
        to: str | None, caller: Supporter, at: str | None, zone: str, script: Path | None, scratch: bool, fast: bool
    ) -> None:
        """Dial the hotline from this terminal; no call is placed and nothing is paid."""
        settings = load_settings()
        if not settings.is_demo:
            raise click.ClickException("The simulated phone works in demo mode only; this server is live.")
        offices = load_offices(settings)
        world = scratch_copy(settings) if scratch else nullcontext(settings)
        with world as used, open_stage(used, offices, _moment(at, zone)) as stage:
            if script is not None:
                _play(script, stage)
            elif sys.stdin.isatty():
                talk_in_terminal(stage, caller, to or stage.hotline, fast=fast)
            else:
                talk_by_lines(stage, caller, to or stage.hotline, sys.stdin)

    return phone


def _play(file: Path, stage: Stage) -> None:
    try:
        click.echo(run_script(parse_script(file.read_text("utf-8"), str(file)), stage), nl=False)
    except (ScriptError, ScriptFailed) as error:
        raise click.ClickException(str(error)) from None
    except UnicodeDecodeError:
        raise click.ClickException(f"{file} is not UTF-8 text.") from None


def _read_number(context: click.Context, option: click.Parameter, text: str | None) -> str | None:
    try:
        return None if text is None else phone_number(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} {error}.") from None


def _read_caller(context: click.Context, option: click.Parameter, text: str | None) -> Supporter:
    if text == "withheld":
        return withheld()
    number = _read_number(context, option, text)
    return Supporter() if number is None else Supporter(number)


def _moment(at: str | None, zone: str) -> datetime:
    if at is None:
        return SystemClock().now()
    try:
        return datetime.strptime(at, "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(zone))
    except (ZoneInfoNotFoundError, IsADirectoryError):
        raise click.BadParameter(f"{zone!r} is no time zone.", param_hint="--zone") from None
    except ValueError:
        raise click.BadParameter(f"{at!r} is no date and time such as '2017-12-19 10:00'.", param_hint="--at") from None
