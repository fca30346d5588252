"""`patchline numbers`: the carrier's numbers, and pointing them to this server."""

from collections.abc import Iterator

import click

from app.cli.campaign_summary import columns
from app.cli.context import AppContext, Refused, open_app_context
from app.domain.audit import COMMAND_LINE
from app.services.carrier_account import open_provider
from app.services.numbers import NumberState, look_at_numbers, set_number


@click.group()
def numbers() -> None:
    """The carrier's numbers, and pointing them to this server.

    In a demo the account is the simulator's, which a running server has: start scripts/run first.
    """


@numbers.command("list")
def list_command() -> None:
    """List the account's numbers: which campaigns answer them, and whether their calls come to this server."""
    with open_app_context() as context:
        states = _look(context)
    rows = [(state.number, ", ".join(state.campaigns) or "-", _short(state)) for state in states]
    for line in columns([("NUMBER", "CAMPAIGNS", "STATE"), *rows]):
        click.echo(line)
    for state in states:
        for line in _wrong(state):
            click.echo(line, err=True)


@numbers.command("sync")
@click.option("--dry-run", is_flag=True, help="Only say what would be changed.")
def sync_command(dry_run: bool) -> None:
    """Point the numbers of all campaigns to this server; numbers that no campaign answers are left alone."""
    with open_app_context() as context:
        provider = open_provider(context.settings)
        ours = [state for state in _look(context) if state.is_ours]
        for at, state in enumerate(ours, start=1):
            click.echo(f"{at} of {len(ours)}: {state.number} {_plan(state, dry_run=dry_run)}")
            for difference in state.differences:
                click.echo(f"  {difference.setting}: {difference.now or 'not set'} → {difference.wanted or 'not set'}")
            if state.differences and not dry_run:
                set_number(context.settings, context.database, context.clock, COMMAND_LINE, provider, state)
    if bad := [line for state in ours for line in _beyond_us(state)]:
        raise Refused("\n".join(bad))


def _look(context: AppContext) -> list[NumberState]:
    return look_at_numbers(context.settings, context.database, open_provider(context.settings))


def _short(state: NumberState) -> str:
    if not state.is_ours:
        return "not Patchline's"
    if state.owned is None:
        return "NOT IN THE ACCOUNT"
    return "ok" if state.is_right else "DIFFERS"


def _plan(state: NumberState, *, dry_run: bool) -> str:
    if state.owned is None or not state.differences:
        return "needs no change" if state.owned else "is not in the account"
    return "would be set" if dry_run else "is set"


def _wrong(state: NumberState) -> Iterator[str]:
    if not state.is_ours:
        return
    for difference in state.differences:
        now, wanted = difference.now or "not set", difference.wanted or "not set"
        yield f"{state.number}: the {difference.setting} is {now}, and should be {wanted}: patchline numbers sync"
    yield from _beyond_us(state)


def _beyond_us(state: NumberState) -> Iterator[str]:
    if state.owned is None:
        yield f"{state.number} is not a number of this account: buy it there, or correct the campaign or the settings."
    elif state.owned.overridden_by:
        yield (
            f"{state.number} is handled by {state.owned.overridden_by} at the carrier, whatever its Voice URL is: "
            "remove that TwiML app or trunk from the number in the carrier's console."
        )
