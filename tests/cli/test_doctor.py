"""`patchline doctor` beside a running demo, without one, and with settings that cannot be used."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result

from app import create_app
from app.cli import main
from app.cli.context import ready_offices
from app.config import Settings
from app.services.carrier_account import open_provider
from app.services.local_server import local_server
from app.telephony.provider import NumberUrls
from app.web.application import Patchline
from tests.support.demo import demo_settings


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("demo")
    settings = demo_settings(f"sqlite:///{folder}/a.db", folder)
    ready_offices(settings)
    return settings


@pytest.fixture
def server(settings: Settings) -> Iterator[str]:
    with ExitStack() as stack:

        def make_app(base: str) -> Patchline:
            return stack.enter_context(closing(create_app(replace(settings, public_url=base))))

        yield stack.enter_context(local_server(make_app))


def run(command: str, settings: Settings, url: str, **more: str) -> Result:
    env = {
        "DATABASE_URL": settings.database_url,
        "INSTANCE_DIR": str(settings.instance_dir),
        "TWILIO_AUTH_TOKEN": settings.auth_tokens[0].reveal(),
        "PUBLIC_URL": url,
        "PORT": str(urlsplit(url).port),
    }
    return CliRunner().invoke(main, command.split(), env=env | more)


def test_a_demo_that_runs_is_well_once_its_number_leads_here(settings: Settings, server: str) -> None:
    provider = open_provider(replace(settings, public_url=server))
    (own,) = provider.owned_numbers()
    provider.configure_number(own.sid, NumberUrls(voice="http://127.0.0.1:9/elsewhere"))
    before = run("doctor", settings, server)
    assert before.exit_code == 1
    assert "wrong    numbers: +15005550006 does not lead to this server by its " in before.output
    assert "         patchline numbers sync\n" in before.output
    run("numbers sync", settings, server)
    after = run("doctor", settings, server)
    assert after.exit_code == 0, after.output
    assert "wrong  " not in after.output
    assert f"ok       webhooks: {server} is reached, and refuses webhooks that are not signed.\n" in after.output
    assert "ok       numbers: +15005550006 leads to this server for honduras-2017.\n" in after.output
    assert " 0 wrong, " in after.output


def test_another_token_than_the_servers_is_found(settings: Settings, server: str) -> None:
    done = run("doctor", settings, server, TWILIO_AUTH_TOKEN="another")
    assert "wrong    webhooks: A correctly signed webhook got 403: callers would hear the fallback.\n" in done.output


def test_it_says_that_the_server_is_down_and_looks_at_the_rest(settings: Settings) -> None:
    done = run("doctor", settings, "http://127.0.0.1:9")
    assert done.exit_code == 1
    assert "The server does not run here either: start it (scripts/serve)" in done.output
    assert "ok       database: The database answers" in done.output


def test_a_database_that_cannot_be_used_breaks_no_check(settings: Settings) -> None:
    done = run("doctor", settings, "http://127.0.0.1:9", DATABASE_URL="postgresql://127.0.0.1:9/none")
    assert done.exit_code == 1
    assert "wrong    database: The database takes no record.\n" in done.output
    assert "Traceback" not in done.output
    assert "The check itself broke" not in done.output


def test_all_settings_that_cannot_be_used_are_named(settings: Settings) -> None:
    done = run("doctor", settings, "http://127.0.0.1:9", HOST="#", LOG_LEVEL="loud")
    assert done.exit_code == 1
    assert done.output.count("wrong    settings: ") == 2
