"""The audit's chain: nothing in it can be changed unseen, and nobody without the key can make it anew."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.domain.audit import FIRST, Deed, Entry, chained, key_mark, mark_of, signed

KEY = b"a key"
ENTRY = Entry(datetime(2026, 11, 24, 17, 0, tzinfo=UTC), "ana@example.org", Deed.PAUSE, "Paused the campaign.")
CHANGED = [
    replace(ENTRY, at=ENTRY.at + timedelta(microseconds=1)),
    replace(ENTRY, who="eve@example.org"),
    replace(ENTRY, deed=Deed.NOTE),
    replace(ENTRY, sentence="Paused the campaign"),
    replace(ENTRY, campaign="honduras-2017"),
    replace(ENTRY, why="."),
    replace(ENTRY, place="."),
    replace(ENTRY, why="Paused the campaign.", sentence=""),
]


@pytest.mark.parametrize("changed", CHANGED)
def test_whatever_is_changed_changes_the_hash(changed: Entry) -> None:
    assert chained(FIRST, changed) != chained(FIRST, ENTRY)
    assert signed(FIRST, changed, KEY) != signed(FIRST, ENTRY, KEY)


def test_an_entry_holds_on_to_the_one_before_it() -> None:
    before = chained(FIRST, ENTRY)
    assert len({chained(FIRST, ENTRY), chained(before, ENTRY)}) == 2
    assert len({signed(FIRST, ENTRY, KEY), signed(before, ENTRY, KEY)}) == 2


def test_the_zone_in_which_a_time_is_told_changes_nothing() -> None:
    elsewhere = replace(ENTRY, at=ENTRY.at.astimezone(timezone(timedelta(hours=-6))))
    assert chained(FIRST, elsewhere) == chained(FIRST, ENTRY)


def test_the_hash_tells_which_key_was_used_and_another_key_gives_another() -> None:
    mine, other = signed(FIRST, ENTRY, KEY), signed(FIRST, ENTRY, b"another")
    assert mark_of(mine) == key_mark(KEY) != mark_of(other)
    assert mine.partition(":")[2] not in (other.partition(":")[2], chained(FIRST, ENTRY))
    assert mark_of(chained(FIRST, ENTRY)) == ""
