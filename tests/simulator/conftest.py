"""Fixtures: a hotline to call, and a supporter who calls it."""

from collections.abc import Iterator

import pytest

from app.simulator import Caller
from tests.simulator.hotlines import Hotline, caller_for, serve


@pytest.fixture
def hotline() -> Iterator[Hotline]:
    """A hotline that answers what the test says."""
    with serve() as served:
        yield served


@pytest.fixture
def caller(hotline: Hotline) -> Caller:
    """A supporter who may call it."""
    return caller_for(hotline)
