"""A blocked caller is turned away, and an erased one is nobody: with real calls, on each database."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.audit import By
from app.domain.call_filters import CallFilters
from app.domain.phone_numbers import RawNumber
from app.services.block_caller import NobodyKnown, block_caller, lift_block, list_blocks, unblock_caller
from app.services.caller_keys import CallerKeys
from app.services.desk import Desk
from app.services.erase_caller import OnTheLine, erase_caller
from app.services.note_call import note_call
from app.services.tag_call import tag_call
from app.store.advice import read_known
from app.store.block_tables import caller_blocks
from app.store.figures import sum_calls, sum_figures, sum_legs
from tests.support.console import OWN, all_rows
from tests.support.hotline import Hotline

SORRY = "Sorry, we cannot put this call through. Goodbye."
ANNA, BERT = "+16085550123", "+14145550188"
BY = By("olga@example.org")


def last_call(hotline: Hotline) -> str:
    return str(hotline.log()[-1]["call_sid"])


def test_a_blocked_caller_is_turned_away_and_others_are_not(hotline: Hotline, desk: Desk, keys: CallerKeys) -> None:
    hotline.calls(ANNA).hears("Honduras").hangs_up()
    block_caller(desk, keys, BY, OWN, last_call(hotline), 90)
    assert [each.everywhere for each in list_blocks(desk)] == [False]
    hotline.calls(ANNA).hears(SORRY)
    assert hotline.log()[-1]["end_reason"] == "blocked"
    assert [each.everywhere for each in list_blocks(desk)] == [True], "their number was at hand"
    hotline.calls(BERT).hears("Honduras").hangs_up()
    hotline.calls(None).hears("Honduras").hangs_up()
    with hotline.database.read() as connection:
        counted = sum(each.n for each in sum_calls(connection, 1, CallFilters(demo=True)))
        hours = sum(each.n for each in sum_figures(connection, 1, CallFilters(demo=True)) if each.chart == "hour")
    assert (counted, hours) == (3, 3), "no figure counts the one that was turned away"


def test_every_campaign_knows_of_a_block_once_they_have_called_again_and_none_after_its_days(
    hotline: Hotline, desk: Desk, keys: CallerKeys
) -> None:
    hotline.calls(ANNA).hangs_up()
    block_caller(desk, keys, BY, OWN, last_call(hotline), 7)
    key = keys.key_of_blocks()
    assert key
    digest = RawNumber(ANNA).pseudonym(key)

    def is_blocked_elsewhere() -> bool:
        with hotline.database.read() as connection:
            known = read_known(connection, 1, "f" * 32, "CA-other", 1, desk.clock.now(), digest)
            later = read_known(connection, 1, "f" * 32, "CA-other", 2, desk.clock.now(), digest)
            assert not later.advice.is_blocked, "a call that goes on is not cut off"
        return known.advice.is_blocked

    assert not is_blocked_elsewhere()
    hotline.calls(ANNA).hears(SORRY)
    assert is_blocked_elsewhere()
    with hotline.database.read() as connection:
        row = connection.execute(select(caller_blocks)).one()
    assert row.digest == digest != row.pseudonym
    hotline.is_at(desk.clock.now() + timedelta(days=7, seconds=1))
    assert not is_blocked_elsewhere()
    assert list_blocks(desk) == []
    hotline.calls(ANNA).hears("Honduras").hangs_up()


def test_a_block_is_lifted_by_the_call_and_from_the_list(hotline: Hotline, desk: Desk, keys: CallerKeys) -> None:
    hotline.calls(ANNA).hangs_up()
    sid = last_call(hotline)
    block_caller(desk, keys, BY, OWN, sid, 30)
    assert unblock_caller(desk, BY, OWN, sid) == 30
    assert unblock_caller(desk, BY, OWN, sid) is None
    block_caller(desk, keys, BY, OWN, sid, 30)
    (there,) = list_blocks(desk)
    assert lift_block(desk, BY, there.id) == there
    assert lift_block(desk, BY, there.id) is None
    hotline.calls(ANNA).hears("Honduras").hangs_up()
    hotline.calls(None).hangs_up()
    with pytest.raises(NobodyKnown):
        block_caller(desk, keys, BY, OWN, last_call(hotline), 30)


def test_an_erased_caller_is_nobody_and_the_figures_stay(hotline: Hotline, desk: Desk, keys: CallerKeys) -> None:
    for _ in range(2):
        hotline.calls(ANNA).presses("4").waits().presses("1").hangs_up()
    hotline.calls(BERT).presses("4").waits().presses("2").hangs_up()
    theirs = [str(call["call_sid"]) for call in hotline.log()[:2]]
    for sid in theirs:
        note_call(desk, BY, sid, "Works at the mill")
        tag_call(desk, BY, OWN, sid, "mill")
    block_caller(desk, keys, BY, OWN, theirs[0], 30)
    key = keys.key(OWN)
    assert key
    pseudonym = RawNumber(ANNA).pseudonym(key)
    before, log = figures(hotline), hotline.log()
    erase_caller(desk, BY, OWN, theirs[1])
    held = {name: rows for name, rows in all_rows(hotline.database).items() if name != "audit"}
    for trace in (pseudonym, *theirs, "mill"):
        assert trace not in repr(held), trace
    assert figures(hotline) == before
    assert len(hotline.log()) == len(log)
    assert hotline.log()[2] == log[2], "nobody else's call has changed"
    assert [call["caller"] for call in hotline.log()[:2]] == ["withheld", "withheld"]
    with pytest.raises(NobodyKnown):
        erase_caller(desk, BY, OWN, str(hotline.log()[0]["call_sid"]))
    hotline.calls(ANNA).hears("Honduras").hangs_up()


def figures(hotline: Hotline) -> list[object]:
    with hotline.database.read() as connection:
        of_all = (connection, 1, CallFilters(demo=True))
        return [sum_calls(*of_all), sum_legs(*of_all), sum_figures(*of_all)]


def test_a_call_that_goes_on_is_let_go_on_first(hotline: Hotline, desk: Desk) -> None:
    caller = hotline.calls(ANNA)
    sid = last_call(hotline)
    with pytest.raises(OnTheLine):
        erase_caller(desk, BY, OWN, sid)
    caller.presses("4").waits().presses("1").hangs_up()
    erase_caller(desk, BY, OWN, sid)
    assert last_call(hotline).startswith("ER")


def test_of_an_erased_caller_only_the_block_everywhere_is_kept(hotline: Hotline, desk: Desk, keys: CallerKeys) -> None:
    hotline.calls(ANNA).hangs_up()
    block_caller(desk, keys, BY, OWN, last_call(hotline), 30)
    hotline.calls(ANNA).hears(SORRY).hangs_up()
    erase_caller(desk, BY, OWN, last_call(hotline))
    assert [(each.caller, each.everywhere) for each in list_blocks(desk)] == [("erased", True)]
    hotline.calls(ANNA).hears(SORRY)
