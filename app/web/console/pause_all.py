"""Pausing everything: two clicks from Home, and one that takes it back."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.roles import Act
from app.services import pause_all as service
from app.web.console.guard import allows, console, current_member
from app.web.console.names import campaign_name
from app.web.console.undo import tell_undoable
from app.web.console.visit import by
from app.web.parts import desk

_DIGITS = 9
"""Of a row number, at most."""


@console.get("/pause-all")
@allows(Act.EDIT_CAMPAIGNS)
def confirm_pause_all() -> str:
    """Ask whether to pause all campaigns."""
    names = [campaign_name(each.slug) for each in service.pausable(desk(), current_member())]
    return render_template("console/pause_all.html", names=names)


@console.post("/pause-all")
@allows(Act.EDIT_CAMPAIGNS)
def pause_all() -> Response:
    """Pause all campaigns that whoever asks may pause."""
    ids = service.pause_all(desk(), by(), current_member())
    if ids:
        told = f"{_campaigns(len(ids))} paused: whoever calls now is told so, and no further office is dialed."
        # By row number: slugs of many campaigns would be too much for a cookie.
        tell_undoable(told, url_for("console.open_again"), campaigns=",".join(map(str, ids)))
    else:
        flash("No campaign of yours takes calls.")
    return redirect(url_for("console.home"), HTTPStatus.SEE_OTHER)


@console.post("/pause-all/undo")
@allows(Act.EDIT_CAMPAIGNS)
def open_again() -> Response:
    """Open the campaigns again that were paused at once."""
    numbers = request.form.get("campaigns", "").split(",")
    ids = {int(each) for each in numbers if each.isascii() and each.isdigit() and len(each) <= _DIGITS}
    n = service.open_again(desk(), by(), current_member(), ids)
    flash(f"{_campaigns(n)} taking calls again.")
    return redirect(url_for("console.home"), HTTPStatus.SEE_OTHER)


def _campaigns(n: int) -> str:
    return "1 campaign is" if n == 1 else f"{n} campaigns are"
