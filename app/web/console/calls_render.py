"""Rendering the pages of the call log with what all of them use."""

from flask import render_template

from app.domain.roles import Act
from app.services import call_words
from app.services.call_wire import received
from app.services.preview import step_words
from app.web.console import calls_address, calls_shown

_SHARED = {
    "shown": calls_shown,
    "words": call_words,
    "address": calls_address,
    "acts": Act,
    "step_words": step_words,
    "received": received,
}


def render_calls(template: str, /, **values: object) -> str:
    """A page of the call log."""
    return render_template(f"console/calls/{template}.html", **_SHARED, **values)
