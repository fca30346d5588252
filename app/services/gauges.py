"""How things stand at this moment, for Prometheus: journal, breaker, calls on the line."""

from app.services.hotline import Hotline
from app.services.readiness import seconds_behind
from app.store.database import StoreUnavailable
from app.store.live import count_office_calls

Gauge = tuple[str, str, float]


def gauges(hotline: Hotline) -> list[Gauge]:
    """Name, meaning and value of each; what the database knows is left out while it cannot be asked."""
    journal = hotline.journal
    found: list[Gauge] = [
        ("patchline_journal_records", "Records that wait in this machine's journal.", journal.waiting().records),
        ("patchline_record_behind_seconds", "For how long the oldest of them has waited.", seconds_behind(hotline)),
        ("patchline_journal_lost_records", "Records lost because database, disk and memory were full.", journal.lost),
        ("patchline_breaker_open", "1 while this process does not wait for the database.", hotline.breaker.is_open),
    ]
    if hotline.certificate and (days := hotline.certificate.days_left) is not None:
        found.append(("patchline_certificate_days_left", "For how long the TLS certificate is valid.", days))
    return found + _of_database(hotline)


def _of_database(hotline: Hotline) -> list[Gauge]:
    try:
        with hotline.breaker.guarding(), hotline.database.read() as connection:
            live = count_office_calls(connection, hotline.clock.now())
    except StoreUnavailable:
        return [("patchline_database_up", "Whether the database answers.", 0)]
    return [
        ("patchline_database_up", "Whether the database answers.", 1),
        ("patchline_office_calls_live", "Office calls that are under way.", live),
    ]
