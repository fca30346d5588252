"""The preview of a campaign: the draft as a call, in all of its languages."""

from collections.abc import Mapping

from flask import render_template, request

from app.domain.drafts import Body
from app.domain.languages import LANGUAGE_WORDS
from app.domain.roles import Act
from app.services.drafts import open_draft
from app.services.preview import minutes, previews, read_moment, read_walk, zone_of
from app.services.recording_titles import lengths
from app.web.console import calls_shown
from app.web.console.guard import allows, console, of_drafts
from app.web.parts import desk

FRAGMENT = "Patchline-Fragment"
"""What a request has in its head that wants the changing part of a page alone."""


@console.get("/campaigns/<slug>/preview")
@of_drafts
@allows(Act.EDIT_CAMPAIGNS)
def preview(slug: str) -> str:
    """Play the draft as it is saved."""
    draft = open_draft(desk(), slug)
    page = "call" if FRAGMENT in request.headers else "page"
    return render_template(f"console/preview/{page}.html", draft=draft, **given(draft.body, request.args))


def given(body: Body, asked: Mapping[str, str]) -> dict[str, object]:
    """What the template of a preview needs; `asked` are the fields of a form or an address."""
    zone, walk = zone_of(body), read_walk(asked.get("walk", ""))
    moment = read_moment(asked.get("preview_at", ""), zone, desk().clock.now())
    calls = previews(body, walk, moment, lengths(desk().database, body))
    codes = [call.language for call in calls]
    language = asked.get("preview_language", "")
    return {
        "calls": calls,
        "walk": walk,
        "preview_at": moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M"),
        "moment_words": calls_shown.moment_words(moment, zone),
        "is_now": not asked.get("preview_at"),
        "zone_words": calls_shown.zone_words(zone, moment),
        "preview_language": language if language in codes else codes[0],
        "language_words": LANGUAGE_WORDS,
        "minutes": minutes,
    }
