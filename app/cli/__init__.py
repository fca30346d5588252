"""The `patchline` command."""

import click

from app.cli.calls import calls
from app.cli.campaigns import campaigns
from app.cli.context import load_settings, ready_offices
from app.cli.demo import demo
from app.cli.doctor import doctor
from app.cli.numbers import numbers
from app.cli.phone import phone_command
from app.cli.privacy import privacy
from app.cli.users import users


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="patchline", prog_name="patchline")
def main() -> None:
    """Patchline: patch-through calling for advocacy groups."""


main.add_command(calls)
main.add_command(campaigns)
main.add_command(demo)
main.add_command(doctor)
main.add_command(numbers)
main.add_command(privacy)
main.add_command(users)
main.add_command(phone_command(load_settings, ready_offices))
