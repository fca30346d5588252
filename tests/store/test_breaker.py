"""The circuit breaker: after failures in a row nobody waits, and one asks again at a time."""

import pytest

from app.store.breaker import FAILURES, RETRY_S, Breaker
from app.store.database import StoreUnavailable


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def ask(breaker: Breaker, error: Exception | None = None) -> bool:
    """Whether the database was asked at all."""
    asked = False
    try:
        with breaker.guarding():
            asked = True
            if error:
                raise error
    except (StoreUnavailable, LookupError):
        pass
    return asked


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def down(clock: Clock) -> Breaker:
    breaker = Breaker(clock)
    assert all(ask(breaker, StoreUnavailable()) for _ in range(FAILURES))
    return breaker


def test_f6_while_it_is_down_nobody_asks(down: Breaker) -> None:
    assert down.is_open
    assert not ask(down)


def test_one_asks_again_and_the_others_do_not_wait_with_it(down: Breaker, clock: Clock) -> None:
    clock.seconds = RETRY_S
    with down.guarding():
        assert not ask(down)
    assert not down.is_open
    assert ask(down)


def test_one_that_fails_again_keeps_it_open(down: Breaker, clock: Clock) -> None:
    clock.seconds = RETRY_S
    assert ask(down, StoreUnavailable())
    assert not ask(down)
    clock.seconds = 2 * RETRY_S
    assert ask(down)


def test_what_is_not_the_databases_fault_counts_as_an_answer(clock: Clock) -> None:
    breaker = Breaker(clock)
    for _ in range(FAILURES):
        ask(breaker, StoreUnavailable())
        ask(breaker, LookupError())
    assert not breaker.is_open
