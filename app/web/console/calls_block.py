"""Blocking who made a call, and the list of all blocks."""

from datetime import datetime
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.roles import Act
from app.services.block_caller import (
    DAYS,
    NobodyKnown,
    block_caller,
    lift_block,
    list_blocks,
    put_block_back,
    unblock_caller,
)
from app.web.console.calls_detail import campaign_for
from app.web.console.guard import allows, console
from app.web.console.undo import tell_undoable
from app.web.console.visit import by
from app.web.parts import desk, hotline


@console.post("/calls/<call_sid>/block")
@allows(Act.BLOCK_CALLERS)
def block_call(call_sid: str) -> Response:
    """Block who made a call."""
    slug = campaign_for(call_sid, Act.BLOCK_CALLERS)
    days = request.form.get("days", type=int) or 0
    if not 1 <= days <= max(DAYS):
        abort(HTTPStatus.BAD_REQUEST, f"A block lasts between a day and {max(DAYS)} days.")
    try:
        block_caller(desk(), hotline().keys, by(), slug, call_sid, days)
        told = f"The caller is blocked for {days} days: their next call hears that it cannot be put through."
        tell_undoable(told, url_for("console.unblock_call", call_sid=call_sid))
    except NobodyKnown:
        flash("Nothing is known of who made this call, so nobody can be blocked by it.")
    return _back(call_sid)


@console.post("/calls/<call_sid>/unblock")
@allows(Act.BLOCK_CALLERS)
def unblock_call(call_sid: str) -> Response:
    """Lift the block of who made a call."""
    slug = campaign_for(call_sid, Act.BLOCK_CALLERS)
    left = unblock_caller(desk(), by(), slug, call_sid)
    if left is None:
        flash("The caller was not blocked.")
    else:
        tell_undoable("The block is lifted.", url_for("console.block_call", call_sid=call_sid), days=str(left))
    return _back(call_sid)


@console.get("/blocks")
@allows(Act.LIFT_BLOCKS)
def blocks() -> str:
    """List the blocks in force."""
    return render_template("console/blocks.html", blocks=list_blocks(desk()))


@console.post("/blocks/<int:block_id>/lift")
@allows(Act.LIFT_BLOCKS)
def lift_one(block_id: int) -> Response:
    """Lift a block."""
    gone = lift_block(desk(), by(), block_id) if block_id < 2**31 else None
    if gone is None:
        flash("There is no such block any more.")
    else:
        undo = url_for("console.put_back", block_id=block_id)
        tell_undoable(f"The block of {gone.caller} is lifted.", undo, until=gone.expires_at.isoformat())
    return redirect(url_for("console.blocks"), HTTPStatus.SEE_OTHER)


@console.post("/blocks/<int:block_id>/put-back")
@allows(Act.LIFT_BLOCKS)
def put_back(block_id: int) -> Response:
    """Put a block back that was lifted."""
    until = _moment(request.form.get("until", ""))
    back = put_block_back(desk(), by(), block_id, until) if until and block_id < 2**31 else None
    flash(f"The block of {back.caller} is back." if back else "There is no such block any more.")
    return redirect(url_for("console.blocks"), HTTPStatus.SEE_OTHER)


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _back(call_sid: str) -> Response:
    return redirect(url_for("console.call", call_sid=call_sid), HTTPStatus.SEE_OTHER)
