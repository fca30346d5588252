"""Share links of a campaign: made, listed, ended, and opened."""

from http import HTTPStatus

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.roles import Act, Guest
from app.services.share_links import (
    LIFETIMES,
    list_share_links,
    make_share_link,
    open_share_link,
    reinstate_share_link,
    revoke_share_link,
)
from app.web.console import cookies
from app.web.console.forms import Form
from app.web.console.guard import allows, console, current_member, is_open
from app.web.console.nav import links_of
from app.web.console.undo import tell_undoable
from app.web.console.visit import by
from app.web.parts import desk

_LONGEST_PURPOSE = 80


@console.get("/campaigns/<slug>/share")
@allows(Act.SHARE_FIGURES)
def share(slug: str) -> str:
    """List the share links."""
    return _shown(slug, Form())


@console.post("/campaigns/<slug>/share")
@allows(Act.SHARE_FIGURES)
def make_share(slug: str) -> Response | str:
    """Make a share link, which is shown this once."""
    form = Form()
    purpose, days = form.read("purpose", _purpose), form.read("days", _days)
    if purpose is None or days is None:
        return make_response(_shown(slug, form), HTTPStatus.UNPROCESSABLE_ENTITY)
    url = make_share_link(desk(), by(), current_member(), slug, purpose, days)
    return _shown(slug, form, f"{url}?page={form['page']}" if form["page"] in _pages(slug) else url)


@console.post("/campaigns/<slug>/share/<link_id>/end")
@allows(Act.SHARE_FIGURES)
def end_share(slug: str, link_id: str) -> Response:
    """End a share link."""
    if not revoke_share_link(desk(), by(), slug, link_id):
        abort(HTTPStatus.NOT_FOUND)
    tell_undoable("That link is ended.", url_for("console.reinstate_share", slug=slug, link_id=link_id))
    return redirect(url_for("console.share", slug=slug), HTTPStatus.SEE_OTHER)


@console.post("/campaigns/<slug>/share/<link_id>/reinstate")
@allows(Act.SHARE_FIGURES)
def reinstate_share(slug: str, link_id: str) -> Response:
    """Let a share link be good again that was ended a moment ago."""
    if not reinstate_share_link(desk(), by(), slug, link_id):
        abort(HTTPStatus.NOT_FOUND, "That link was ended a while ago, or has expired. Make a new one.")
    flash("That link is good again.")
    return redirect(url_for("console.share", slug=slug), HTTPStatus.SEE_OTHER)


@console.get("/shared/<token>")
@is_open
def open_share(token: str) -> Response:
    """Open a share link: lead to the page that it names, or to the first one that its holder may see."""
    guest = open_share_link(desk(), token)
    if guest is None:
        return make_response(render_template("console/link_gone.html"), HTTPStatus.GONE)
    pages = _pages(guest.campaign)
    answer = redirect(pages.get(request.args.get("page", "")) or next(iter(pages.values())), HTTPStatus.SEE_OTHER)
    cookies.keep_share(answer, token)
    return answer


def _shown(slug: str, form: Form, url: str = "") -> str:
    given = {
        "links": list_share_links(desk(), slug),
        "lifetimes": LIFETIMES,
        "page": request.args.get("page", ""),
        "page_names": [(name, name.capitalize()) for name in _pages(slug)],
    }
    return render_template("console/share.html", slug=slug, form=form, url=url, **given)


def _pages(slug: str) -> dict[str, str]:
    """The pages of a campaign that the holder of a share link may see, by their names in the rail."""
    return {link.label.lower(): link.href for link in links_of(Guest(slug), slug)}


def _purpose(text: str) -> str:
    purpose = " ".join(text.split())
    if not 0 < len(purpose) <= _LONGEST_PURPOSE:
        raise ValueError(f"Say whom it is for, in at most {_LONGEST_PURPOSE} characters.")
    return purpose


def _days(text: str) -> int:
    if not text.isdecimal() or int(text) not in LIFETIMES:
        raise ValueError("Choose how long it is good for.")
    return int(text)
