"""The state that travels: whole, bounded, sealed, and bound to its call."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calls import MAX_STATE_LENGTH, BadState, CallState, seal, unseal
from app.domain.offices import MAX_OFFICES, POSITIONS
from app.flow.engine import MAX_TURNS
from app.flow.patch_through import FLOW

KEY = b"secret"
marks = st.lists(st.sampled_from(POSITIONS), unique=True).map("".join)
states = st.builds(
    CallState,
    step=st.sampled_from(sorted(FLOW)),
    version_id=st.integers(1, 2**31),
    language=st.sampled_from(["en", "es"]),
    started=st.integers(0, 2**34),
    turn=st.integers(0, MAX_TURNS),
    office=st.sampled_from(["", *POSITIONS]),
    offered=st.sampled_from(["", *POSITIONS]),
    leg=st.integers(0, MAX_TURNS),
    tried=marks,
    reached=marks,
    before=marks,
    bridges=st.text(POSITIONS, max_size=20),
    today=st.integers(0, 99),
    patient=st.integers(0, 1),
)


@given(states)
def test_a_sealed_state_comes_back_whole_and_fits_into_an_address(state: CallState) -> None:
    text = seal(state, "CA1", KEY)
    assert unseal(text, "CA1", KEY) == state
    assert len(text) < MAX_STATE_LENGTH
    assert set(text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.-")


@given(states, st.data())
def test_a_state_with_one_character_changed_is_refused(state: CallState, data: st.DataObject) -> None:
    text = seal(state, "CA1", KEY)
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from([c for c in "0aZ._-é\0" if c != text[at]]))
    with pytest.raises(BadState):
        unseal(text[:at] + other + text[at + 1 :], "CA1", KEY)


@pytest.mark.parametrize("text", ["", ".", "1", "x" * 10_000, "1.menu.1.en.0.\udcff", "é.é"])
def test_what_is_no_state_is_refused(text: str) -> None:
    with pytest.raises(BadState):
        unseal(text, "CA1", KEY)


def test_a_state_belongs_to_one_call_and_one_key() -> None:
    text = seal(CallState("menu", 1, "en", 0), "CA1", KEY)
    for call, key in (("CA2", KEY), ("CA1", b"other")):
        with pytest.raises(BadState):
            unseal(text, call, key)


def test_a_state_of_an_earlier_release_has_defaults_for_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    from app.domain import calls

    monkeypatch.setattr(calls, "fields", lambda of: fields(of)[:-2])
    older = seal(CallState("menu", 1, "en", 0), "CA1", KEY)
    monkeypatch.undo()
    assert unseal(older, "CA1", KEY) == CallState("menu", 1, "en", 0)


def test_a_state_of_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from app.domain import calls

    monkeypatch.setattr(calls, "STATE_VERSION", "2")
    newer = seal(CallState("menu", 1, "en", 0), "CA1", KEY)
    monkeypatch.undo()
    with pytest.raises(BadState, match="version '2'"):
        unseal(newer, "CA1", KEY)


def test_a_mark_stands_last_in_its_list_and_only_once() -> None:
    state = replace(CallState("menu", 1, "en", 0), tried="123")
    assert state.add("tried", "2").tried == "132"


def test_every_office_has_its_own_mark() -> None:
    assert len(set(POSITIONS)) == MAX_OFFICES
