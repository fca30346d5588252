"""What the carrier knows of each call and leg afterwards, as its REST API tells it (Twilio: Call resource)."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime

from app.simulator.acts import Interrupted


@dataclass(slots=True)
class CallRecord:
    """One call or leg; moments are aware and in UTC, `queue_ms` is how long it waited for its turn.

    `changes` is what was asked of a call over REST and has not happened yet.
    """

    sid: str
    direction: str
    caller: str
    called: str
    status: str
    created_at: datetime
    parent_sid: str = ""
    queue_ms: int = 0
    started_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    changes: deque[Interrupted] = field(default_factory=deque, repr=False)
