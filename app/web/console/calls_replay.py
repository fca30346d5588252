"""A call that was made, walked again through its campaign as it is now."""

from http import HTTPStatus

from flask import abort

from app.domain.languages import LANGUAGE_WORDS
from app.domain.roles import Act
from app.services.preview import minutes
from app.services.replay_call import replay_call
from app.web.console.calls_detail import campaign_for
from app.web.console.calls_render import render_calls
from app.web.console.guard import allows, console, is_allowed
from app.web.parts import desk


@console.get("/calls/<call_sid>/replay")
@allows(Act.SEE_CALLS)
def replay(call_sid: str) -> str:
    """Show what the steps of a call lead to now."""
    slug = campaign_for(call_sid, Act.SEE_CALLS)
    replayed = replay_call(desk(), call_sid) or abort(HTTPStatus.NOT_FOUND)
    may_edit = is_allowed(Act.EDIT_CAMPAIGNS, slug)
    return render_calls("replay", replayed=replayed, may_edit=may_edit, minutes=minutes, languages=LANGUAGE_WORDS)
