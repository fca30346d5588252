"""What an organizer's acts on calls are done with, beside the hotline that was called."""

import pytest

from app.services.caller_keys import CallerKeys, caller_keys
from app.services.desk import Desk, open_desk
from tests.support.hotline import Hotline


@pytest.fixture
def keys(hotline: Hotline) -> CallerKeys:
    return caller_keys(hotline.settings)


@pytest.fixture
def desk(hotline: Hotline) -> Desk:
    return open_desk(hotline.settings, hotline.database, hotline.stage.clock)
