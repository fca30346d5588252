"""The call log of a campaign: its pages and its export."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, abort, request

from app.domain.phone_numbers import readable
from app.domain.roles import Act
from app.services.call_log import CallLog, LogPage, log_page, nearest, open_log
from app.services.call_query import LONGEST_SEARCH, CallQuery, day_faults
from app.services.call_views import BUILT_IN, list_views
from app.services.export_calls import ExportFormat
from app.services.export_log import TooManyExports, export_log
from app.services.log_look import Column
from app.store.call_log_pages import Way
from app.store.campaigns import UnknownCampaign
from app.web.console import calls_shown as shown
from app.web.console.calls_address import BY_OFFICE, by_office, list_url, read_place, view_url, write_place
from app.web.console.calls_look import look_of
from app.web.console.calls_quick import quick_groups
from app.web.console.calls_render import render_calls
from app.web.console.forms import Form
from app.web.console.guard import allows, console, current_member
from app.web.console.visit import by
from app.web.parts import desk, hotline

_TYPES = {ExportFormat.CSV: "text/csv", ExportFormat.JSONL: "application/jsonl"}


@console.get("/campaigns/<slug>/calls")
@allows(Act.SEE_CALLS)
def calls(slug: str) -> str:
    """Show a page of the calls that the address asks for."""
    return shown_log(slug, request.args, Form())


def shown_log(slug: str, asked: Mapping[str, str], form: Form, renamed: int = 0) -> str:
    """The calls that are asked for, with the form of a view as it was posted; `renamed` is the view that it renames."""
    log, query, way = the_log(slug), CallQuery.read(asked), _way(asked)
    form.errors |= day_faults(asked)
    look = look_of()
    page = log_page(desk(), log, query, way, with_keys=Column.KEYS in look.chosen)
    hint = nearest(desk(), log, query) if query.wishes and not page.lines and not page.gave_up else None
    typed = {name: asked.get(name, "")[:LONGEST_SEARCH] for name in ("since", "until")}
    shown_with = {"look": look, "hint": hint, "form": form, "typed": typed, "renamed": renamed}
    return render_calls("list", **_given(log, query, page, by_office(asked)), **shown_with)


@console.post("/campaigns/<slug>/calls/export")
@allows(Act.EXPORT_CALLS)
def export_calls(slug: str) -> Response:
    """Stream exactly the calls, or office calls, that the form asks for."""
    log, query = the_log(slug), CallQuery.read(request.form)
    form = ExportFormat.JSONL if request.form.get("form") == ExportFormat.JSONL else ExportFormat.CSV
    # What was typed is quoted: it must not read as if it were the audit's own words.
    told = ((name, repr(value) if name == "q" else value) for name, value in query.wishes.items())
    legs = by_office(request.form) == BY_OFFICE
    asked = ", ".join(shown.label_of(log, name, value) for name, value in told)
    try:
        export = export_log(desk(), by(), log, query, form, asked, legs=legs)
    except TooManyExports as refused:
        abort(HTTPStatus.TOO_MANY_REQUESTS, str(refused))
    answer = Response(export, mimetype=_TYPES[form])
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="{"office-calls" if legs else "calls"}-{slug}-{log.today}.{form}"'
    )
    return answer


def the_log(slug: str) -> CallLog:
    """The log of a campaign; what is none ends the request."""
    try:
        return open_log(desk(), slug)
    except UnknownCampaign:
        abort(HTTPStatus.NOT_FOUND)


def _way(asked: Mapping[str, str]) -> Way:
    legs = bool(by_office(asked))
    if before := read_place(asked.get("before", "")):
        return Way(before, backwards=True, legs=legs)
    return Way(read_place(asked.get("after", "")), legs=legs)


def _given(log: CallLog, query: CallQuery, page: LogPage, by: str) -> dict[str, Any]:
    slug = log.campaign.slug
    beside = {"newer": ("before", page.newer), "older": ("after", page.older)}
    return {
        "log": log,
        "query": query,
        "page": page,
        "by": by,
        "number_words": readable(log.campaign.number or hotline().default_number),
        "now": desk().clock.now(),
        "chips": shown.chips(log, query, by),
        "choices": shown.choices(log),
        "quick_groups": quick_groups(log, query, by),
        "flags": list(shown.flags(query)),
        "built_in": [(name, list_url(slug, wishes, by), wishes == query.wishes) for name, wishes in BUILT_IN],
        "views": [(each.view, view_url(slug, each)) for each in list_views(desk(), log.id, current_member())],
        **{
            name: list_url(slug, query.wishes, by, **{way: write_place(at)}) for name, (way, at) in beside.items() if at
        },
    }
