"""The settings that owners make in the console: the organization, its time zone, and how long supporters are kept."""

from http import HTTPStatus
from zoneinfo import available_timezones

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.documents.texts import line
from app.domain.documents.values import time_zone, whole_number
from app.domain.retention import MOST_DAYS
from app.domain.roles import Act
from app.services.organization import change_organization
from app.services.retention import keep_for, kept
from app.web.console.calls_shown import day_words
from app.web.console.forms import Form
from app.web.console.guard import allows, console
from app.web.console.moments import the_organization
from app.web.console.visit import by
from app.web.parts import desk

LONGEST_NAME = 120

_days = whole_number(0, MOST_DAYS)


@console.get("/settings")
@allows(Act.CHANGE_SETTINGS)
def organization() -> str:
    """Show the settings."""
    return _shown(Form())


@console.post("/settings")
@allows(Act.CHANGE_SETTINGS)
def change_settings() -> Response:
    """Keep the settings."""
    form = Form()
    name, zone = form.read("name", _name), form.read("time_zone", time_zone)
    if name is None or zone is None:
        return make_response(_shown(form), HTTPStatus.UNPROCESSABLE_ENTITY)
    is_new = change_organization(desk(), by(), name, zone)
    flash("Saved." if is_new else "It is so already.")
    return redirect(url_for("console.organization"), HTTPStatus.SEE_OTHER)


@console.post("/settings/retention")
@allows(Act.CHANGE_SETTINGS)
def change_retention() -> Response:
    """Keep for how long what leads to supporters is kept."""
    form = Form()
    days = form.read("kept_days", _days)
    if days is None:
        return make_response(_shown(form), HTTPStatus.UNPROCESSABLE_ENTITY)
    flash("Saved." if keep_for(desk(), by(), days) else "It is so already.")
    return redirect(url_for("console.organization", _anchor="kept"), HTTPStatus.SEE_OTHER)


def _name(text: str) -> str:
    return line(LONGEST_NAME)(text) if text.strip() else ""


def _shown(form: Form) -> str:
    zones = sorted(available_timezones())
    given = {"form": form, "organization": the_organization(), "zones": zones}
    return render_template(
        "console/settings.html", kept=kept(desk()), most_days=MOST_DAYS, day_words=day_words, acts=Act, **given
    )
