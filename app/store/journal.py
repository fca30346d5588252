"""The journal: where a turn or a callback waits while the database cannot take it."""

import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from app.store.database import StoreUnavailable
from app.store.journal_file import JournalFile, read_line, write_line
from app.store.plain import Record, from_plain, to_plain

IN_MEMORY = 1_000
"""How many records are kept in memory while the journal's disk takes none."""

_BATCH = 100


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay did: records saved, lines moved aside, and whether it came to the end."""

    saved: int = 0
    moved_aside: int = 0
    finished: bool = True


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in a journal: how many records, and since when, which is None if nothing does or nobody can tell."""

    records: int = 0
    since: datetime | None = None


class Journal:
    """Records on the disk, or in memory where that fails, until a replay has saved them; shared by processes."""

    def __init__(self, path: Path, on_error: Callable[[str], None]) -> None:
        """Take the file's path, and who is told in a sentence when something needs a person."""
        self._file = JournalFile(path)
        self._corrupt = JournalFile(path.with_name(path.name + ".corrupt"))
        self._on_error = on_error
        self._unwritten: deque[bytes] = deque()
        self._mutex = threading.Lock()
        self.lost = 0
        """Records that nothing could take, since this process began."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits; cheap enough to ask at every request."""
        return not self._unwritten and not self._file.has_lines

    @property
    def corrupt_path(self) -> Path:
        """Where lines are moved that cannot be saved."""
        return self._corrupt.path

    def waiting(self) -> Waiting:
        """What waits; the whole file is read through, so it is for those who look at it now and then."""
        if self.is_empty:
            return Waiting()
        with suppress(OSError):
            return Waiting(self._file.count() + len(self._unwritten), self._since())
        return Waiting(len(self._unwritten))

    def check(self) -> None:
        """Raises OSError if nothing could be kept here: it is asked before the first call."""
        self._file.append([])

    def _since(self) -> datetime | None:
        first = next(self._file.read(), None) or next(iter(self._unwritten), b"")
        try:
            return getattr(from_plain(read_line(first)), "at", None)
        except (LookupError, TypeError, ValueError):
            return None

    def append(self, record: Record) -> None:
        """Keep a record; it is on the disk on return, or in memory if the disk takes nothing, and that was told."""
        with self._mutex:
            self._unwritten.append(write_line(to_plain(record)))
            self._write_out()

    def replay(self, save: Callable[[Record], None]) -> Replayed:
        """Save what waits, in order, until `save` raises StoreUnavailable; what is saved is dropped.

        A record may be saved twice, after a crash. Lines that are damaged, and records that can never be saved, are
        moved to the file at `corrupt_path` and told. Does nothing while another process replays.
        """
        replay = _Replay(save, self._corrupt, self._on_error)
        try:
            with self._file.replaying() as is_mine:
                if is_mine:
                    self._replay(replay)
                return Replayed(replay.saved, replay.moved_aside, finished=is_mine)
        except StoreUnavailable:
            pass
        except OSError as error:
            self._tell(error)
        return Replayed(replay.saved, replay.moved_aside, finished=False)

    def _replay(self, replay: "_Replay") -> None:
        with self._mutex:
            self._write_out()
        done = 0
        try:
            for line in self._file.read():
                replay.take(line)
                done += len(line)
        finally:
            if done:
                self._file.drop(done)
        with self._mutex:
            # The disk takes nothing, but the database does.
            while self._unwritten:
                replay.take(self._unwritten[0])
                self._unwritten.popleft()

    def _write_out(self) -> None:
        try:
            while self._unwritten:
                batch = list(islice(self._unwritten, _BATCH))
                self._file.append(batch)
                for _ in batch:
                    self._unwritten.popleft()
        except OSError as error:
            self._tell(error)
        if len(self._unwritten) > IN_MEMORY:
            self._unwritten.popleft()
            self.lost += 1
            self._on_error("A record is lost: neither the database nor the journal takes any, and memory is used up.")

    def _tell(self, error: OSError) -> None:
        name = self._file.path.name
        self._on_error(f"The journal {name} cannot be used ({error.strerror}): make room for it, or check its rights.")


class _Replay:
    """One replay under way."""

    def __init__(self, save: Callable[[Record], None], corrupt: JournalFile, on_error: Callable[[str], None]) -> None:
        self._save = save
        self._corrupt = corrupt
        self._on_error = on_error
        self.saved = 0
        self.moved_aside = 0

    def take(self, line: bytes) -> None:
        """Save a line's record or move the line aside; raises StoreUnavailable and OSError if neither is possible."""
        try:
            self._save(from_plain(read_line(line)))
            self.saved += 1
        except (SQLAlchemyError, LookupError, TypeError, ValueError) as error:
            # The line is damaged, or its record is one that no database takes. It would fail like this for ever,
            # and keep all that follows from being saved.
            self._move_aside(line, error)

    def _move_aside(self, line: bytes, error: Exception) -> None:
        self._corrupt.append([line.rstrip(b"\n") + b"\n"])
        self.moved_aside += 1
        self._on_error(f"A line of the journal cannot be saved, and is now in {self._corrupt.path.name}: {error}")
