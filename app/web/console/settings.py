"""The settings of the installation that owners make in the console: the organization and its time zone."""

from http import HTTPStatus
from zoneinfo import available_timezones

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.documents.texts import line
from app.domain.documents.values import time_zone
from app.domain.organization import Organization
from app.domain.roles import Act
from app.services.organization import change_organization
from app.web.console.forms import Form
from app.web.console.guard import allows, console
from app.web.console.moments import the_organization
from app.web.console.visit import by
from app.web.parts import desk

LONGEST_NAME = 120


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
    is_new = change_organization(desk(), by(), Organization(name, zone))
    flash("Saved." if is_new else "It is so already.")
    return redirect(url_for("console.organization"), HTTPStatus.SEE_OTHER)


def _name(text: str) -> str:
    return line(LONGEST_NAME)(text) if text.strip() else ""


def _shown(form: Form) -> str:
    zones = sorted(available_timezones())
    return render_template("console/settings.html", form=form, organization=the_organization(), zones=zones)
