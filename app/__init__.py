"""Patchline: an open-source patch-through calling service."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.config import Settings
    from app.domain.clock import Clock
    from app.services.rehearsals import Rehearsals
    from app.web.application import Patchline


def create_app(
    settings: "Settings", clock: "Clock | None" = None, rehearsals: "Rehearsals | None" = None
) -> "Patchline":
    """Join the parts into a Flask app: the one place that knows them all.

    `rehearsals` are those of the app that this one is a copy of, for a call on the phone in the browser.
    """
    # Imported here, so that the parts can be used without the web.
    from app.services.desk import open_desk
    from app.services.kept_campaigns import KeptCampaigns
    from app.services.open_hotline import open_hotline
    from app.services.warm_up import warm_up
    from app.web import audio, carrier, errors, health, messaging, metering, pages, voice
    from app.web.application import Patchline

    hotline = open_hotline(settings, clock)
    app = Patchline(settings, hotline, open_desk(settings, hotline.database, hotline.clock))
    warm_up(app.hotline, KeptCampaigns(settings.instance_dir))
    if settings.is_demo:
        app.rehearsals = rehearsals or _new_rehearsals(app)
        _mount_stand_in(app)
    metering.meter(app, carrier.PREFIXES)
    carrier.guard(app)
    errors.handle(app)
    app.register_blueprint(health.health)
    app.register_blueprint(metering.metering)
    app.register_blueprint(voice.voice)
    app.register_blueprint(messaging.messaging)
    app.register_blueprint(audio.audio)
    pages.serve(app, settings)
    return app


def _mount_stand_in(app: "Patchline") -> None:
    from werkzeug.middleware.dispatcher import DispatcherMiddleware

    from app.services.rest_stand_in import PATH, RestStandIn

    stand_in = RestStandIn(app.settings, app.hotline.clock, app.hotline.database)
    app.closing.callback(stand_in.close)
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {PATH: stand_in})  # type: ignore[method-assign]  # Flask's way


def _new_rehearsals(app: "Patchline") -> "Rehearsals":
    from app.services.rehearsals import Rehearsals

    def make_copy(settings: "Settings", clock: "Clock") -> "Patchline":
        return create_app(settings, clock, made)

    made = Rehearsals(make_copy, app.settings, app.hotline.database)
    app.closing.callback(made.close)
    return made
