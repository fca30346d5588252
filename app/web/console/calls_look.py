"""Choosing how the call log looks."""

from dataclasses import replace
from http import HTTPStatus

from flask import redirect, request
from werkzeug.wrappers import Response

from app.domain.roles import Act
from app.services.call_query import CallQuery
from app.services.log_look import COMPACT, Look
from app.services.preferences import prefer, preferences_of
from app.web.console.calls_address import by_office, list_url
from app.web.console.guard import allows, console, current_member
from app.web.parts import desk


@console.post("/campaigns/<slug>/calls/look")
@allows(Act.SEE_CALLS)
def choose_look(slug: str) -> Response:
    """Keep which columns are shown; a button beside one moves it up or down as well."""
    asked = request.form
    look = look_of().choosing(asked.getlist("column"))
    look = look.moving(asked.get("up", ""), -1).moving(asked.get("down", ""), 1)
    prefer(desk(), current_member(), replace(look, is_compact=asked.get("rows") == COMPACT).kept())
    # Who moves a column may move another: the list is open again, at the same place.
    opened = {"choose": "columns"} if {"up", "down"} & set(asked) else {}
    return redirect(
        list_url(slug, CallQuery.read(asked).wishes, by_office(asked), **opened) + "#look", HTTPStatus.SEE_OTHER
    )


def look_of() -> Look:
    """How the log looks to whoever asks."""
    return Look.read(preferences_of(desk(), current_member()))
