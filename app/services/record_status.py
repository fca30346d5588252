"""Keeping the carrier's status callbacks: in the record, or in the journal while that cannot be used."""

from app.domain.record import CallStatusRecord, LegStatusRecord
from app.logs import get_logger
from app.services.hotline import Hotline
from app.services.metrics import JOURNALED, count_status
from app.services.replay_journal import replay_journal, save_record
from app.store.database import StoreUnavailable

_log = get_logger(__name__)


def record_status(hotline: Hotline, callback: CallStatusRecord | LegStatusRecord) -> None:
    """Keep a callback; a repeated, late or impossible one changes nothing."""
    _log.info("status", call=callback.call_sid, status=callback.status, leg=getattr(callback, "leg", None))
    if isinstance(callback, CallStatusRecord):
        count_status(callback)
    try:
        save_record(hotline, callback)
    except StoreUnavailable as error:
        _log.error("record_unavailable", call=callback.call_sid, problem=str(error))
        JOURNALED.inc()
        hotline.journal.append(callback)
    else:
        replay_journal(hotline)
