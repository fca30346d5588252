"""Bringing what waits in the journal into the record, once that takes it again."""

from app.domain.record import CallStatusRecord, LegStatusRecord, TurnRecord
from app.logs import get_logger
from app.services.hotline import Hotline
from app.store.callbacks import record_call_status, record_leg_status
from app.store.turns import replay_turn

_log = get_logger(__name__)


def replay_journal(hotline: Hotline) -> None:
    """Save what the journal holds, in order; cheap when it is empty, and idempotent."""
    if hotline.journal.is_empty:
        return
    done = hotline.journal.replay(lambda record: save_record(hotline, record))
    if done.saved or done.moved_aside:
        _log.info("journal_replayed", saved=done.saved, moved_aside=done.moved_aside, finished=done.finished)


def save_record(hotline: Hotline, record: TurnRecord | CallStatusRecord | LegStatusRecord) -> None:
    """Save a turn or a callback in a transaction of its own; raises StoreUnavailable."""
    with hotline.recording() as connection:
        match record:
            case TurnRecord():
                replay_turn(connection, record)
            case CallStatusRecord():
                record_call_status(connection, record)
            case LegStatusRecord():
                record_leg_status(connection, record)
