"""`patchline users`: the organizers' accounts."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import click

from app.cli.context import Refused, open_app_context
from app.domain.audit import COMMAND_LINE
from app.domain.organizers import Access, check_password, read_email
from app.domain.roles import Role
from app.services.campaigns import list_campaigns
from app.services.desk import Desk, open_desk
from app.services.invite import EmailTaken, add_with_password, invite, send_link
from app.services.people import find_by_email
from app.services.prepare import prepare
from app.services.second_factor import remove_factor
from app.store.organizers import UnknownOrganizer


@click.group()
def users() -> None:
    """The organizers' accounts."""


@users.command("create")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="What they may do.")
@click.option("--campaign", "slugs", multiple=True, metavar="SLUG", help="Only this campaign; can be given again.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of making a link.")
def create_command(email: str, role: str, slugs: tuple[str, ...], password_stdin: bool) -> None:
    """Make an account for EMAIL, and print a link by which its owner chooses a password."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    with _open_desk() as desk:
        address, access = read_email(email), _access(desk, Role(role), slugs)
        if password is not None:
            check_password(password, address)
            add_with_password(desk, COMMAND_LINE, address, access, password)
            click.echo(f"{address} is {role}, and can sign in.")
        else:
            made = invite(desk, COMMAND_LINE, address, access)
            click.echo(f"{address} is {role} and chooses a password here, once and within 24 hours:\n{made.url}")


@users.command("reset")
@click.argument("email")
@click.option("--without-second-factor", is_flag=True, help="Remove the second factor too, for somebody who lost it.")
def reset_command(email: str, without_second_factor: bool) -> None:
    """Print a link by which EMAIL chooses a new password."""
    with _open_desk() as desk:
        account = find_by_email(desk, read_email(email))
        if without_second_factor:
            remove_factor(desk, COMMAND_LINE, account)
        made = send_link(desk, COMMAND_LINE, account)
        click.echo(f"{account.email} chooses a new password here, once and within 24 hours:\n{made.url}")


@contextmanager
def _open_desk() -> Iterator[Desk]:
    """The desk of the installation, which need not have been started; without mail, because links are printed."""
    with open_app_context() as context:
        prepare(context.settings)
        desk = open_desk(context.settings, context.database, context.clock)
        try:
            yield replace(desk, mailer=None)
        except (EmailTaken, UnknownOrganizer, ValueError) as error:
            raise Refused(str(error)) from None


def _access(desk: Desk, role: Role, slugs: tuple[str, ...]) -> Access:
    known = {listed.slug for listed in list_campaigns(desk.database)}
    if unknown := sorted(set(slugs) - known):
        raise ValueError(f"There is no campaign {unknown[0]!r}.")
    if slugs and role is Role.OWNER:
        raise ValueError("An owner has all campaigns: leave out --campaign.")
    return Access(role, not slugs, frozenset(slugs))
