"""`patchline privacy`: what is kept of supporters, and its end."""

import click

from app.cli.context import Refused, open_app_context
from app.domain.audit import COMMAND_LINE, Deed
from app.services.audit import note
from app.services.retention import purge


@click.group()
def privacy() -> None:
    """What is kept of supporters, and its end."""


@privacy.command("purge")
def purge_command() -> None:
    """Erase now what is kept of supporters of campaigns that are over for longer than the retention rule allows.

    A running server does so by itself, every 30 seconds. Figures and totals stay as they are.
    """
    with open_app_context() as context:
        was_any = False
        while gone := purge(context.database, context.keys, context.clock):
            was_any = True
            for slug, each in sorted(gone.items()):
                click.echo(f"{slug}: {each.words} erased.")
    if not was_any:
        click.echo("Nothing is kept for longer than it may be.")


@privacy.command("destroy-key")
@click.argument("slug")
@click.confirmation_option(prompt="Nobody can tell again which calls were one supporter's. Destroy the key?")
def destroy_key_command(slug: str) -> None:
    """Destroy a campaign's key for good: no pseudonym in its log can be traced to a number again."""
    with open_app_context() as context:
        try:
            destroyed = context.keys.destroy(slug)
        except ValueError as error:
            raise Refused(str(error)) from None
        if not destroyed:
            raise Refused(f"The campaign {slug!r} has no key.")
        # Said before it is noted: it is so, even where the database cannot be written.
        click.echo(f"The key of {slug} is destroyed. Destroy the copies in your backups as well.")
        told = f"{COMMAND_LINE.who} destroyed the key of {slug}."
        with context.database.write() as connection:
            note(connection, context.clock.now(), COMMAND_LINE, Deed.ERASURE, told, slug)
