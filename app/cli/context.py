"""What commands work with, and how they say that something is wrong."""

import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import click

from app.config import PROJECT_DIR, Settings, SettingsError
from app.domain.clock import Clock, SystemClock
from app.domain.documents import DocumentError
from app.logs import configure_logs
from app.services.caller_keys import CallerKeys, caller_keys
from app.services.offices import office_numbers
from app.services.open_database import open_database
from app.services.prepare import prepare
from app.store.campaigns import NumberTaken, UnknownCampaign
from app.store.database import Database, StoreUnavailable
from app.telephony.provider import ProviderError, ProviderUnavailable

_DEMO_IS_OFF = "The simulated carrier is part of a running server: start scripts/run, and try again."


class Refused(click.ClickException):
    """Ends a command: its lines go to standard error as they are, and the exit status is 1."""

    def show(self, file: object = None) -> None:
        """Print the lines."""
        click.echo(self.message, err=True)


class BadSettings(Refused):
    """Ends a command that was not told what it needs, as the server ends."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class AppContext:
    """The installation that a command works on."""

    settings: Settings
    database: Database
    keys: CallerKeys
    clock: Clock


def load_settings() -> Settings:
    """The settings, or the end of the command with all that is wrong with them."""
    try:
        return Settings.load(os.environ, PROJECT_DIR / ".env")
    except SettingsError as error:
        raise BadSettings(str(error)) from None


def ready_offices(settings: Settings) -> dict[str, str]:
    """The numbers of all published offices by name; makes the installation ready if it was never started."""
    prepare(settings)
    with closing(open_database(settings)) as database:
        return office_numbers(database)


@contextmanager
def open_app_context() -> Iterator[AppContext]:
    """Give a command its installation, and tell a person what they can do about an error."""
    settings = load_settings()
    # A command's output is for a person, or another program: only what goes wrong is told as an event.
    configure_logs("warning")
    database = open_database(settings)
    try:
        yield AppContext(settings, database, caller_keys(settings), SystemClock())
    except BrokenPipeError:
        # Whoever read our output has had enough, as `head` does; Python would complain again at its exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except ProviderUnavailable as error:
        raise Refused(_DEMO_IS_OFF if settings.is_demo else str(error)) from error
    except (DocumentError, NumberTaken, OSError, ProviderError, StoreUnavailable, UnknownCampaign) as error:
        raise Refused(str(error)) from error
    finally:
        database.close()
