"""Secrets that a demo makes for itself on its first start, and keeps in the instance folder."""

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from app.config.secret import Secret


class DemoSecretError(Exception):
    """Names the file of a secret that cannot be read or made, and what to do."""


def random_secret() -> str:
    """Makes a secret that nobody can find by trying."""
    return secrets.token_hex(32)


def kept_secret(file: Path, make: Callable[[], str] = random_secret) -> Secret:
    """Gives the secret kept in a file, after making both if there is none yet."""
    try:
        if not file.exists():
            _keep(file, make())
        text = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as problem:
        reason = getattr(problem, "strerror", None) or "not plain text"
        raise DemoSecretError(
            f"{file} cannot be read or made ({reason}): give this program the rights to it, or"
            " name another INSTANCE_DIR."
        ) from problem
    if not text:
        raise DemoSecretError(f"{file} is empty: delete it, and the next start makes a new one.")
    return Secret(text)


def _keep(file: Path, secret: str) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}-{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(f"{secret}\n")
            stream.flush()
            os.fsync(stream.fileno())
        # A link appears whole and only once: of two processes that race, both read the first's.
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)
    finally:
        draft.unlink()
