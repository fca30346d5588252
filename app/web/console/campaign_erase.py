"""Erasing all that was recorded of a campaign, once its name was typed; the page shows how far it is."""

from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.roles import Act
from app.services.erase_campaign import NotErasable, erase_campaign, read_record
from app.web.console.forms import Form
from app.web.console.guard import allows, console
from app.web.console.visit import by
from app.web.parts import desk, hotline


@console.get("/campaigns/<slug>/erase")
@allows(Act.ERASE_CALLERS)
def ask_campaign_erasure(slug: str) -> str:
    """Say what would be erased and ask for the campaign's name, or show how far it is."""
    return _ask(slug, Form())


@console.post("/campaigns/<slug>/erase")
@allows(Act.ERASE_CALLERS)
def erase_everything(slug: str) -> Response | tuple[str, int]:
    """Begin to erase it, or say why not."""
    form = Form()
    if wrong := _erase(slug, form["name"]):
        form.errors["name"] = wrong
        return _ask(slug, form), HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(url_for("console.ask_campaign_erasure", slug=slug), HTTPStatus.SEE_OTHER)


def _erase(slug: str, typed: str) -> str:
    record = read_record(desk(), slug)
    name = record.campaign.name
    if typed.split() != name.split():
        return f"Type {name}, the campaign’s name, to confirm."
    try:
        is_left = erase_campaign(desk(), hotline().keys, by(), slug)
    except NotErasable as obstacle:
        return str(obstacle)
    if not is_left:
        flash(f"Everything that was recorded of {name} is erased.")
    return ""


def _ask(slug: str, form: Form) -> str:
    return render_template("console/erase_campaign.html", record=read_record(desk(), slug), slug=slug, form=form)
