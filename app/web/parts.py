"""The parts that create_app joins, as handlers reach them."""

from typing import cast

from flask import Flask, current_app

from app.config import Settings
from app.services.hotline import Hotline

_NAME = "patchline"


def join(app: Flask, settings: Settings, hotline: Hotline) -> None:
    """Give an app its settings and its hotline."""
    app.extensions[_NAME] = (settings, hotline)


def settings() -> Settings:
    """The settings of the app that handles the request."""
    return cast("tuple[Settings, Hotline]", current_app.extensions[_NAME])[0]


def hotline() -> Hotline:
    """The hotline of the app that handles the request."""
    return cast("tuple[Settings, Hotline]", current_app.extensions[_NAME])[1]


def close(app: Flask) -> None:
    """Close what an app holds open, at the end of its life."""
    cast("tuple[Settings, Hotline]", app.extensions[_NAME])[1].database.dispose()
