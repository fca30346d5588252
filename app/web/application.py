"""The Flask application with the parts that create_app joins."""

from collections.abc import Callable
from contextlib import ExitStack
from io import BytesIO
from typing import Any

from flask import Flask, Request

from app.config import Settings
from app.services.account_watch import AccountWatch
from app.services.desk import Desk
from app.services.hotline import Hotline
from app.services.live_watch import LiveWatch
from app.services.rehearsals import Rehearsals
from app.web.compiled import CompiledTemplates

# A webhook's form is a few kilobytes; the rest of what is posted here is small too.
_MAX_BODY_BYTES = 64 * 1024
_MAX_FORM_PARTS = 200


class _Upload(Request):
    """A request whose files stay in memory: they are small, and nobody's voice is left in a temporary folder."""

    def _get_file_stream(self, *_: object, **__: object) -> BytesIO:
        return BytesIO()


class Patchline(Flask):
    """An application that knows its settings and the parts behind its pages, and lets go of what it holds open."""

    request_class = _Upload
    jinja_options = {**Flask.jinja_options, "bytecode_cache": CompiledTemplates()}  # noqa: RUF012 -- Flask's own way

    def __init__(self, settings: Settings, hotline: Hotline, desk: Desk) -> None:
        """Take the parts."""
        super().__init__("app.web")
        self.settings = settings
        self.hotline = hotline
        self.desk = desk
        self.live = LiveWatch()
        self.account = AccountWatch()
        # What was noticed since the start and is nobody's fault but the settings', by part.
        self.notices: dict[str, str] = {}
        self.rehearsals: Rehearsals | None = None
        self.closing = ExitStack()
        self.closing.callback(hotline.database.close)
        self.closing.callback(self.live.end)
        self.config["MAX_CONTENT_LENGTH"] = _MAX_BODY_BYTES
        self.config["MAX_FORM_PARTS"] = _MAX_FORM_PARTS

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Take each handler as it is: Flask asks of a dozen a request, and none of ours is async."""
        return func

    def close(self) -> None:
        """Close what is open, at the end of the application's life."""
        self.closing.close()
