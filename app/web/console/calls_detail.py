"""One call: its story, notes on it, and outcomes corrected."""

from http import HTTPStatus

from flask import abort, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.roles import Act
from app.services.block_caller import DAYS, USUAL_DAYS
from app.services.call_detail import find_campaign, show_call
from app.services.call_query import TOLD
from app.services.call_words import result_words
from app.services.correct_outcome import correct_outcome
from app.services.note_call import note_call, read_note, withdraw_note
from app.web.console.calls_render import render_calls
from app.web.console.forms import Form
from app.web.console.guard import allows, console, is_allowed
from app.web.console.undo import tell_undoable
from app.web.console.visit import by
from app.web.parts import desk

_OUTCOMES = [(value, result_words(value)) for value in TOLD]


@console.get("/calls/<call_sid>")
@allows(Act.SEE_CALLS)
def call(call_sid: str) -> str:
    """Show a call."""
    return shown_call(call_sid, campaign_for(call_sid, Act.SEE_CALLS), Form())


@console.post("/calls/<call_sid>/notes")
@allows(Act.SEE_CALLS)
def add_call_note(call_sid: str) -> Response | tuple[str, int]:
    """Keep a note on a call, or say what is wrong with it."""
    slug, form = campaign_for(call_sid, Act.SEE_CALLS), Form()
    text = form.read("text", read_note)
    if text is None:
        return shown_call(call_sid, slug, form), HTTPStatus.UNPROCESSABLE_ENTITY
    note_id = note_call(desk(), by(), call_sid, text)
    tell_undoable("The note is added.", url_for("console.withdraw_call_note", call_sid=call_sid, note_id=note_id))
    return redirect(url_for("console.call", call_sid=call_sid, _anchor="notes"), HTTPStatus.SEE_OTHER)


@console.post("/calls/<call_sid>/notes/<int:note_id>/withdraw")
@allows(Act.SEE_CALLS)
def withdraw_call_note(call_sid: str, note_id: int) -> Response:
    """Take back a note of one's own."""
    campaign_for(call_sid, Act.SEE_CALLS)
    is_gone = note_id < 2**31 and withdraw_note(desk(), by(), call_sid, note_id)
    flash("The note is withdrawn." if is_gone else "There is no such note of yours.")
    return redirect(url_for("console.call", call_sid=call_sid, _anchor="notes"), HTTPStatus.SEE_OTHER)


@console.post("/calls/<call_sid>/legs/<int:leg>/outcome")
@allows(Act.CORRECT_CALLS)
def correct_call(call_sid: str, leg: int) -> Response:
    """Correct what a caller told of an office call."""
    slug = campaign_for(call_sid, Act.CORRECT_CALLS)
    outcome = request.form.get("outcome", "")
    if outcome not in TOLD or leg >= 2**31:
        abort(HTTPStatus.BAD_REQUEST, "This is no outcome of an office call.")
    was = correct_outcome(desk(), by(), slug, call_sid, leg, outcome)
    if was is None:
        flash("Nothing was to be corrected.")
    else:
        tell_undoable("The outcome is corrected; the original is kept.", request.path, outcome=was)
    return redirect(url_for("console.call", call_sid=call_sid, _anchor="offices"), HTTPStatus.SEE_OTHER)


def shown_call(call_sid: str, slug: str, form: Form) -> str:
    """The page of a call, with a form as it was posted."""
    page = show_call(desk(), call_sid)
    may_correct = is_allowed(Act.CORRECT_CALLS, slug)
    may_block, may_erase = is_allowed(Act.BLOCK_CALLERS, slug), is_allowed(Act.ERASE_CALLERS, slug)
    blocking = {"may_block": may_block, "may_erase": may_erase, "block_days": DAYS, "usual_days": USUAL_DAYS}
    return render_calls("detail", page=page, outcomes=_OUTCOMES, may_correct=may_correct, form=form, **blocking)


def campaign_for(call_sid: str, act: Act) -> str:
    """The call's campaign, if whoever asks may do this to it; else there is nothing at the address."""
    slug = find_campaign(desk(), call_sid)
    if slug is None or not is_allowed(act, slug):
        abort(HTTPStatus.NOT_FOUND)
    g.campaign_of_call = slug
    return slug
