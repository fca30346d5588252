"""Patchline: an open-source patch-through calling service."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.config import Settings
    from app.domain.clock import Clock
    from app.web.application import Patchline


def create_app(settings: "Settings", clock: "Clock | None" = None) -> "Patchline":
    """Join the parts into a Flask app: the one place that knows them all."""
    # Imported here, so that the parts can be used without the web.
    from app.services.open_hotline import open_hotline
    from app.web import carrier, errors, health, pages, voice
    from app.web.application import Patchline

    app = Patchline(settings, open_hotline(settings, clock))
    carrier.guard(app)
    errors.handle(app)
    app.register_blueprint(health.health)
    app.register_blueprint(voice.voice)
    pages.serve(app, settings)
    return app
