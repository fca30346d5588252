"""Who has an account, and inviting somebody."""

from http import HTTPStatus

from flask import make_response, render_template
from werkzeug.wrappers import Response

from app.domain.organizers import read_email
from app.domain.roles import Act, Role
from app.services.invite import EmailTaken, Made, invite
from app.services.people import list_people
from app.web.console.access_form import read_access
from app.web.console.forms import Form
from app.web.console.guard import allows, console
from app.web.console.names import named
from app.web.console.visit import by
from app.web.parts import desk


@console.get("/people")
@allows(Act.MANAGE_PEOPLE)
def people() -> str:
    """List everybody."""
    return _shown(Form())


@console.post("/people")
@allows(Act.MANAGE_PEOPLE)
def invite_person() -> Response | str:
    """Invite somebody."""
    form = Form()
    email, access = form.read("email", read_email), read_access(form, slugs())
    try:
        if email and access:
            return show_link(email, invite(desk(), by(), email, access))
    except EmailTaken as error:
        form.errors["email"] = str(error)
    return make_response(_shown(form), HTTPStatus.UNPROCESSABLE_ENTITY)


def slugs() -> list[str]:
    """The campaigns that can be given to somebody."""
    return [each.slug for each in named() if each.is_published]


def show_link(email: str, made: Made) -> str:
    """Say that a link is on its way, or show it to be passed on."""
    return render_template("console/link_made.html", email=email, made=made)


def _shown(form: Form) -> str:
    return render_template("console/people.html", form=form, people=list_people(desk()), slugs=slugs(), roles=Role)
