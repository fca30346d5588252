"""Beginning a campaign: an empty one, a copy of another, or the sample."""

from http import HTTPStatus

from flask import flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.roles import Act
from app.services.begin_campaign import (
    begin_blank,
    begin_copy,
    begin_sample,
    begin_template,
    name_of_copy,
    read_new_slug,
    read_title,
)
from app.services.drafts import SlugTaken
from app.services.templates import TEMPLATES
from app.web.console.forms import Form
from app.web.console.guard import allows, console, current_member, of_drafts
from app.web.console.visit import by
from app.web.parts import desk

_EMPTY = "Texts to replace, and no offices"


@console.get("/campaigns/new")
@allows(Act.EDIT_CAMPAIGNS)
def new_campaign() -> str:
    """Ask for the names of a new campaign, and what it begins with."""
    return _new_page(Form())


@console.post("/campaigns/new")
@allows(Act.EDIT_CAMPAIGNS)
def begin() -> Response:
    """Begin a campaign, empty or with a template."""
    form = Form()
    name, organization = form.read("name", read_title), form.read("organization", read_title)
    slug, template = form.read("slug", read_new_slug), form.read("template", _template)
    try:
        if name and organization and slug is not None and template is not None:
            return _begun(_begin(template, name, organization, slug))
    except SlugTaken as error:
        form.errors["slug"] = str(error)
    return make_response(_new_page(form), HTTPStatus.UNPROCESSABLE_ENTITY)


@console.post("/campaigns/sample")
@allows(Act.EDIT_CAMPAIGNS)
def load_sample() -> Response:
    """Begin the sample campaign."""
    return _begun(begin_sample(desk(), by(), current_member()))


@console.get("/campaigns/<slug>/duplicate")
@of_drafts
@allows(Act.EDIT_CAMPAIGNS)
def duplicate(slug: str) -> str:
    """Ask what the copy is called."""
    return _copy_page(slug, Form())


@console.post("/campaigns/<slug>/duplicate")
@of_drafts
@allows(Act.EDIT_CAMPAIGNS)
def begin_duplicate(slug: str) -> Response:
    """Begin a copy of a campaign."""
    form = Form()
    name, own = form.read("name", read_title), form.read("slug", read_new_slug)
    try:
        if name and own is not None:
            return _begun(begin_copy(desk(), by(), current_member(), slug, name, own))
    except SlugTaken as error:
        form.errors["slug"] = str(error)
    return make_response(_copy_page(slug, form), HTTPStatus.UNPROCESSABLE_ENTITY)


def _begin(template: str, name: str, organization: str, slug: str) -> str:
    given = (desk(), by(), current_member())
    if template:
        return begin_template(*given, template, name, organization, slug)
    return begin_blank(*given, name, organization, slug)


def _template(text: str) -> str:
    if text and text not in TEMPLATES:
        raise ValueError("Choose one of these.")
    return text


def _new_page(form: Form) -> str:
    return render_template("console/editor/new.html", form=form, beginnings=[("", _EMPTY), *TEMPLATES.items()])


def _copy_page(slug: str, form: Form) -> str:
    name = name_of_copy(desk(), slug)
    return render_template("console/editor/duplicate.html", form=form, slug=slug, name=name)


def _begun(slug: str) -> Response:
    flash("The campaign is a draft: nobody can call it before it is published.")
    return redirect(url_for("console.edit", slug=slug), HTTPStatus.SEE_OTHER)
