"""An answer stops on the wire, after any byte: the caller goes on, and no key rings two offices (F20)."""

import random
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from app import create_app
from app.cli.context import ready_offices
from app.config import Settings
from app.domain.clock import Clock
from app.logs import configure_logs
from app.services.stage import demo_stage
from app.simulator import Caller, Kind, Supporter, VoiceUrls
from app.simulator.script import Stage
from app.store.database import Database
from app.web.application import Patchline
from tests.store.hanging import HangingProxy, hanging_proxy
from tests.support.campaigns import TUESDAY_10
from tests.support.demo import demo_settings
from tests.support.hotline import HOTLINE, Hotline

_SOME = 24


@pytest.fixture
def through(sqlite_url: str, tmp_path: Path) -> Iterator[tuple[Hotline, HangingProxy]]:
    """The hotline, and the way by which the carrier reaches it."""
    configure_logs("critical")
    settings, proxies = demo_settings(sqlite_url, tmp_path), list[HangingProxy]()
    offices = ready_offices(settings)
    with ExitStack() as stack:

        def behind_a_proxy(own: Settings, clock: Clock) -> Patchline:
            proxies.append(stack.enter_context(hanging_proxy(own.public_url)))
            return create_app(replace(own, public_url=proxies[0].url), clock)

        stage: Stage = stack.enter_context(demo_stage(behind_a_proxy, settings, offices, TUESDAY_10, seed=20))
        stage.carrier.urls = VoiceUrls.of(proxies[0].url)
        database = stack.enter_context(closing(Database(sqlite_url)))
        yield Hotline(settings, stage, database), proxies[0]


def test_an_answer_that_is_cut_after_any_byte_leaves_the_caller_a_way_on(
    through: tuple[Hotline, HangingProxy],
) -> None:
    hotline, proxy = through
    seed = secrets.randbits(32)
    print(f"seed {seed}")
    sample = Caller(hotline.stage.carrier, Supporter("+16085550100")).dials(HOTLINE).presses("4")
    body = len(sample.call.transcript.exchanges()[-1].body)
    sample.hangs_up()
    head = len(_head(requests.get(f"{proxy.url}/healthz", timeout=10)))
    # Somewhere in the head, at its end, and anywhere in the body up to its last byte but one.
    cuts = {0, 1, 9, head - 2, head, head + body // 2, *random.Random(seed).choices(range(head + body - 60), k=_SOME)}
    for which, cut in enumerate(sorted(cuts)):
        _goes_on(hotline, proxy, f"+1608555{which:04}", cut)


def _head(answer: requests.Response) -> str:
    """About what the carrier gets: without the headers for browsers."""
    names = ("Server", "Date", "Content-Type", "Content-Length", "Connection")
    return "".join(f"{name}: {answer.headers[name]}\r\n" for name in names)


def _goes_on(hotline: Hotline, proxy: HangingProxy, number: str, cut: int) -> None:
    caller = Caller(hotline.stage.carrier, Supporter(number), strict=False).dials(HOTLINE).listens()
    rung = hotline.office("Madison").rung
    before = len(rung)
    proxy.cut_next(cut)
    caller.presses("4")
    assert proxy.cuts_after is None, cut
    if "Calling the Madison office." not in " ".join(caller.call.transcript.texts(Kind.HEARS)):
        assert len(hotline.office("Madison").rung) == before
        caller.hears("Or choose one.").presses("4")
    caller.hears("Calling the Madison office.").waits().presses("1").hangs_up()
    assert len(hotline.office("Madison").rung) == before + 1, cut
    assert not caller.call.transcript.texts(Kind.CARRIER), cut
    log = next(call for call in hotline.log() if call["call_sid"] == caller.call.sid)
    legs = [(leg["status"], leg["disposition"]) for leg in log["legs"]]  # type: ignore[attr-defined]  # JSON
    assert legs in ([("completed", "spoke")], [("canceled", None), ("completed", "spoke")]), (cut, legs)
