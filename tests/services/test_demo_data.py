"""A made-up history: it is kept as real calls are, is the same each time, and can be interrupted."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.config import Settings
from app.services.call_log import open_log
from app.services.demo_data.history import NotADemo, Progress, Wanted, make_history
from app.services.demo_data.moments import Span, moments
from app.services.desk import open_desk
from app.services.export_calls import ExportFormat, export_calls
from app.services.figures import read_figures
from app.services.figures_periods import Period
from app.services.hotline import Hotline
from app.services.open_hotline import open_hotline
from app.services.prepare import prepare
from app.simulator import MovableClock
from app.store.campaigns import UnknownCampaign
from tests.services.test_figures import check
from tests.store.test_call_log import Truth

NOW = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
WANTED = Wanted("honduras-2017", 150, 7, NOW, seed=1)
ZONE = ZoneInfo("America/Chicago")


@pytest.fixture
def hotline(settings: Settings) -> Iterator[Hotline]:
    prepare(settings)
    made = open_hotline(settings)
    with closing(made.database):
        yield made


def log(hotline: Hotline) -> list[dict[str, Any]]:
    return [json.loads(line) for line in export_calls(hotline.database, ExportFormat.JSONL)]


def test_a_history_is_whole_believable_and_the_same_after_an_interruption(hotline: Hotline) -> None:
    first = list(islice(make_history(hotline, WANTED), 2))
    assert first == [Progress(0, 0), Progress(100, 0)]
    assert len(log(hotline)) == 100
    assert list(make_history(hotline, WANTED)) == [Progress(100, 100), Progress(150, 100)]
    calls = log(hotline)
    assert list(make_history(hotline, WANTED)) == [Progress(150, 150)]
    assert log(hotline) == calls

    assert len({call["call_sid"] for call in calls}) == 150
    assert {call["status"] for call in calls} == {"completed"}
    begun, ended = (sorted(datetime.fromisoformat(call[name]) for call in calls) for name in ("started_at", "ended_at"))
    assert NOW - timedelta(days=8) <= begun[0]
    assert ended[-1] <= NOW
    assert {call["language"] for call in calls} == {"en", "es"}
    legs = [leg for call in calls for leg in call["legs"]]
    assert {"completed", "busy", "no-answer"} <= {leg["status"] for leg in legs}
    assert {"spoke", "voicemail", None} <= {leg["disposition"] for leg in legs}
    assert 0 < sum(not call["legs"] for call in calls) < 75, "some hang up in the summary"
    assert len({call["caller"] for call in calls}) < 150, "some call again"


def test_figures_and_log_agree_on_a_history(hotline: Hotline, settings: Settings) -> None:
    list(make_history(hotline, WANTED))
    desk = open_desk(settings, hotline.database, MovableClock(NOW))
    opened = open_log(desk, WANTED.slug)
    with hotline.database.read() as connection:
        truth = Truth(connection)
    check(read_figures(desk, opened, Period.read({"when": "all"}, opened.today)), truth, truth.calls)


def test_a_live_installation_gets_none(hotline: Hotline) -> None:
    with pytest.raises(NotADemo, match="live"):
        next(make_history(replace(hotline, is_demo=False), WANTED))
    assert log(hotline) == []


def test_a_campaign_that_there_is_not_is_told(hotline: Hotline) -> None:
    with pytest.raises(UnknownCampaign):
        next(make_history(hotline, replace(WANTED, slug="none")))


def test_calls_come_when_offices_work() -> None:
    local = [at.astimezone(ZONE) for at in moments(Span(NOW, 28, "America/Chicago"), 5000, "seed")]
    assert len(local) == 5000
    assert local == sorted(local)
    by_weekday, by_hour = Counter(at.weekday() for at in local), Counter(at.hour for at in local)
    assert by_weekday[5] + by_weekday[6] < by_weekday[1]
    assert sum(by_hour[hour] for hour in range(9, 17)) > 5 * sum(by_hour[hour] for hour in (*range(8), *range(20, 24)))
