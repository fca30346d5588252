"""After the storm: the journal is saved, and the carrier's records repair what no callback told."""

import json
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from app.config import Settings
from app.services.export_calls import ExportFormat, export_calls
from app.services.local_server import local_server
from app.services.open_hotline import open_hotline
from app.services.reconcile import reconcile
from app.services.replay_journal import replay_journal
from app.services.stage import DEMO_ACCOUNT
from app.simulator import Account, Carrier, MovableClock, VoiceUrls
from app.simulator.records import CallRecord
from app.simulator.rest import RestAccount, rest_app
from app.store.database import Database
from app.telephony.twilio_rest import Credentials, TwilioRest
from app.telephony.twilio_transport import Transport

_LATER = timedelta(hours=1)


def heal(settings: Settings, records: Iterable[CallRecord]) -> tuple[int, bool]:
    """Replay what is left and reconcile; gives how many calls were repaired, and whether the journal is empty."""
    token = settings.auth_tokens[0].reveal()
    clock = MovableClock(datetime.now(UTC) + _LATER)
    carrier = Carrier(Account(DEMO_ACCOUNT, token, frozenset({settings.phone_number})), VoiceUrls(""), clock)
    carrier.records.update((record.sid, record) for record in records)
    hotline = open_hotline(settings, clock)
    with closing(hotline.database), local_server(lambda _: rest_app(RestAccount(carrier))) as url:
        replay_journal(hotline)
        provider = TwilioRest(Credentials(DEMO_ACCOUNT, token), Transport(url))
        repaired = sum(bool(repair.changes) for repair in reconcile(hotline, provider))
        return repaired, hotline.journal.is_empty


def logged(database_url: str) -> Sequence[dict[str, Any]]:
    """The whole log, as organizers export it."""
    with closing(Database(database_url)) as database:
        return [json.loads(line) for line in export_calls(database, ExportFormat.JSONL)]


def kept(database_url: str, folder: Path) -> dict[str, bytes]:
    """All that is kept, as bytes by its name: files, and each table of a database that is elsewhere."""
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    if database_url.startswith("sqlite"):
        return found
    with psycopg.connect(database_url.replace("+psycopg", "")) as connection:
        for (table,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
            with connection.cursor().copy(SQL("COPY {} TO STDOUT").format(Identifier(table))) as rows:
                found[f"table {table}"] = b"".join(bytes(row) for row in rows)
    return found
