"""What is drawn and told beside the plain counts: drop-off by second, the week's hours, changes, alerts."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.hours import WEEK, Calendar
from app.services.call_log import CallLog
from app.services.figures import Sums, figures_of
from app.services.figures_alerts import OfficeTrouble, alerts_of_offices, alerts_of_summary
from app.services.figures_hours import LEVELS, heat_map
from app.services.figures_periods import Period
from app.services.figures_prompts import drop_offs
from app.services.figures_words import changed, prompt_words
from app.store.live import Trouble
from tests.store.making import NOON
from tests.support.campaigns import campaign

TODAY = date(2026, 11, 24)
LOG = CallLog(1, campaign(), {"madison": 1, "wausau": 2}, {"madison": "Madison", "wausau": "Wausau"}, TODAY, False)
NOTHING = figures_of(LOG, Sums(None, [], [], [], []), None)


@given(by_second=st.dictionaries(st.integers(0, 14_400), st.integers(1, 9), min_size=1))
def test_no_hang_up_is_lost_in_the_columns_and_the_parts_of_the_welcome_follow_each_other(
    by_second: dict[int, int],
) -> None:
    (found,) = drop_offs({"welcome": by_second}, campaign(), "en", NOON)
    assert (sum(column.n for column in found.columns), len(found.columns) <= 30) == (found.n, True)
    assert max(column.height for column in found.columns) == 1
    assert found.columns[-1].x + found.columns[-1].width <= 100
    for column in found.columns:
        assert column.n == sum(n for second, n in by_second.items() if column.since_s <= second < column.until_s)
    ends = [(part.since_s, part.until_s) for part in found.stretches]
    assert [since for since, _ in ends] == [0, *(until for _, until in ends[:-1])]
    assert [part.label for part in found.stretches] == ["greeting", "summary", "offices"]
    assert found.stretches[-1].x + found.stretches[-1].width <= 100


def test_hours_are_open_in_the_campaigns_zone_whatever_the_offices_is_and_closures_do_not_count() -> None:
    eastern = Calendar("America/New_York", WEEK, "US", frozenset({TODAY}))
    offices = tuple(replace(office, calendar=eastern) for office in campaign().offices)
    found = heat_map({(1, 8): 5, (1, 16): 2, (6, 10): 1}, replace(campaign(), offices=offices), NOON)
    is_open = {(cell.weekday, cell.hour) for row in found.rows for cell in row if cell.is_open}
    assert is_open == {(day, hour) for day in range(5) for hour in range(8, 16)}
    assert ((found.busiest.weekday, found.busiest.hour, found.busiest.level), found.closed) == ((1, 8, LEVELS), 3)
    assert found.rows[6][10].level == 1, "a single call is seen"


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (3, 2, "up from 2 yesterday"),
        (2, 3, "down from 3 yesterday"),
        (2, 2, "the same yesterday"),
        (2, 0, "none yesterday"),
        (None, 2, ""),
        (2, None, ""),
    ],
)
def test_a_change_is_told_in_words(now: int | None, before: int | None, said: str) -> None:
    assert changed(now, before, "yesterday") == said
    assert changed(90, 120, "the day before", is_length=True) == "down from 2 min 0 s the day before"


def test_the_days_before_are_as_many_and_end_where_the_period_begins() -> None:
    for given_ in ({"when": "today"}, {"when": "30-days"}, {"since": "2026-11-20", "until": "2026-11-22"}):
        period = Period.read(given_, TODAY)
        assert period.before
        assert period.since
        assert (period.before.days, (period.since - (period.before.until or TODAY)).days) == (period.days, 1)
        assert Period.read(period.wishes, TODAY).log_wishes == period.log_wishes
    assert Period.read({"when": "all"}, TODAY).before is None


def test_offices_that_fail_and_full_mailboxes_are_told_the_worst_first() -> None:
    madison = OfficeTrouble("madison", "Madison", 1, Trouble(may_be_full=True))
    wausau = OfficeTrouble("wausau", "Wausau", 3, Trouble(is_failed=True))
    failed, avoided, full = alerts_of_offices([madison, wausau])
    assert failed.text == "Calls to offices failed: Wausau 3 times, Madison once."
    assert avoided.text.startswith("# avoids Wausau until somebody has checked its number")
    assert full.text.startswith("Madison: the mailbox may be full.")
    assert full.wishes == {"office": "madison", "outcome": "unreached"}
    assert list(alerts_of_offices([replace(madison, failed=0, trouble=Trouble())])) == []


@pytest.mark.parametrize(("over", "lost", "is_told"), [(20, 4, True), (20, 3, False), (19, 19, False)])
def test_a_summary_that_loses_a_fifth_of_many_callers_is_told(over: int, lost: int, *, is_told: bool) -> None:
    assert bool(list(alerts_of_summary(campaign(), lost, over))) is is_told


def test_a_summary_longer_than_is_advised_is_told_in_its_language() -> None:
    long = replace(campaign(), summary={"en": "word " * 80, "es": "Breve."})
    (alert,) = alerts_of_summary(long, 0, 0)
    assert alert.text == "The summary takes 32 s in English; up to 25 s keeps callers on the line."


def test_what_is_heard_makes_a_label() -> None:
    said = [prompt_words(prompt) for prompt in ("welcome", "busy", "newer-step", "")]
    assert said == ["The welcome and the summary", "Told that the office is busy", "Newer-step", ""]
