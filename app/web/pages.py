"""The pages that people look at, and what all of them share."""

from http import HTTPStatus

from flask import Response

from app.config import Settings
from app.web import headers
from app.web.application import Patchline
from app.web.console import serve as console
from app.web.home import home
from app.web.phone_api import phone_api
from app.web.phone_page import phone_page
from app.web.styleguide import styleguide


def serve(app: Patchline, settings: Settings) -> None:
    """Serve the pages; the phone only where the built-in carrier stands in for the real one."""
    headers.protect(app, settings)
    app.jinja_env.globals["is_demo"] = settings.is_demo
    app.after_request(_close_unsent)
    app.register_blueprint(home)
    app.register_blueprint(styleguide)
    console.serve(app)
    if settings.is_demo:
        app.register_blueprint(phone_page)
        app.register_blueprint(phone_api)


def _close_unsent(response: Response) -> Response:
    # The file behind "not modified" is open, and nobody reads it to its end.
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        response.close()
    return response
