"""Fixtures: a carrier with a REST side, and phones to ring."""

from collections.abc import Iterator

import pytest

from app.simulator import Carrier
from app.simulator.world import SupporterPhone
from tests.simulator.hotlines import Hotline, carrier_for
from tests.simulator.rest.served import SUPPORTER, Served, serve_rest


@pytest.fixture
def carrier(hotline: Hotline) -> Carrier:
    """A carrier whose number calls the hotline."""
    return carrier_for(hotline)


@pytest.fixture
def served(carrier: Carrier) -> Iterator[Served]:
    """Its REST side with Twilio's usual limits."""
    with serve_rest(carrier) as served:
        yield served


@pytest.fixture
def phone(carrier: Carrier) -> SupporterPhone:
    """The supporter's phone."""
    return carrier.world.supporter(SUPPORTER)
