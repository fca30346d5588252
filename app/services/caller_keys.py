"""The keys of supporters' pseudonyms: one a campaign, in files beside the database, destroyed for good on request."""

import hashlib
import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from app.config import Settings
from app.domain.documents import read_slug
from app.logs import get_logger

_log = get_logger(__name__)

_LENGTH = 32
_MOST_BYTES = 4096
# No campaign has this slug.
_BLOCKS = "_blocks.key"


class CallerKeys:
    """A directory of secrets, each of which makes its campaign's key together with the installation's master key.

    The files are read anew each time: a key that was destroyed is gone for every process at once.
    """

    def __init__(self, directory: Path, master: bytes) -> None:
        """Take the directory, which is made with the first secret, and the master key."""
        self._directory = directory
        self._master = master

    def key(self, slug: str) -> bytes | None:
        """The campaign's key; None if its secret is missing or destroyed: supporters are then served without memory."""
        secret = self._read(self._file(slug))
        if secret is None:
            return None
        return hmac.new(self._master, b"caller-key-v1|" + slug.encode() + b"|" + secret, hashlib.sha256).digest()

    def key_of_blocks(self) -> bytes | None:
        """The key of blocked numbers, which is none of a campaign's: no table can be joined by it. None before any."""
        secret = self._read(self._directory / _BLOCKS)
        return None if secret is None else hmac.new(self._master, b"block-key-v1|" + secret, hashlib.sha256).digest()

    def create(self, slug: str) -> None:
        """Make the campaign's secret unless it has one; two processes at once make one."""
        self._create(self._file(slug))

    def create_for_blocks(self) -> None:
        """Make the secret of the blocks unless there is one."""
        self._create(self._directory / _BLOCKS)

    def _read(self, file: Path) -> bytes | None:
        try:
            # Each turn reads it, and Python's file objects take ten times as long.
            descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
            try:
                return os.read(descriptor, _MOST_BYTES)
            finally:
                os.close(descriptor)
        except FileNotFoundError:
            return None
        except OSError as error:
            _log.error("caller_key_unreadable", campaign=file.stem, problem=str(error))
            return None

    def _create(self, file: Path) -> None:
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if file.exists():
            return
        # Written whole under another name first, so that nobody ever reads half a secret.
        descriptor, draft = tempfile.mkstemp(dir=self._directory, prefix=".new-")
        try:
            with os.fdopen(descriptor, "wb") as stream:
                _write_secret(stream)
            with suppress(FileExistsError):
                os.link(draft, file)
        finally:
            Path(draft).unlink()
        self._sync()

    def destroy(self, slug: str) -> bool:
        """Overwrite and remove the campaign's secret; whether there was one."""
        file = self._file(slug)
        try:
            with file.open("r+b") as stream:
                _write_secret(stream)
        except FileNotFoundError:
            return False
        file.unlink(missing_ok=True)
        self._sync()
        return True

    def _file(self, slug: str) -> Path:
        return self._directory / f"{read_slug(slug)}.key"

    def _sync(self) -> None:
        descriptor = os.open(self._directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _write_secret(stream: BinaryIO) -> None:
    stream.write(secrets.token_bytes(_LENGTH))
    stream.flush()
    os.fsync(stream.fileno())


def caller_keys(settings: Settings) -> CallerKeys:
    """The keys of this installation."""
    return CallerKeys(settings.instance_dir / "keys", settings.phone_hash_key.reveal().encode())
