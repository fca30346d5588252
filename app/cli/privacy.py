"""`patchline privacy`: what is kept of supporters, and its end."""

import click

from app.cli.context import Refused, open_app_context
from app.domain.audit import COMMAND_LINE, Deed
from app.services.audit import note


@click.group()
def privacy() -> None:
    """What is kept of supporters, and its end."""


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
