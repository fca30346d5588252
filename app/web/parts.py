"""The parts of the application, as handlers reach them."""

from typing import cast

from flask import current_app

from app.config import Settings
from app.services.hotline import Hotline
from app.web.application import Patchline


def settings() -> Settings:
    """The settings of the application that handles the request."""
    return cast("Patchline", current_app).settings


def hotline() -> Hotline:
    """The hotline of the application that handles the request."""
    return cast("Patchline", current_app).hotline
