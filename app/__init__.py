"""Patchline: an open-source patch-through calling service."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings
    from app.domain.clock import Clock


def create_app(settings: "Settings", clock: "Clock | None" = None) -> "Flask":
    """Join the parts into a Flask app: the one place that knows them all."""
    # Imported here, so that the parts can be used without the web.
    from flask import Flask

    from app.services.open_hotline import open_hotline
    from app.web import carrier, errors, health, parts, voice

    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    app.config["MAX_FORM_PARTS"] = 200
    parts.join(app, settings, open_hotline(settings, clock))
    carrier.guard(app)
    errors.handle(app)
    app.register_blueprint(health.health)
    app.register_blueprint(voice.voice)
    return app
