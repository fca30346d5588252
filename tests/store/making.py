"""What the store's tests keep: a campaign of three offices, and turns of calls to it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Row, Table, insert, select, update

from app.domain.campaigns import CampaignStatus
from app.domain.picking import Advice, OfficeFacts
from app.domain.record import (
    CallStatusRecord,
    Ending,
    LegEnded,
    LegPlanned,
    LegStatusRecord,
    Note,
    OutcomeReported,
    Preferred,
    TurnRecord,
)
from app.domain.results import LineResult, Outcome
from app.store.advice import read_known
from app.store.callbacks import record_call_status, record_leg_status
from app.store.campaigns import import_version
from app.store.database import Connection, Database
from app.store.plain import Record
from app.store.tables import offices
from app.store.turns import replay_turn

NOON = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
ANNA = "a" * 32
BERT = "b" * 32
_AT_ONCE = 200
OFFICES = {"madison": "Madison", "eau-claire": "Eau Claire", "wausau": "Wausau"}


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def publish(database: Database, slug: str = "demo", number: str | None = None) -> tuple[int, int]:
    """Publishes the campaign, and gives its and its version's row numbers."""
    with database.write() as connection:
        body = {"slug": slug, "summary": {"en": "Say so.", "es": "Dígalo."}}
        campaign_id, version_id, _ = import_version(connection, slug, number, CampaignStatus.LIVE, body, OFFICES, NOON)
    return campaign_id, version_id


def turn(
    number: int, *notes: Note, call_sid: str = "CA1", seconds: float | None = None, **changes: object
) -> TurnRecord:
    """A turn of a call of Anna's to the first campaign; ten seconds pass from one to the next."""
    made = TurnRecord(
        call_sid=call_sid,
        turn=number,
        at=after(10 * number if seconds is None else seconds),
        day="2026-11-24",
        campaign_id=1,
        version_id=1,
        called="+15005550006",
        direction="inbound",
        pseudonym=ANNA,
        language="en",
        patient=False,
        step=f"step-{number}",
        event="pressed 1",
        state=f"state-{number}",
        answer=f"<Response>{call_sid} {number}</Response>",
        notes=notes,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # each test names fields of a turn


def plan(leg: int, office: str = "madison", *reasons: str) -> LegPlanned:
    return LegPlanned(leg, office, "+16082645338", reasons)


def end(leg: int, office: str = "madison", result: LineResult = LineResult.ANSWERED, **facts: object) -> LegEnded:
    bridged = result is LineResult.ANSWERED
    return replace(LegEnded(leg, office, result, bridged=bridged), **facts)  # type: ignore[arg-type]  # as above


def save(database: Database, *records: TurnRecord) -> list[str]:
    """Saves each turn in a transaction of its own, and gives the answers."""
    answers = []
    for record in records:
        with database.write() as connection:
            answers.append(replay_turn(connection, record))
    return answers


def keep_in(connection: Connection, record: Record) -> None:
    """Keeps any record, as the replay of the journal does."""
    if isinstance(record, TurnRecord):
        replay_turn(connection, record)
    elif isinstance(record, CallStatusRecord):
        record_call_status(connection, record)
    else:
        record_leg_status(connection, record)


def keep(database: Database, record: Record) -> None:
    """Keeps any record in a transaction of its own."""
    with database.write() as connection:
        keep_in(connection, record)


@contextmanager
def patiently(database: Database) -> Iterator[Connection]:
    """A transaction in which a statement may insert thousands of rows, and triggers may look at each."""
    patient = Database(database.engine.url.render_as_string(hide_password=False), is_patient=True)
    with closing(patient), patient.write() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        yield connection


def insert_many(database: Database, table: Table, made: Sequence[Mapping[str, object]]) -> None:
    """Insert thousands of rows in short transactions: a long one would wade through the counts that it replaced."""
    for first in range(0, len(made), _AT_ONCE):
        with patiently(database) as connection:
            connection.execute(insert(table), made[first : first + _AT_ONCE])


def rows(database: Database, table: Table) -> Sequence[Row[tuple[object, ...]]]:
    """All rows of a table, by its primary key."""
    with database.read() as connection:
        return connection.execute(select(table).order_by(*table.primary_key)).all()


def row(database: Database, table: Table) -> Row[tuple[object, ...]]:
    """The only row of a table."""
    (only,) = rows(database, table)
    return only


def trouble(database: Database, office: str, **changes: object) -> None:
    """Lets calls of the first campaign have found an office busy (`cooled_until`) or broken (`hidden_at`)."""
    with database.write() as connection:
        this = (offices.c.campaign_id == 1, offices.c.slug == office)
        connection.execute(update(offices).where(*this).values(**changes))


def advice(database: Database, now: datetime = NOON, pseudonym: str = ANNA) -> Advice:
    with database.read() as connection:
        return read_known(connection, 1, pseudonym, "", 1, now).advice


def facts(database: Database, office: str = "madison", now: datetime = NOON, pseudonym: str = ANNA) -> OfficeFacts:
    return advice(database, now, pseudonym).offices[office]


# One record of every kind, with every kind of note.
RECORDS: tuple[Record, ...] = (
    turn(1, plan(1, "madison", "open", "near"), answer="<Say>¡Hola! \u2028</Say>"),
    LegStatusRecord("CA1", 1, "CA9", "in-progress", after(12), 2),
    turn(2, end(1, result=LineResult.BUSY, cool_until=after(600), duration_s=3), Preferred("es", patient=True)),
    turn(3, OutcomeReported(1, "madison", Outcome.SPOKE, reached=True), Ending("goodbye")),
    CallStatusRecord("CA1", "completed", after(80), 3, 60),
)
