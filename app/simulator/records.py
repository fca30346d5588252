"""What the carrier knows of each call and leg afterwards, as its REST API tells it (Twilio: Call resource)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class CallRecord:
    """One call or leg; moments are aware and in UTC, `queue_ms` is how long it waited for its turn."""

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
