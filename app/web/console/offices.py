"""The offices of a campaign: how they stand, closing one for a day, and keeping that somebody has verified one."""

from datetime import date, datetime, timedelta
from http import HTTPStatus

from flask import abort, flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.domain.documents import DocumentError
from app.domain.documents.values import day as read_day
from app.domain.phone_numbers import readable
from app.domain.roles import Act
from app.services.call_story import clock
from app.services.figures_charts import share
from app.services.office_board import OfficeNow, read_offices
from app.services.office_care import UnknownOffice, set_closed, unverify_office, verify_office
from app.store.campaigns import NumberTaken
from app.web.console.calls_shown import day_words
from app.web.console.editor.offices_list import hours_words
from app.web.console.editor.review import publisher
from app.web.console.forms import Form
from app.web.console.guard import allows, console, viewer_email
from app.web.console.log_links import log_links
from app.web.console.undo import tell_undoable
from app.web.console.visit import by
from app.web.parts import desk

_WEEK = timedelta(days=7)


@console.get("/campaigns/<slug>/offices")
@allows(Act.SEE_FIGURES)
def offices(slug: str) -> str:
    """Show how the offices stand."""
    return _shown(slug, Form())


@console.post("/campaigns/<slug>/offices/<office>/close")
@allows(Act.EDIT_CAMPAIGNS)
def close_office(slug: str, office: str) -> Response:
    """Close an office for a day: callers hear so at once."""
    form = Form()
    day = form.read("day" if form["day"] else "date", read_day)
    if day is None:
        return make_response(_shown(slug, form, office), HTTPStatus.UNPROCESSABLE_ENTITY)
    return _set_closed(slug, office, day, is_closed=True)


@console.post("/campaigns/<slug>/offices/<office>/open")
@allows(Act.EDIT_CAMPAIGNS)
def open_office(slug: str, office: str) -> Response:
    """Open an office again on a day on which it alone was closed."""
    day = Form().read("day", read_day)
    if day is None:
        abort(HTTPStatus.NOT_FOUND, "That is no day.")
    return _set_closed(slug, office, day, is_closed=False)


@console.post("/campaigns/<slug>/offices/<office>/verified")
@allows(Act.EDIT_CAMPAIGNS)
def office_verified(slug: str, office: str) -> Response:
    """Keep that whoever asks has verified an office."""
    try:
        name, is_confirmed = verify_office(desk(), publisher(), by(), slug, office, with_hours=Form().has("hours"))
        undo = url_for("console.office_unverified", slug=slug, office=office)
        tell_undoable(f"{name} is verified.", undo, **({"hours": "on"} if is_confirmed else {}))
    except UnknownOffice as error:
        abort(HTTPStatus.NOT_FOUND, str(error))
    except (NumberTaken, DocumentError) as error:
        flash(f"Not kept: {error}")
    return _back(slug, office)


@console.post("/campaigns/<slug>/offices/<office>/unverified")
@allows(Act.EDIT_CAMPAIGNS)
def office_unverified(slug: str, office: str) -> Response:
    """Take back that whoever asks has verified an office."""
    try:
        name = unverify_office(desk(), publisher(), by(), slug, office, assume_hours=Form().has("hours"))
        flash(f"{name} is verified no longer." if name else "There is no such verification of yours.")
    except UnknownOffice as error:
        abort(HTTPStatus.NOT_FOUND, str(error))
    except (NumberTaken, DocumentError) as error:
        flash(f"Not changed: {error}")
    return _back(slug, office)


def _set_closed(slug: str, office: str, day: date, *, is_closed: bool) -> Response:
    did = "closed" if is_closed else "open as usual"
    opposite = "console.open_office" if is_closed else "console.close_office"
    try:
        name, done = set_closed(desk(), publisher(), by(), slug, office, day, is_closed=is_closed)
        told = f"{name} is {did} on {day_words(day)}: version {done.version} says so."
        if done.is_new:
            tell_undoable(told, url_for(opposite, slug=slug, office=office), day=day.isoformat())
        else:
            flash(f"{name} was {did} on {day_words(day)} already.")
    except UnknownOffice as error:
        abort(HTTPStatus.NOT_FOUND, str(error))
    except (NumberTaken, DocumentError) as error:
        flash(f"Not changed: {error}")
    return _back(slug, office)


def _back(slug: str, office: str) -> Response:
    return redirect(url_for("console.offices", slug=slug, _anchor=f"office-{office}"), HTTPStatus.SEE_OTHER)


def _shown(slug: str, form: Form, wrong: str = "") -> str:
    log, found = read_offices(desk(), slug)
    words = {"day_words": day_words, "readable": readable, "opening": opening_words, "rate": rate_words}
    return render_template(
        "console/offices.html",
        log=log,
        slug=slug,
        offices=found,
        to_log=log_links(log, {}),
        form=form,
        wrong=wrong,
        acts=Act,
        names_people=bool(viewer_email()),
        clock=clock,
        hours_words=hours_words,
        tomorrow=timedelta(days=1),
        **words,
    )


def opening_words(each: OfficeNow) -> str:
    """Until when an office is open, or when it opens, in its own time."""
    if each.closes:
        return f"until {_at(each.closes)}"
    return f"opens {_on(each.opens, each.local)} at {_at(each.opens)}" if each.opens else "opens on no day ahead"


def rate_words(n: int, whole: int) -> str:
    """A part of the calls in percent, or as it is where it is small."""
    return share(n, whole) or f"{n:,} of {whole:,}"


def _at(moment: datetime) -> str:
    return f"{clock(moment, moment.tzinfo)} {moment:%Z}"  # type: ignore[arg-type]  # a calendar's own zone


def _on(moment: datetime, local: datetime) -> str:
    if moment.date() == local.date():
        return "today"
    return f"{moment:%A}" if moment.date() - local.date() < _WEEK else day_words(moment.date())
