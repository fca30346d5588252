"""Who follows live boards in this process: how many at once, and who of them is still let in."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Lock

from app.domain.roles import Act, Guest, Member, may
from app.services.desk import Desk
from app.services.live_board import Board, LiveBoards
from app.services.sessions import members_of
from app.services.share_links import guests_of

MOST_STREAMS = 64
"""How many can follow at once in one process: the server has as many threads for them, beside those for calls."""

LONGEST = timedelta(minutes=4)
"""How long a stream lasts; the page begins another one, which goes to a process of the release that is deployed."""

_ASK_EVERY = timedelta(seconds=2)
_BEAT_EVERY = timedelta(seconds=10)
_PACE_S = 1.0


@dataclass(frozen=True, slots=True)
class Pass:
    """What somebody has come in by: the hash of a session's token, or of a share link's; the other is empty."""

    session: str = ""
    share: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is to be shown to somebody, as what they are now."""

    board: Board
    viewer: Member | Guest


class LiveWatch:
    """The boards, and whoever follows them."""

    def __init__(self) -> None:
        """Start with nobody."""
        self.boards = LiveBoards()
        self._passes: Counter[Pass] = Counter()
        self._viewers: dict[Pass, Member | Guest] = {}
        self._asked_at: datetime | None = None
        self._lock = Lock()
        self._ended = Event()
        self._is_stopping: Callable[[], bool] = bool

    def enter(self, by: Pass, viewer: Member | Guest) -> bool:
        """Let somebody in whom the guard has let in, if there is room; whoever enters leaves again."""
        with self._lock:
            has_room = self._passes.total() < MOST_STREAMS
            if has_room:
                self._passes[by] += 1
                self._viewers[by] = viewer
            return has_room

    def leave(self, by: Pass) -> None:
        """Let somebody go who has entered."""
        with self._lock:
            self._passes[by] -= 1
            self._passes += Counter()
            if by not in self._passes:
                self._viewers.pop(by, None)

    def viewer(self, desk: Desk, by: Pass) -> Member | Guest | None:
        """Who somebody is who has entered; None once they are signed out. Asked for all at once, every two seconds."""
        with self._lock:
            now = desk.clock.now()
            if self._asked_at is None or not self._asked_at <= now < self._asked_at + _ASK_EVERY:
                self._viewers = _viewers(desk, self._passes)
                self._asked_at = now
            return self._viewers.get(by)

    def stop_when(self, is_stopping: Callable[[], bool]) -> None:
        """End all streams within a second of something."""
        self._is_stopping = is_stopping

    def end(self) -> None:
        """End all streams."""
        self._ended.set()

    def pause(self) -> bool:
        """Wait for the next look, and say whether all is over."""
        return self._ended.wait(_PACE_S) or self._is_stopping()


def follow(desk: Desk, watch: LiveWatch, by: Pass, slug: str, pause: Callable[[], bool]) -> Iterator[Seen | None]:
    """What somebody who has entered is to be shown, whenever it may be new, and None as a sign of life in between.

    Ends when they are not let in any longer, when all is over, or after four minutes; raises StoreUnavailable.
    """
    began = beat_at = desk.clock.now()
    last: Seen | None = None
    while (now := desk.clock.now()) < began + LONGEST:
        viewer = watch.viewer(desk, by)
        if viewer is None or not may(viewer, Act.SEE_FIGURES, slug):
            return
        seen = Seen(watch.boards.show(desk, slug), viewer)
        if last is None or seen.board is not last.board or seen.viewer != last.viewer:
            yield seen
            last, beat_at = seen, now
        elif now >= beat_at + _BEAT_EVERY:
            yield None
            beat_at = now
        if pause():
            return


def _viewers(desk: Desk, passes: Collection[Pass]) -> dict[Pass, Member | Guest]:
    members = members_of(desk, [by.session for by in passes if by.session])
    guests = guests_of(desk, [by.share for by in passes if by.share])
    found: dict[Pass, Member | Guest] = {}
    for by in passes:
        viewer = members.get(by.session) or guests.get(by.share)
        if viewer:
            found[by] = viewer
    return found
