"""Patchline is down, and the carrier speaks by itself: the documents that `campaigns fallback` prints (F3, F40)."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from click.testing import CliRunner
from flask import Flask, Response

from app.cli import main
from app.services.local_server import local_server
from app.simulator.delivery import Delivery, ServerDown
from tests.support.hotline import HOTLINE, Hotline

SLUG = "honduras-2017"


class Printed:
    """What the command prints."""

    def __call__(self, *options: str) -> str:
        done = CliRunner().invoke(main, ["campaigns", "fallback", SLUG, *options])
        assert done.exit_code == 0, done.output
        return done.stdout


@pytest.fixture
def printed(hotline: Hotline, monkeypatch: pytest.MonkeyPatch) -> Printed:
    monkeypatch.setenv("DATABASE_URL", hotline.settings.database_url)
    monkeypatch.setenv("INSTANCE_DIR", str(hotline.settings.instance_dir))
    return Printed()


@pytest.fixture
def down(hotline: Hotline, printed: Printed) -> Iterator[Delivery]:
    """A number whose fallback is hosted elsewhere; what is given breaks the way to Patchline once it is set."""
    documents: dict[str, str] = {}
    host = Flask("elsewhere")

    @host.route("/<name>", methods=["GET", "POST"])
    def document(name: str) -> Response:
        return Response(documents[name], content_type="text/xml")

    with local_server(lambda _: host) as url:
        # The simulator takes no https here; the command takes nothing else.
        offer = printed("--connect-url", "https://static.example.org/connect.xml", "--office", "madison")
        documents["fallback.xml"] = offer.replace("https://static.example.org", url)
        documents["connect.xml"] = printed("--connect", "--office", "madison")
        carrier = hotline.stage.carrier
        carrier.urls = replace(carrier.urls, fallback=f"{url}/fallback.xml")
        yield ServerDown("/voice/")


def test_whoever_calls_meanwhile_is_put_through_by_a_key(hotline: Hotline, down: Delivery) -> None:
    hotline.stage.carrier.delivery = down
    caller = (
        hotline.calls().hears("our system has a problem").hears("To be put through to the Madison office, press 1.")
    )
    caller.presses("1").hears("Calling the Madison office.").waits().hears(
        "Thank you for calling. Goodbye."
    ).was_let_go()
    assert [rung.shown for rung in hotline.office("Madison").rung] == [HOTLINE]


def test_a_busy_office_ends_in_a_goodbye(hotline: Hotline, down: Delivery) -> None:
    hotline.stage.carrier.delivery = down
    hotline.office("Madison").is_busy()
    hotline.calls().presses("1").hears("Gracias por llamar. Hasta pronto.").was_let_go()


def test_after_a_conversation_no_office_is_rung_unasked(hotline: Hotline, down: Delivery) -> None:
    caller = hotline.calls().presses("4").talks(10)
    hotline.stage.carrier.delivery = down
    caller.waits().hears("If you have just talked with an office, your call counts, and you can hang up.")
    caller.stays_silent().hears("You can reach the Madison office yourself at 6 0 8, 2 6 4, 5 3 3 8.").was_let_go()
    assert len(hotline.office("Madison").rung) == 1


def test_without_a_second_document_it_only_tells_the_number(printed: Printed) -> None:
    assert "<Dial" not in printed()
    assert "<Gather" not in printed()
    assert "7 1 5, 8 3 2, 8 4 2 4" in printed()


def test_an_office_that_is_not_there_is_refused_with_a_guess(printed: Printed) -> None:
    done = CliRunner().invoke(main, ["campaigns", "fallback", SLUG, "--office", "madisson"])
    assert done.exit_code == 1
    assert "no office 'madisson'. Did you mean 'madison'?" in done.stderr
    assert CliRunner().invoke(main, ["campaigns", "fallback", SLUG, "--connect-url", "http://x.org"]).exit_code == 2
