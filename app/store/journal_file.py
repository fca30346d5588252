"""A file of checked lines that several processes append to; an append is on the disk when it returns."""

import errno
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.store.plain import Plain

_MODE = 0o600


class BadLine(ValueError):
    """The line is not one that `write_line` wrote."""


def write_line(entry: Plain) -> bytes:
    """An entry as one JSON line with its checksum."""
    return json.dumps({"sum": _checksum(entry), "entry": entry}).encode() + b"\n"


def read_line(line: bytes) -> Plain:
    """The entry of a line; raises BadLine for one that is cut short or changed."""
    try:
        whole = json.loads(line)
        entry: Plain = whole["entry"]
        if whole["sum"] == _checksum(entry):
            return entry
    except (ValueError, KeyError, TypeError):
        pass
    raise BadLine("The line is damaged.")


MOST_BYTES = 512 * 1024 * 1024
"""What a journal may take of its disk: some 400,000 turns, which is a day of a busy hotline."""


class JournalFile:
    """The lines on the disk; whoever reads or changes them holds the lock beside them."""

    def __init__(self, path: Path, most_bytes: int = MOST_BYTES) -> None:
        """Take the path; nothing is made before the first append, and it never grows beyond `most_bytes`."""
        self.path, self._most_bytes = path, most_bytes

    @property
    def has_lines(self) -> bool:
        """Whether anything waits, by the size of the file."""
        try:
            return os.stat(self.path).st_size > 0  # noqa: PTH116 -- each webhook asks, and Path takes twice as long
        except FileNotFoundError:
            return False

    def append(self, lines: Sequence[bytes]) -> None:
        """Add lines, all or none; raises OSError."""
        with self._locked():
            is_new = not self.path.exists()
            with _opened(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT) as descriptor:
                data = b"".join(lines)
                if os.fstat(descriptor).st_size + len(data) > self._most_bytes:
                    raise OSError(errno.EFBIG, "it has grown to its bound", str(self.path))
                _append(descriptor, data)
            if is_new:
                _sync_folder(self.path.parent)

    def count(self) -> int:
        """How many lines wait."""
        try:
            with self.path.open("rb") as file:
                return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
        except FileNotFoundError:
            return 0

    def read(self) -> Iterator[bytes]:
        """The lines that are there now, each with its end; the last one lacks it if it was cut short."""
        if not self.has_lines:
            return
        with self._locked():
            end = self.path.stat().st_size
        # Without the lock, so that callers can go on appending: what is before `end` stays until `drop`.
        with self.path.open("rb") as file:
            while file.tell() < end and (line := file.readline()):
                yield line

    def drop(self, size: int) -> None:
        """Take away the first bytes: either all of them are gone afterwards or, after a crash, none; raises OSError."""
        with self._locked():
            if size == self.path.stat().st_size:
                # This needs no room on a full disk.
                os.truncate(self.path, 0)
                return
            fresh = self._beside("new")
            with self.path.open("rb") as old, fresh.open("wb") as new:
                fresh.chmod(_MODE)
                old.seek(size)
                shutil.copyfileobj(old, new)
                new.flush()
                os.fsync(new.fileno())
            fresh.replace(self.path)
            _sync_folder(self.path.parent)

    @contextmanager
    def replaying(self) -> Iterator[bool]:
        """Hold the right to replay, or give False if another process has it."""
        with _opened(self._beside("replaying"), os.O_RDWR | os.O_CREAT) as descriptor:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    @contextmanager
    def _locked(self) -> Iterator[None]:
        # The lock is a file of its own, since the journal's own file gets replaced; closing it gives the lock back.
        with _opened(self._beside("lock"), os.O_RDWR | os.O_CREAT) as descriptor:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield

    def _beside(self, suffix: str) -> Path:
        return self.path.with_name(f"{self.path.name}.{suffix}")


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    descriptor = os.open(path, flags, _MODE)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _append(descriptor: int, data: bytes) -> None:
    size = os.fstat(descriptor).st_size
    # A line that a killed process left unfinished must not swallow the next one.
    torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
    try:
        _write(descriptor, b"\n" + data if torn else data)
    except OSError:
        os.ftruncate(descriptor, size)
        raise


def _write(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    with _opened(folder, os.O_RDONLY) as descriptor:
        os.fsync(descriptor)


def _checksum(entry: Plain) -> str:
    return hashlib.sha256(json.dumps(entry, sort_keys=True).encode()).hexdigest()[:16]
