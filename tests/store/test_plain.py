"""Records survive being written as JSON, also from one release to another."""

import json
from typing import Any

import pytest

from app.domain.record import CallStatusRecord
from app.store.plain import Unreadable, from_plain, to_plain
from tests.store.making import RECORDS, after


def test_every_kind_of_record_comes_back_as_it_was() -> None:
    for record in RECORDS:
        assert from_plain(json.loads(json.dumps(to_plain(record)))) == record


def test_what_another_release_wrote_is_read_as_far_as_it_is_known() -> None:
    plain = {**to_plain(RECORDS[4]), "added_later": 1}
    del plain["sequence"]
    assert from_plain(plain) == CallStatusRecord("CA1", "completed", after(80), None, 60)
    others: list[Any] = [{}, {"kind": "unheard-of"}, {"kind": "call_status"}, [], None, {**plain, "at": "noon"}]
    for other in others:
        with pytest.raises(Unreadable):
            from_plain(other)
