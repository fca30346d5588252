"""`patchline numbers` on the account of a running demo."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace

import pytest
from click.testing import CliRunner, Result

from app import create_app
from app.cli import main
from app.cli.context import ready_offices
from app.config import Settings
from app.services.carrier_account import open_provider
from app.services.local_server import local_server
from app.services.numbers import compare, wanted_urls
from app.telephony.provider import NumberUrls, OwnedNumber
from app.web.application import Patchline
from tests.support.demo import demo_settings

HOTLINE = "+15005550006"
POLICY = "#rc=2&rp=5xx,ct,rt&rt=4000"
Run = Callable[..., Result]


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("demo")
    return demo_settings(f"sqlite:///{folder}/a.db", folder)


@pytest.fixture
def run(settings: Settings) -> Iterator[Run]:
    """Runs `patchline numbers` beside a server that is up."""
    ready_offices(settings)
    with ExitStack() as stack:

        def make_app(base: str) -> Patchline:
            return stack.enter_context(closing(create_app(replace(settings, public_url=base))))

        url = stack.enter_context(local_server(make_app))
        provider = open_provider(replace(settings, public_url=url))
        (own,) = provider.owned_numbers()
        assert compare({own.number: ()}, [own], wanted_urls(replace(settings, public_url=url)))[0].is_right
        provider.configure_number(own.sid, NumberUrls(voice="http://127.0.0.1:9/elsewhere"))
        yield lambda line: CliRunner().invoke(main, ["numbers", *line.split()], env=environment(settings, url))


def environment(settings: Settings, url: str) -> dict[str, str]:
    return {
        "DATABASE_URL": settings.database_url,
        "INSTANCE_DIR": str(settings.instance_dir),
        "TWILIO_AUTH_TOKEN": settings.auth_tokens[0].reveal(),
        "PUBLIC_URL": url,
    }


def test_sync_sets_what_differs_and_a_dry_run_only_says_so(run: Run) -> None:
    dry = run("sync --dry-run")
    assert f"1 of 1: {HOTLINE} would be set" in dry.output
    assert "DIFFERS" in run("list").output
    done = run("sync")
    assert done.exit_code == 0, done.output
    assert "Messaging URL: not set → http://127.0.0.1:" in done.output
    assert done.output.count(POLICY) == 4
    assert f"{HOTLINE}  honduras-2017  ok" in run("list").output
    assert f"{HOTLINE} needs no change" in run("sync").output


def test_without_a_server_it_says_how_to_start_one(settings: Settings) -> None:
    ready_offices(settings)
    env = environment(settings, "http://127.0.0.1:9")
    done = CliRunner().invoke(main, ["numbers", "list"], env=env)
    assert done.exit_code == 1
    assert done.stderr == "The simulated carrier is part of a running server: start scripts/run, and try again.\n"


def test_a_fallback_that_is_hosted_elsewhere_is_asked_by_get(settings: Settings) -> None:
    urls = wanted_urls(replace(settings, fallback_url="https://static.example.org/sorry.xml"))
    assert (urls.voice_fallback, urls.voice_fallback_method) == ("https://static.example.org/sorry.xml", "GET")


def test_only_numbers_that_campaigns_answer_are_ours(settings: Settings) -> None:
    wanted = wanted_urls(settings)
    other = OwnedNumber("PN1", "+16085550111", "", NumberUrls(voice="https://crm.example.org"), True)
    by_get = OwnedNumber("PN2", HOTLINE, "", replace(wanted, voice_method="GET"), True)
    [told] = compare({HOTLINE: ()}, [by_get], wanted)[0].differences
    assert (told.setting, told.now, told.wanted) == ("Voice method", "GET", "POST")
    right = OwnedNumber("PN2", HOTLINE, "", wanted, True, overridden_by="AP1")
    ours, missing, left_alone = compare({HOTLINE: (), "+16085550122": ("x",)}, [other, right], wanted)
    assert (ours.is_ours, ours.differences, ours.is_right) == (True, (), False)
    assert (missing.owned, missing.is_right) == (None, False)
    assert (left_alone.number, left_alone.is_ours) == ("+16085550111", False)
