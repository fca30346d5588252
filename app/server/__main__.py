"""Starts the server: settings, database, demo campaign, listening socket, gunicorn.

Without an argument as `scripts/run` does it, with `serve` for production, with `restart` anew without a refused call.
"""

import contextlib
import os
import sys
from pathlib import Path

from app.config import PROJECT_DIR, Settings, SettingsError
from app.logs import configure_logs, get_logger
from app.server.listening import CannotListenError, is_inherited, listen
from app.server.metrics_folder import begin_counting
from app.server.restart import NotRestarted, restart

BAD_SETTINGS = 2
CANNOT_START = 1
ACTS = ("run", "serve", "restart")


def main(act: str = "run") -> int:
    """Serves until it is told to stop; gives the exit status."""
    _open_missing_streams()
    if act not in ACTS:
        return _refused(f"{act!r} is none of {', '.join(ACTS)}.", BAD_SETTINGS)
    try:
        settings = Settings.load(os.environ, PROJECT_DIR / ".env", processes=_processes(act))
    except SettingsError as problem:
        return _refused(str(problem), BAD_SETTINGS)
    configure_logs(settings.log_level)
    pid_file = settings.instance_dir / "server.pid"
    try:
        if act == "restart":
            print(f"The server was started anew, as process {restart(pid_file)}.")
            return 0
        return _serve(settings, pid_file if act == "serve" else None)
    except (CannotListenError, NotRestarted) as problem:
        return _refused(str(problem), CANNOT_START)


def _serve(settings: Settings, pid_file: Path | None) -> int:
    begin_counting(settings.instance_dir / "metrics")
    listener = None if is_inherited() else listen(settings.host, settings.port)
    # Heavy to import, and not needed to tell a bad setting. The processes to come share what is imported by now.
    import app.web.pages  # noqa: F401
    from app import create_app
    from app.server.serving import serve
    from app.services.kept_campaigns import NAME as KEPT
    from app.services.prepare import prepare
    from app.services.starting import CannotStart, check_disk
    from app.store.database import StoreUnavailable

    is_prepared = True
    try:
        check_disk(settings)
        prepare(settings)
    except CannotStart as problem:
        return _refused(str(problem), CANNOT_START)
    except StoreUnavailable as problem:
        if not (settings.instance_dir / KEPT).exists():
            return _refused(str(problem), CANNOT_START)
        # Calls are answered from the campaigns on the disk, and recorded in the journal.
        is_prepared = False
        get_logger(__name__).error("started_without_database", problem=str(problem))
    return serve(settings, listener, create_app, pid_file, is_prepared=is_prepared)


def _processes(act: str) -> int:
    """In production a process for each core: Python uses one at a time."""
    return os.cpu_count() or 1 if act == "serve" else 1


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
    sys.exit(main(*sys.argv[1:2]))
