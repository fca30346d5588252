"""Events as the record keeps them."""

from app.domain.events import EVENT_KINDS, DialEnded, Pressed, Spoke, describe
from app.domain.results import LineResult


def test_keys_and_line_results_are_kept_but_never_what_was_said() -> None:
    assert describe(Pressed("#")) == "pressed #"
    assert describe(DialEnded(LineResult.BUSY)) == "dial_ended busy"
    assert describe(Spoke("my number is 608")) == "spoke"
    assert len(set(EVENT_KINDS.values())) == len(EVENT_KINDS)
