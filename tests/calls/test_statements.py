"""A webhook makes at most three statements, whatever it brings, on both databases."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, Engine, event

from app.simulator import Doubled, LostAnswers, Shuffled
from tests.support.hotline import Hotline

MOST = 3


@contextmanager
def transactions() -> Iterator[list[list[str]]]:
    """Collects the statements of each transaction that is committed, in whatever thread, without BEGIN and COMMIT."""
    done: list[list[str]] = []
    open_ones: dict[int, list[str]] = {}

    def begin(connection: Connection) -> None:
        open_ones[id(connection)] = []

    def note(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            open_ones[id(connection)].append(statement)

    def commit(connection: Connection) -> None:
        done.append(open_ones.pop(id(connection)))

    hooks = (("begin", begin), ("before_cursor_execute", note), ("commit", commit))
    for name, hook in hooks:
        event.listen(Engine, name, hook)
    yield done
    for name, hook in hooks:
        event.remove(Engine, name, hook)


def a_conversation(hotline: Hotline) -> None:
    hotline.calls().presses("4").waits().presses("1").listens().presses("#").waits().presses("3").hangs_up()


def again_by_a_known_supporter(hotline: Hotline) -> None:
    a_conversation(hotline)
    a_conversation(hotline)


def a_withheld_number(hotline: Hotline) -> None:
    hotline.calls(None).presses("4").waits().presses("2").hangs_up()


def other_keys(hotline: Hotline) -> None:
    caller = hotline.calls().presses("9").presses("8").presses("0").presses("0")
    caller.stays_silent().presses("*").listens().hangs_up()


def busy_and_next(hotline: Hotline) -> None:
    hotline.office("Madison").is_busy()
    hotline.office("La Crosse").fails()
    hotline.office("Eau Claire").does_not_answer()
    hotline.calls().presses("4").hears("Madison is busy").presses("#").presses("1").hears("Nobody answered").hangs_up()


def a_hang_up_while_talking(hotline: Hotline) -> None:
    hotline.office("Madison").answers(after=3, talk=None)
    hotline.calls().presses("4").talks(70).hangs_up()


def a_hang_up_while_it_rings(hotline: Hotline) -> None:
    hotline.office("Madison").does_not_answer()
    hotline.calls().presses("4").hears_ringing("Madison").hangs_up()


def everything_twice(hotline: Hotline) -> None:
    hotline.stage.carrier.delivery = Doubled()
    a_conversation(hotline)


def callbacks_in_any_order(hotline: Hotline) -> None:
    hotline.stage.carrier.delivery = Shuffled(3)
    a_conversation(hotline)


def a_lost_answer(hotline: Hotline) -> None:
    hotline.stage.carrier.delivery = LostAnswers(1, within="/voice/turn")
    hotline.calls().presses("4").presses("4").waits().presses("1").hangs_up()


KINDS = (
    a_conversation,
    again_by_a_known_supporter,
    a_withheld_number,
    other_keys,
    busy_and_next,
    a_hang_up_while_talking,
    a_hang_up_while_it_rings,
    everything_twice,
    callbacks_in_any_order,
    a_lost_answer,
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_webhook_takes_at_most_three_statements(hotline: Hotline, kind: Callable[[Hotline], None]) -> None:
    with transactions() as done:
        kind(hotline)
    assert len(done) > MOST
    assert [statements for statements in done if len(statements) > MOST] == []
