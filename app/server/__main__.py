"""Starts the server: settings, database, demo campaign, listening socket, gunicorn."""

import contextlib
import os
import sys

from app.config import PROJECT_DIR, Settings, SettingsError
from app.logs import configure_logs
from app.server.listening import CannotListenError, listen

BAD_SETTINGS = 2
CANNOT_START = 1


def main() -> int:
    """Serves until it is told to stop; gives the exit status."""
    _open_missing_streams()
    try:
        settings = Settings.load(os.environ, PROJECT_DIR / ".env")
    except SettingsError as problem:
        return _refused(str(problem), BAD_SETTINGS)
    configure_logs(settings.log_level)
    try:
        listener = listen(settings.host, settings.port)
    except CannotListenError as problem:
        return _refused(str(problem), CANNOT_START)
    # Heavy to import, and not needed to tell a bad setting.
    from app import create_app
    from app.server.serving import serve
    from app.services.prepare import prepare

    prepare(settings)
    return serve(settings, listener, create_app)


def _refused(reason: str, status: int) -> int:
    print(reason, file=sys.stderr)
    return status


def _open_missing_streams() -> None:
    """Keeps the first file that is opened from becoming standard output by its number."""
    for stream in (0, 1, 2):
        with contextlib.suppress(OSError):
            os.fstat(stream)
            continue
        os.open(os.devnull, os.O_RDWR)


if __name__ == "__main__":
    sys.exit(main())
