"""The live board: a page, what its script is sent as things happen, and the small answer that it asks for otherwise."""

import json
from collections.abc import Iterator
from http import HTTPStatus

from flask import Response, abort, render_template, request, stream_with_context
from werkzeug.wrappers import Response as AnyResponse

from app.domain.roles import Act, Guest, Member, may
from app.logs import get_logger
from app.services.live_board import Board
from app.services.live_watch import Pass, follow
from app.services.tokens import hashed
from app.store.database import StoreUnavailable
from app.web.console import cookies
from app.web.console.calls_shown import zone_words
from app.web.console.guard import allows, console, viewer, viewer_email
from app.web.console.live_shown import shown
from app.web.parts import desk, live_watch

_log = get_logger(__name__)

_STREAM = "text/event-stream"
_RETRY_MS = 2000


@console.get("/campaigns/<slug>/live")
@allows(Act.SEE_FIGURES)
def live(slug: str) -> str:
    """Show the board as it is now; a script keeps it so."""
    board = live_watch().boards.show(desk(), slug)
    given = {**_given(slug, board, viewer()), "now": desk().clock.now(), "zone_words": zone_words, "acts": Act}
    return render_template("console/live.html", **given)


@console.get("/campaigns/<slug>/live/now")
@allows(Act.SEE_FIGURES)
def live_now(slug: str) -> AnyResponse:
    """The board alone, for a script that gets no stream; 304 while nothing has changed."""
    board = live_watch().boards.show(desk(), slug)
    answer = Response(_told(slug, board, viewer()), mimetype="application/json")
    answer.add_etag()
    return answer.make_conditional(request)


@console.get("/campaigns/<slug>/live/stream")
@allows(Act.SEE_FIGURES)
def live_stream(slug: str) -> AnyResponse:
    """The board whenever it changes, as server-sent events; 204 where too many follow already, which ends an asking."""
    if _STREAM not in request.headers.get("Accept", ""):
        abort(HTTPStatus.NOT_ACCEPTABLE, "This address is for the script of the live board.")
    watch, by = live_watch(), _pass()
    if not watch.enter(by, viewer()):
        return Response(status=HTTPStatus.NO_CONTENT)
    answer = Response(stream_with_context(_events(slug, by)), mimetype=_STREAM)
    # Some proxies would keep the events until there are many of them.
    answer.headers["X-Accel-Buffering"] = "no"
    answer.call_on_close(lambda: watch.leave(by))
    return answer


def _pass() -> Pass:
    return (
        Pass(session=hashed(cookies.session_token())) if viewer_email() else Pass(share=hashed(cookies.share_token()))
    )


def _events(slug: str, by: Pass) -> Iterator[str]:
    last = ""
    yield f"retry: {_RETRY_MS}\n\n{_beat()}"
    try:
        for seen in follow(desk(), live_watch(), by, slug, live_watch().pause):
            told = _told(slug, seen.board, seen.viewer) if seen else last
            yield _beat() if told == last else f"event: board\ndata: {told}\n\n"
            last = told
    except StoreUnavailable as problem:
        # The page says that it waits, and asks again.
        _log.warning("live_stream_ended", problem=str(problem))


def _beat() -> str:
    """A sign of life, with the moment by which the page corrects its own clock."""
    return f"event: beat\ndata: {desk().clock.now().timestamp():.3f}\n\n"


def _told(slug: str, board: Board, who: Member | Guest) -> str:
    html = render_template("console/live_board.html", **_given(slug, board, who))
    return json.dumps({"html": html, "summary": _summary(board)})


def _given(slug: str, board: Board, who: Member | Guest) -> dict[str, object]:
    # On a wall is nobody's tag, however much whoever hung it there may see.
    wall = request.args.get("wall") == "1"
    tags = not wall and may(who, Act.SEE_CALLS, slug)
    return {"slug": slug, "board": board, "wall": wall, "tags": tags, **shown(board)}


def _summary(board: Board) -> str:
    return (
        f"{board.on_line} on the line, {board.talking} talking to an office; "
        f"calls today: {board.calls_today}, reached today: {board.reached_today}."
    )
