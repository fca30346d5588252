"""A campaign of which everything is erased, and supporters whose time is over: with real calls, on each database."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.audit import By
from app.domain.call_filters import CallFilters
from app.domain.campaigns import CampaignStatus
from app.services.block_caller import block_caller, list_blocks
from app.services.caller_keys import CallerKeys
from app.services.campaigns import change_status
from app.services.correct_outcome import correct_outcome
from app.services.desk import Desk
from app.services.erase_campaign import NotErasable, Pace, erase_campaign, go_on_erasing, read_record
from app.services.note_call import note_call
from app.services.retention import Purged, keep_for, kept, purge
from app.services.tag_call import tag_call
from app.store import audit
from app.store.audit import Wanted
from app.store.figures import sum_calls, sum_figures, sum_legs
from app.store.tables import legs
from tests.support.console import OWN, all_rows
from tests.support.hotline import Hotline

ANNA, BERT = "+16085550123", "+14145550188"
BY = By("olga@example.org")
ONE_CALL = Pace(calls=1, steps=1)
RECORD = (
    "calls",
    "legs",
    "turns",
    "callbacks",
    "supporters",
    "supporter_offices",
    "call_facts",
    "leg_facts",
    "figure_facts",
    "call_notes",
    "call_tags",
    "outcome_corrections",
    "campaign_erasures",
)


def sids(hotline: Hotline) -> list[str]:
    return [str(call["call_sid"]) for call in hotline.log()]


def many_calls(hotline: Hotline, desk: Desk, keys: CallerKeys) -> None:
    """Calls of two supporters and of somebody withheld, with all that organizers add to them."""
    for caller in (ANNA, BERT, ANNA, None):
        hotline.calls(caller).presses("4").waits().presses("1").hangs_up()
    first = sids(hotline)[0]
    note_call(desk, BY, first, "Works at the mill")
    tag_call(desk, BY, OWN, first, "mill")
    with hotline.database.read() as connection:
        leg = connection.scalar(select(legs.c.leg))
    assert leg
    correct_outcome(desk, BY, OWN, first, leg, "voicemail")
    block_caller(desk, keys, BY, OWN, sids(hotline)[1], 30)


def figures(hotline: Hotline) -> list[object]:
    with hotline.database.read() as connection:
        of_all = (connection, 1, CallFilters(demo=True))
        return [
            [each for each in sums if each.n] for sums in (sum_calls(*of_all), sum_legs(*of_all), sum_figures(*of_all))
        ]


def told(hotline: Hotline) -> list[str]:
    with hotline.database.read() as connection:
        return [each.entry.sentence for each in reversed(audit.page(connection, Wanted(deed="erasure"), None, 9))]


def test_all_that_was_recorded_of_a_campaign_goes_and_the_figures_follow(
    hotline: Hotline, desk: Desk, keys: CallerKeys
) -> None:
    many_calls(hotline, desk, keys)
    with pytest.raises(NotErasable, match="still takes calls"):
        erase_campaign(desk, keys, BY, OWN)
    caller = hotline.calls("+14145550177")
    change_status(desk.database, desk.clock, BY, OWN, CampaignStatus.ENDED)
    with pytest.raises(NotErasable, match="1 caller is on the line"):
        erase_campaign(desk, keys, BY, OWN)
    caller.hangs_up()
    gone = sids(hotline)
    assert not erase_campaign(desk, keys, BY, OWN)
    held = all_rows(hotline.database)
    assert [name for name in RECORD if held[name]] == []
    assert figures(hotline) == [[], [], []]
    assert hotline.log() == []
    assert list_blocks(desk) == []
    assert keys.key(OWN) is None
    rest = repr({name: rows for name, rows in held.items() if name != "audit"})
    assert [sid for sid in gone if sid in rest] == []
    counted = "5 calls, 4 calls to offices, 3 supporters who are remembered, 1 note on a call, 1 tag on a call"
    counted += ", 1 correction of an outcome"
    assert told(hotline) == [
        f"{BY.who} had everything erased that was recorded of Honduras 2017: {counted}.",
        "olga@example.org has what was recorded of Honduras 2017 erased now: 5 calls and all that belonged to them.",
    ]
    assert read_record(desk, OWN).is_empty
    assert not erase_campaign(desk, keys, BY, OWN)
    assert len(told(hotline)) == 2, "of nothing, nothing is told"


def test_a_process_that_dies_leaves_the_rest_to_the_next_one_and_figures_agree_all_the_while(
    hotline: Hotline, desk: Desk, keys: CallerKeys
) -> None:
    many_calls(hotline, desk, keys)
    change_status(desk.database, desk.clock, BY, OWN, CampaignStatus.ENDED)
    assert erase_campaign(desk, keys, BY, OWN, ONE_CALL)
    hotline.is_at(desk.clock.now() + timedelta(minutes=1))
    hotline.calls("+14145550199").hears("This campaign has ended.")
    record = read_record(desk, OWN)
    assert (record.left, record.erasing and record.erasing.calls) == (3, 4)
    counts: list[int] = []
    while go_on_erasing(desk.database, keys, desk.clock, ONE_CALL):
        assert len(counts) < 20
        with hotline.database.read() as connection:
            counts.append(sum(each.n for each in sum_calls(connection, 1, CallFilters(demo=True))))
        assert counts[-1] == len(hotline.log())
    assert counts[:3] == [3, 2, 1], "who called since then stays"
    assert [(call["caller"], call["end_reason"]) for call in hotline.log()] == [("withheld", "campaign-ended")]
    assert len(told(hotline)) == 2


def test_after_the_days_that_supporters_are_kept_calls_lead_to_nobody_and_figures_stay(
    hotline: Hotline, desk: Desk, keys: CallerKeys
) -> None:
    many_calls(hotline, desk, keys)
    before, log = figures(hotline), hotline.log()
    assert purge(desk.database, keys, desk.clock) == {}
    change_status(desk.database, desk.clock, BY, OWN, CampaignStatus.ENDED)
    assert keep_for(desk, BY, 7)
    (row,) = kept(desk)
    assert (row.ended, row.due, row.is_due) == (desk.clock.now(), desk.clock.now() + timedelta(days=7), False)
    hotline.is_at(desk.clock.now() + timedelta(days=7, seconds=-1))
    change_status(desk.database, desk.clock, BY, OWN, CampaignStatus.ENDED)
    assert purge(desk.database, keys, desk.clock) == {}, "ended again, it is not kept for longer"
    hotline.is_at(desk.clock.now() + timedelta(seconds=1))
    assert purge(desk.database, keys, desk.clock) == {OWN: Purged(4, 2, had_key=True)}
    held = {name: rows for name, rows in all_rows(hotline.database).items() if name != "audit"}
    assert [trace for trace in (*(str(call["call_sid"]) for call in log), "mill") if trace in repr(held)] == []
    assert {call["caller"] for call in hotline.log()} == {"withheld"}
    assert held["supporters"] == held["supporter_offices"] == []
    assert figures(hotline)[1:] == before[1:]
    assert [call["duration"] for call in hotline.log()] == [call["duration"] for call in log]
    (sentence,) = told(hotline)
    assert sentence == (
        "retention rule erased what led to supporters of Honduras 2017: 4 calls, 2 supporters, "
        "the key of their pseudonyms."
    )
    # Whoever calls afterwards is told that it has ended, and is nobody before the day is over.
    hotline.calls(ANNA).hears("This campaign has ended.").hangs_up()
    assert purge(desk.database, keys, desk.clock) == {}
    hotline.is_at(desk.clock.now() + timedelta(hours=5))
    assert purge(desk.database, keys, desk.clock) == {OWN: Purged(1, 0, had_key=False)}
    assert sids(hotline)[-1].startswith("ER")
