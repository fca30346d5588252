"""A storm from its first call to what was found when it was over."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from sqlalchemy import make_url

from app.domain.campaigns import Campaign
from app.store.journal_file import JournalFile
from scripts.benchmarks.servers import running
from scripts.benchmarks.setup import Site, always_open, make_site, prepare
from scripts.benchmarks.supporters import Hotline
from scripts.soaking.callers import Made, make_call
from scripts.soaking.healing import heal, kept, logged
from scripts.soaking.invariants import numbers_in, of_record
from scripts.soaking.troubles import Fault, Troubles, faults_of_file, faults_of_server, wait_until
from tests.store.hanging import hanging_proxy

_PROCESSES = 2
_HEALED_BY_ITSELF_S = 60
_TOLD_EACH_S = 10


@dataclass(frozen=True, slots=True)
class Storm:
    """How long at least and how hard: it ends once everything has happened; `pause_s` is the longest calm."""

    database_url: str
    folder: Path
    seed: int
    seconds: float
    callers: int = 8
    pause_s: float = 2.0


@dataclass(slots=True)
class Found:
    """What a storm came to; `violations` is empty if all invariants held."""

    calls: int = 0
    bridged: int = 0
    webhooks: int = 0
    slowest_s: float = 0.0
    repaired: int = 0
    troubles: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        broke = ", ".join(f"{times} times {what}" for what, times in sorted(self.troubles.items()))
        return (
            f"{self.calls} calls, {self.bridged} of them put through, {self.webhooks} webhooks, the slowest "
            f"{self.slowest_s:.1f} s; {self.repaired} calls repaired afterwards. What broke: {broke or 'nothing'}. "
            f"Violations: {len(self.violations)}."
        )


def weather(storm: Storm, tell: Callable[[str], None] = lambda _: None) -> Found:
    """Let a storm go over a server of its own, heal it, and look at what is left."""
    with _broken_ways(storm) as (url, faults):
        site = make_site(url, storm.folder, _PROCESSES)
        prepare(site.settings)
        with running(("app.server", "serve"), site, storm.folder) as server:
            server.wait()
            troubles = Troubles(
                site.settings.instance_dir / "server.pid", faults, random.Random(f"{storm.seed}:troubles")
            )
            made = _calls(storm, site, troubles, tell)
            tell(f"The storm is over after {len(made)} calls; the record heals.")
            journal = JournalFile(site.settings.instance_dir / "journal.jsonl")
            heals = wait_until(lambda: not journal.has_lines, _HEALED_BY_ITSELF_S)
    return _found(storm, site, made, troubles, heals=heals)


@contextmanager
def _broken_ways(storm: Storm) -> Iterator[tuple[str, Mapping[str, Fault]]]:
    """The database's address for the server, and what can happen on the way."""
    if storm.database_url.startswith("sqlite"):
        yield storm.database_url, faults_of_file(Path(make_url(storm.database_url).database or ""))
        return
    with hanging_proxy(storm.database_url) as proxy:
        yield proxy.url, faults_of_server(proxy)


def _calls(storm: Storm, site: Site, troubles: Troubles, tell: Callable[[str], None]) -> list[Made]:
    settings = site.settings
    hotline = Hotline(settings.public_url, settings.auth_tokens[0].reveal(), settings.phone_number, storm.seed)
    offices, made, numbers = _numbers(always_open().campaign), list[Made](), count()
    stop, until = threading.Event(), time.monotonic() + storm.seconds

    def caller() -> None:
        while time.monotonic() < until or not (troubles.is_thorough or stop.is_set()):
            made.append(make_call(hotline, offices, next(numbers)))

    def teller() -> None:
        while not stop.wait(_TOLD_EACH_S):
            wrong = sum(len(call.wrong) for call in list(made))
            left_s = max(0.0, until - time.monotonic())
            tell(f"{len(made)} calls, {len(troubles.happened)} troubles, {wrong} violations; {left_s:.0f} s to go.")

    def trouble() -> None:
        try:
            troubles.go_on(stop, storm.pause_s, until)
        finally:
            stop.set()

    with ThreadPoolExecutor(storm.callers + 2) as pool:
        beside = [pool.submit(trouble), pool.submit(teller)]
        try:
            for done in [pool.submit(caller) for _ in range(storm.callers)]:
                done.result()
        finally:
            stop.set()
        for done in beside:
            done.result()
    return made


def _numbers(campaign: Campaign) -> frozenset[str]:
    return frozenset(office.number for office in campaign.offices)


def _found(storm: Storm, site: Site, made: list[Made], troubles: Troubles, *, heals: bool) -> Found:
    # Straight, and not by the way that was broken.
    settings = replace(site.settings, database_url=storm.database_url)
    repaired, is_empty = heal(settings, [record for call in made for record in call.records])
    found = Found(
        calls=len(made),
        bridged=sum(call.was_bridged for call in made),
        webhooks=sum(call.webhooks for call in made),
        slowest_s=max((call.slowest_s for call in made), default=0.0),
        repaired=repaired,
        troubles=Counter(troubles.happened),
    )
    found.violations += [wrong for call in made for wrong in call.wrong]
    if not (heals and is_empty):
        found.violations.append("I3: the journal was not saved by itself once all was well")
    found.violations += of_record(made, logged(storm.database_url))
    numbers = {call.number for call in made}
    for name, content in kept(storm.database_url, storm.folder).items():
        found.violations += numbers_in(name, content, numbers)
    return found
