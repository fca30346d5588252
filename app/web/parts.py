"""The parts of the application, as handlers reach them."""

from typing import cast

from flask import current_app

from app.config import Settings
from app.services.account_watch import AccountWatch
from app.services.desk import Desk
from app.services.hotline import Hotline
from app.services.live_watch import LiveWatch
from app.services.rehearsals import Rehearsals
from app.web.application import Patchline


def settings() -> Settings:
    """The settings of the application that handles the request."""
    return cast("Patchline", current_app).settings


def hotline() -> Hotline:
    """The hotline of the application that handles the request."""
    return cast("Patchline", current_app).hotline


def desk() -> Desk:
    """What the console of the application that handles the request works with."""
    return cast("Patchline", current_app).desk


def notices() -> dict[str, str]:
    """What this process has noticed since its start, by part."""
    return cast("Patchline", current_app).notices


def live_watch() -> LiveWatch:
    """The live boards of this process, and whoever follows them."""
    return cast("Patchline", current_app).live


def account_watch() -> AccountWatch:
    """What this process knows of the numbers at the carrier."""
    return cast("Patchline", current_app).account


def rehearsals() -> Rehearsals:
    """The calls on phones in browsers; in demo mode only."""
    found = cast("Patchline", current_app).rehearsals
    assert found is not None
    return found
