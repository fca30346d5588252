"""Published versions of campaigns, each read once and then kept in memory: they never change."""

from collections import OrderedDict
from threading import Lock

from app.domain.campaigns import Snapshot
from app.domain.documents import read_published
from app.store.campaigns import live, version_body
from app.store.database import Connection, StoreUnavailable

# A call finishes on the version it began with, so a few of each busy campaign are in use at once.
_KEPT = 256


class SnapshotCache:
    """The versions used last, for all threads of a process."""

    def __init__(self, size: int = _KEPT) -> None:
        """Begin empty; of more than `size` versions, those used longest ago are forgotten."""
        self._size = size
        self._lock = Lock()
        self._kept: OrderedDict[int, Snapshot] = OrderedDict()

    def get(self, version_id: int, connection: Connection) -> Snapshot:
        """A version, from memory or from the database; raises LookupError if there is no such version."""
        found = self._recall(version_id)
        if found is None:
            found = _read(version_id, connection)
            self.put(found)
        return found

    def put(self, snapshot: Snapshot) -> None:
        """Keep a version in memory."""
        with self._lock:
            self._kept[snapshot.version_id] = snapshot
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)

    def all(self) -> list[Snapshot]:
        """The versions in memory."""
        with self._lock:
            return list(self._kept.values())

    def cached(self, version_id: int) -> Snapshot:
        """A version from memory; raises StoreUnavailable if it is not there."""
        found = self._recall(version_id)
        if found is None:
            raise StoreUnavailable("The database is not usable, and this campaign was not read before.")
        return found

    def _recall(self, version_id: int) -> Snapshot | None:
        with self._lock:
            if version_id in self._kept:
                self._kept.move_to_end(version_id)
            return self._kept.get(version_id)


def _read(version_id: int, connection: Connection) -> Snapshot:
    body = version_body(connection, version_id)
    line = body and live(connection, body["slug"])
    if not body or not line:
        raise LookupError(f"There is no version {version_id} of any campaign.")
    return Snapshot(read_published(body), line.campaign_id, version_id)
