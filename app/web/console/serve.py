"""Serves the console: the guard before it, its pages, and what its templates use."""

from app.domain.phone_numbers import readable
from app.services.carrier_watch import Trouble
from app.services.readiness import seconds_behind
from app.web.application import Patchline
from app.web.console import (
    account,
    account_factor,
    audit,
    calls,
    calls_block,
    calls_detail,
    calls_erase,
    calls_look,
    calls_marks,
    calls_replay,
    calls_search,
    calls_views,
    campaign_erase,
    csrf,
    guard,
    home,
    link_pages,
    live,
    nav,
    numbers,
    offices,
    overview,
    pause_all,
    people,
    person,
    preview,
    search,
    second_factor,
    settings,
    share,
    shortcuts,
    sign_in,
)
from app.web.console.editor import edit, new, review, versions, voice
from app.web.console.editor import offices as edit_offices
from app.web.console.editor import undo as edit_undo
from app.web.console.moments import moment, the_organization
from app.web.console.names import campaign_name

PAGES = (
    account,
    account_factor,
    audit,
    home,
    link_pages,
    live,
    numbers,
    offices,
    overview,
    pause_all,
    people,
    person,
    preview,
    search,
    second_factor,
    settings,
    share,
    sign_in,
    calls,
    calls_block,
    calls_detail,
    calls_erase,
    calls_look,
    calls_marks,
    calls_replay,
    calls_search,
    calls_views,
    campaign_erase,
    edit,
    edit_offices,
    edit_undo,
    new,
    review,
    versions,
    voice,
)
"""The modules whose routes are the console's; importing them is what adds the routes to the blueprint."""


def _carrier_trouble(app: Patchline) -> Trouble | None:
    """What keeps the carrier from this server, for organizers alone."""
    if not guard.viewer_email():
        return None
    hotline = app.hotline
    return hotline.watch.trouble(hotline.database, hotline.clock, has_message=bool(app.settings.fallback_url))


def serve(app: Patchline) -> None:
    """Serve the console of an app."""
    guard.protect(app)
    app.register_blueprint(guard.console)
    # Flask's own session carries nothing but notices to the next page.
    app.secret_key = app.desk.key(b"notices")
    app.config["SESSION_COOKIE_NAME"] = "__Host-patchline-notice" if app.settings.is_https else "patchline-notice"
    app.config["SESSION_COOKIE_SECURE"] = app.settings.is_https
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    app.jinja_env.globals.update(
        csrf_field=csrf.csrf_field,
        csrf_token=csrf.csrf_token,
        is_allowed=guard.is_allowed,
        campaign_links=nav.campaign_links,
        general_links=nav.general_links,
        switcher=nav.switcher,
        silent_campaign=nav.silent_campaign,
        campaign_name=campaign_name,
        seconds_behind=lambda: seconds_behind(app.hotline),
        carrier_trouble=lambda: _carrier_trouble(app),
        shortcuts=shortcuts.shortcuts,
        keys_are_on=shortcuts.keys_are_on,
        viewer_email=guard.viewer_email,
        the_organization=the_organization,
    )
    app.jinja_env.filters["moment"] = moment
    app.jinja_env.filters["campaign_name"] = campaign_name
    app.jinja_env.filters["readable"] = readable
