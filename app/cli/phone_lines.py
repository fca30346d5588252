"""The phone when no terminal is there: a command a line, as in a scripted call."""

from collections.abc import Iterable

import click

from app.cli.phone_display import Display
from app.simulator import Supporter
from app.simulator.script import Player, ScriptError, Stage, parse_script
from app.simulator.script.commands import DialNumber, Ringing

_KEYS = frozenset("0123456789*#")


def talk_by_lines(stage: Stage, supporter: Supporter, number: str, lines: Iterable[str]) -> None:
    """Dial, then do what each line says: a key, or a command of a scripted call; hang up at the end.

    After each line the hotline speaks on until it waits, so `during` is of no use here.
    """
    player = Player(stage, supporter)
    player.play(DialNumber(number))
    player.caller.listens()
    display = Display(player.caller.call, lambda text: click.echo(text, nl=False))
    try:
        display.update()
        for line in lines:
            _do(player, line.strip())
            display.update()
    except (ScriptError, AssertionError) as error:
        raise click.ClickException(str(error)) from None
    finally:
        player.hang_up()
        display.update()


def _do(player: Player, line: str) -> None:
    text = f"press {line}" if line and set(line) <= _KEYS else line
    for parsed in parse_script(text, "stdin").lines:
        if isinstance(parsed.command, DialNumber):
            raise ScriptError("The phone has dialed already.")
        player.play(parsed.command)
        if not isinstance(parsed.command, Ringing):  # The next key is for the office that rings.
            player.caller.listens()
