"""The live board: a page, and the small answer that it asks for every five seconds."""

from typing import cast

from flask import current_app, jsonify, render_template, request
from werkzeug.wrappers import Response

from app.domain.roles import Act
from app.services.call_story import clock
from app.services.call_words import lasted, result_words
from app.services.live_board import Board, LiveBoards
from app.web.console.calls_shown import clock_s, zone_words
from app.web.console.guard import allows, console, is_allowed
from app.web.parts import desk

_SHARED = {"clock": clock, "clock_s": clock_s, "lasted": lasted, "result_words": result_words}


@console.get("/campaigns/<slug>/live")
@allows(Act.SEE_FIGURES)
def live(slug: str) -> str:
    """Show the board as it is now; a script keeps it so."""
    board = _board(slug)
    return render_template("console/live.html", **_given(slug, board), zone_words=zone_words)


@console.get("/campaigns/<slug>/live/now")
@allows(Act.SEE_FIGURES)
def live_now(slug: str) -> Response:
    """The board alone, for the script; 304 while nothing has changed."""
    board = _board(slug)
    html = render_template("console/live_board.html", **_given(slug, board))
    answer = jsonify(html=html, summary=_summary(board))
    answer.add_etag()
    return answer.make_conditional(request)


def _board(slug: str) -> Board:
    boards = current_app.extensions.setdefault("patchline.live_boards", LiveBoards())
    return cast("LiveBoards", boards).show(desk(), slug)


def _given(slug: str, board: Board) -> dict[str, object]:
    # On a wall is nobody's tag, however much whoever hung it there may see.
    wall = request.args.get("wall") == "1"
    tags = not wall and is_allowed(Act.SEE_CALLS, slug)
    return {"slug": slug, "board": board, "wall": wall, "tags": tags, **_SHARED}


def _summary(board: Board) -> str:
    return (
        f"{board.on_line} on the line, {board.talking} talking to an office; "
        f"calls today: {board.calls_today}, reached today: {board.reached_today}."
    )
