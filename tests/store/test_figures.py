"""The tallies of the figures against plain counting over the exported log and its turns, for any history of calls."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Row, delete, insert, select

from app.domain.call_filters import CallFilters
from app.domain.campaigns import CampaignStatus
from app.domain.furthest import FUNNEL, Furthest
from app.domain.lengths import bucket_of, median_s
from app.store.campaigns import import_version
from app.store.database import Connection, Database
from app.store.export import CallRow
from app.store.figure_tables import NEVER_DAYS, figure_tally_changes
from app.store.figures import FigureSum, sum_callers, sum_figures
from app.store.migrate import downgrade, upgrade
from app.store.tables import calls, legs, turns
from tests.store.call_histories import CALLS, OF_EARLIER_RELEASE, MadeCall, keep_history
from tests.store.making import NOON, OFFICES, RECORDS, after, end, keep, plan, publish, save, turn
from tests.store.test_call_log import EACH_EXAMPLE, EACH_MIGRATION, Truth, add_by_hand, emptied

_NAMES = {step: step.word for step in FUNNEL[1:]}
DAYS = st.none() | st.dates(date(2026, 11, 24), date(2026, 11, 27)) | st.dates(date(2026, 10, 30), date(2026, 12, 31))
TOGETHER = ("callers", "attempts", "reach_s")
Entry = tuple[str, str, int, int]


def seconds(since: datetime, until: datetime) -> int:
    return min(max(int(until.timestamp()) - int(since.timestamp()), 0), 14_400)


class Recount:
    """The exported log, and beside it what only the record has: turns, moments of answers, supporters."""

    def __init__(self, connection: Connection) -> None:
        self.truth = Truth(connection)
        self.rows = self.truth.rows
        self.legs = connection.execute(select(legs).order_by(legs.c.call_id, legs.c.leg)).all()
        self.turns = connection.execute(select(turns).order_by(turns.c.turn)).all()

    def local(self, call: CallRow) -> datetime:
        return call.started_at - timedelta(hours=6)

    def gap(self, call: CallRow) -> int:
        this = self.rows[call.call_sid]
        same = [
            row
            for row in self.rows.values()
            if row.pseudonym and (row.pseudonym, row.is_test) == (this.pseudonym, this.is_test)
        ]
        same = [row for row in same if row.call_sid not in self.truth.left_out]
        before = [row for row in same if (row.started_at, row.id) < (this.started_at, this.id)]
        return min(((this.day - row.day).days for row in before), default=NEVER_DAYS)

    def entries(self, call: CallRow) -> Iterator[Entry]:
        start = self.local(call)
        yield "hour", "", 24 * start.weekday() + start.hour, start.hour
        yield "callers", "", self.gap(call), self.gap(call)
        if call.ended_at is None:
            return
        step = self.truth.step(call)
        yield "step", "", step, step
        mine = [leg for leg in self.legs if leg.call_id == self.rows[call.call_sid].id]
        reached = [at for at, leg in enumerate(mine, start=1) if leg.disposition in ("spoke", "voicemail")]
        if reached:
            yield "attempts", "", reached[0], reached[0]
        talks = [leg.duration for leg in call.legs if leg.status == "completed" and leg.duration is not None]
        if talks:
            yield "talk_s", "", bucket_of(sum(talks)), sum(talks)
        yield from self.left(call, call.ended_at)
        for furthest, at in self.reaches(call, mine):
            if at is not None and step >= furthest:
                yield "reach_s", _NAMES[furthest], bucket_of(at), at

    def left(self, call: CallRow, ended_at: datetime) -> Iterator[Entry]:
        last = [row for row in self.turns if row.call_sid == call.call_sid][-1]
        passed = int(ended_at.timestamp()) - int(last.at.timestamp())
        if call.end_reason == "caller-hangup" and 0 <= passed < last.speech_s:
            yield "left_s", last.step, bucket_of(passed), passed

    def reaches(self, call: CallRow, mine: list[Row[tuple[object, ...]]]) -> Iterator[tuple[Furthest, int | None]]:
        def to(moments: list[datetime | None], place: int = 0) -> int | None:
            at = moments[place] if len(moments) > place else None
            return None if at is None else seconds(call.started_at, at)

        second = to([row.at for row in self.turns if (row.call_sid, row.turn) == (call.call_sid, 2)])
        connected = [leg.answered_at for leg in mine if leg.status == "completed"]
        talks = zip(mine, call.legs, strict=True)
        if self.rows[call.call_sid].summary_s is None:
            yield Furthest.HEARD, 30 if second is None else second
        else:
            yield Furthest.HEARD, self.truth.heard_s(call) or None
        yield Furthest.CHOSE, to([leg.planned_at for leg in mine])
        yield Furthest.CONNECTED, to(connected)
        yield Furthest.TALKED, to([leg.answered_at for leg, told in talks if self.truth.talked(told)])
        yield Furthest.AGAIN, to(connected, 1)

    def counted(self, filters: CallFilters) -> list[CallRow]:
        return [call for call in self.truth.calls if self.truth.matches(filters, call)]


@EACH_EXAMPLE
@given(history=st.lists(CALLS, max_size=12), spans=st.lists(st.tuples(DAYS, DAYS), min_size=6, max_size=6))
def test_what_is_tallied_is_what_the_log_comes_to(
    database: Database, history: list[MadeCall], spans: list[tuple[date | None, date | None]]
) -> None:
    keep_history(emptied(database), history)
    add_by_hand(database, history)
    with database.read() as connection:
        recount = Recount(connection)
        filters = [CallFilters(since, until, demo=at % 2 == 0) for at, (since, until) in enumerate(spans)]
        for each in (CallFilters(), *filters):
            found = recount.counted(each)
            wanted, totals = Counter[tuple[object, ...]](), Counter[tuple[object, ...]]()
            for call in found:
                for chart, part, bucket, value in recount.entries(call):
                    kind = ("", "") if chart in TOGETHER else (call.language, call.direction)
                    cell = (chart, part, bucket, *kind)
                    wanted[cell] += 1
                    totals[cell] += value
            sums = sum_figures(connection, 1, each)
            cells = [(row.chart, row.part, row.bucket, row.language, row.direction) for row in sums]
            assert dict(zip(cells, (row.n for row in sums), strict=True)) == wanted
            assert dict(zip(cells, (row.total for row in sums), strict=True)) == totals
            by_day = {(row.day, row.gap_days): row.n for row in sum_callers(connection, 1, each)}
            assert by_day == Counter((recount.local(call).date(), recount.gap(call)) for call in found)


@EACH_MIGRATION
@given(history=st.lists(OF_EARLIER_RELEASE, min_size=6, max_size=14))
def test_the_migration_derives_what_the_triggers_had_kept(database: Database, history: list[MadeCall]) -> None:
    with emptied(database).write() as connection:
        body = {"slug": "demo", "time_zone": "Etc/GMT+6"}
        import_version(connection, "demo", None, CampaignStatus.LIVE, body, OFFICES, NOON)
    keep_history(database, history)
    before = remembered(database)
    url = database.engine.url.render_as_string(hide_password=False)
    database.close()
    downgrade(url, "0004_campaign_drafts")
    upgrade(url)
    assert remembered(database) == before


def remembered(database: Database) -> list[FigureSum]:
    """All but where callers left: how long a prompt spoke is not in what an earlier release kept."""
    with database.read() as connection:
        return [each for each in sum_figures(connection, 1, CallFilters(demo=True)) if each.chart != "left_s"]


def test_a_turn_that_comes_late_from_the_journal_still_tells_where_the_caller_left(database: Database) -> None:
    publish(database)
    late = replace(turn(2, seconds=20), speech_s=30, step="menu")
    save(database, replace(turn(1), speech_s=40))
    keep(database, replace(RECORDS[-1], at=after(25)))
    left = {("step-1", 15): 1}
    with database.read() as connection:
        found = sum_figures(connection, 1, CallFilters())
        assert {(row.part, row.bucket): row.n for row in found if row.chart == "left_s"} == left
    save(database, late)
    with database.read() as connection:
        found = sum_figures(connection, 1, CallFilters())
        assert {(row.part, row.bucket): row.n for row in found if row.chart == "left_s"} == {("menu", 5): 1}


def test_lengths_beyond_all_reason_are_bounded_and_an_erased_call_counts_no_more(database: Database) -> None:
    publish(database)
    save(database, turn(1, plan(1)), turn(2, end(1, duration_s=2**40)), turn(3, plan(3)), turn(4, end(3, duration_s=9)))
    keep(database, RECORDS[-1])
    with database.read() as connection:
        talks = [row for row in sum_figures(connection, 1, CallFilters()) if row.chart == "talk_s"]
        assert [(row.bucket, row.total) for row in talks] == [(14_400, 14_400)]
    with database.write() as connection:
        connection.execute(delete(legs))
        connection.execute(delete(calls))
    with database.read() as connection:
        assert sum_figures(connection, 1, CallFilters()) == []


def test_a_surge_of_first_calls_can_be_summed_up(database: Database) -> None:
    publish(database)
    cell = {"campaign_id": 1, "chart": "callers", "day": NOON.date(), "is_test": False, "version_id": 0}
    surge = {**cell, "language": "", "direction": "", "part": "", "bucket": NEVER_DAYS, "n": 20_000}
    # The second of them lets PostgreSQL fold both into the tallies.
    with database.write() as connection:
        for number in (255, 256):
            change = {**surge, "id": number, "total": 20_000 * NEVER_DAYS}
            connection.execute(insert(figure_tally_changes).values(change))
    with database.read() as connection:
        (found,) = sum_figures(connection, 1, CallFilters())
        is_left = connection.scalar(select(figure_tally_changes.c.id))
    assert (found.n, found.total) == (40_000, 40_000 * NEVER_DAYS)
    assert (is_left is None) == (database.engine.dialect.name == "postgresql")


def test_a_median_is_that_of_the_lengths_to_the_width_of_its_bucket() -> None:
    lengths = [0, 59, 59, 61, 599, 600, 3599]
    assert [bucket_of(each) for each in lengths] == [0, 59, 59, 60, 590, 600, 3540]
    assert median_s(Counter(map(bucket_of, lengths))) == 60
    assert median_s(Counter([1, 2])) == 1
    assert median_s({}) is None
