"""The sound of recordings as the carrier asks for it: from memory, or from the database the first time."""

from collections import OrderedDict
from threading import Lock

from app.store.database import Database
from app.store.recordings import sound

_MOST_BYTES = 32_000_000


class SoundShelf:
    """The recordings played last, for all threads of a process; they are there while the database is not."""

    def __init__(self, database: Database, most_bytes: int = _MOST_BYTES) -> None:
        """Begin empty; of more than so many bytes, those asked for longest ago are forgotten."""
        self._database, self._most = database, most_bytes
        self._lock = Lock()
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0

    def wav(self, recording_id: str) -> bytes | None:
        """A recording as a WAV file, or None if there is none; raises StoreUnavailable."""
        with self._lock:
            if recording_id in self._kept:
                self._kept.move_to_end(recording_id)
                return self._kept[recording_id]
        with self._database.read() as connection:
            found = sound(connection, recording_id)
        if found is not None:
            self._put(recording_id, found)
        return found

    def _put(self, recording_id: str, wav: bytes) -> None:
        with self._lock:
            # Two threads may have read the same one.
            self._bytes += len(wav) - len(self._kept.pop(recording_id, b""))
            self._kept[recording_id] = wav
            while self._bytes > self._most:
                self._bytes -= len(self._kept.popitem(last=False)[1])
