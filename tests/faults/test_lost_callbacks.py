"""The carrier's callbacks are lost, and its own records repair what is missing (F18, I4)."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from app.domain.calls import LONGEST_CALL
from app.domain.record import CallStatusRecord
from app.services.chores import Chores
from app.services.hotline import Hotline as Parts
from app.services.local_server import local_server
from app.services.open_hotline import open_hotline
from app.services.reconcile import Repair, reconcile
from app.services.record_status import record_status
from app.services.stage import DEMO_ACCOUNT
from app.simulator import Delivery
from app.simulator.rest import RestAccount, rest_app
from app.store.chores import claim
from app.store.database import Database
from app.telephony.provider import ProviderUnavailable
from app.telephony.twilio_rest import Credentials, TwilioRest
from app.telephony.twilio_transport import Transport
from tests.support.campaigns import TUESDAY_10
from tests.support.hotline import Hotline


class NoCallbacks(Delivery):
    """Every status callback is lost."""

    def callback(self, event: str) -> tuple[float, ...]:
        return ()


@pytest.fixture
def parts(hotline: Hotline) -> Iterator[Parts]:
    made = open_hotline(hotline.settings, hotline.stage.clock)
    with closing(made.database):
        yield made


@pytest.fixture
def provider(hotline: Hotline) -> Iterator[TwilioRest]:
    """The carrier's REST side, on the records of the simulated calls."""
    token = hotline.settings.auth_tokens[0].reveal()
    with local_server(lambda _: rest_app(RestAccount(hotline.stage.carrier))) as url:
        yield TwilioRest(Credentials(DEMO_ACCOUNT, token), Transport(url))


def truth(hotline: Hotline, provider: TwilioRest) -> list[tuple[object, ...]]:
    """Status and seconds of each call and leg, as the carrier itself has them."""
    reports = [provider.fetch_call(sid) for sid in hotline.stage.carrier.records]
    return sorted((report.sid, report.status, report.duration_s) for report in reports if report)


def logged(hotline: Hotline) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for call in hotline.log():
        found.append((call["call_sid"], call["status"], call["duration"]))
        legs = call["legs"]
        found += [(leg["dial_call_sid"], leg["status"], leg["duration"]) for leg in legs]  # type: ignore[attr-defined]  # JSON
    return sorted(found)


def test_calls_without_any_callback_are_whole_after_reconciling(
    hotline: Hotline, parts: Parts, provider: TwilioRest
) -> None:
    hotline.stage.carrier.delivery = NoCallbacks()
    hotline.office("Milwaukee").is_busy()
    hotline.calls().presses("4").talks(33).hangs_up()
    hotline.calls("+16085550124").presses("5").presses("4").waits().presses("1").hangs_up()
    hotline.calls("+16085550125").hears("Welcome").hangs_up()
    hotline.stage.clock.move(16 * 60)
    assert {call["status"] for call in hotline.log()} == {"in-progress"}
    repairs = list(reconcile(parts, provider))
    assert len(repairs) == 3
    assert all(repair.changes for repair in repairs)
    assert logged(hotline) == truth(hotline, provider)
    assert list(reconcile(parts, provider)) == []


def test_an_office_call_of_which_nothing_came_is_asked_about_though_its_call_has_ended(
    hotline: Hotline, parts: Parts, provider: TwilioRest
) -> None:
    """The supporter hangs up in the talk: no turn tells of it, the call's own end arrives, and concludes the leg's."""
    hotline.stage.carrier.delivery = NoCallbacks()
    for number, key in ("+16085550123", "4"), ("+16085550125", "5"):
        caller = hotline.calls(number).presses(key)
        caller.talks(33).hangs_up() if key == "4" else caller.hangs_up()
        record_status(parts, CallStatusRecord(caller.call.sid, "completed", hotline.stage.clock.now(), 1))
    # Of the second, the carrier knows nothing: it was announced, and never dialed.
    records = hotline.stage.carrier.records
    del records[next(sid for sid, record in records.items() if record.parent_sid == caller.call.sid)]
    assert _of_legs(hotline, "status") == ["canceled"] * 2
    hotline.stage.clock.move(16 * 60)
    changes = [repair.changes for repair in reconcile(parts, provider)]
    assert [bool(change) for change in changes] == [True, False]
    assert (_of_legs(hotline, "status"), _of_legs(hotline, "duration")) == (["completed", "canceled"], [33, None])
    assert list(reconcile(parts, provider)) == []


def _of_legs(hotline: Hotline, what: str) -> list[object]:
    return [leg[what] for call in hotline.log() for leg in call["legs"]]  # type: ignore[attr-defined]  # JSON


def test_a_call_that_goes_on_is_left_alone(hotline: Hotline, parts: Parts, provider: TwilioRest) -> None:
    hotline.office("Madison").answers(after=1, talk=None)
    caller = hotline.calls().presses("4").talks(16 * 60)
    assert list(reconcile(parts, provider)) == [Repair(caller.call.sid, (), is_under_way=True)]
    caller.hangs_up()
    assert logged(hotline) == truth(hotline, provider)


def test_a_call_that_the_carrier_does_not_know_ends_at_its_last_turn(
    hotline: Hotline, parts: Parts, provider: TwilioRest
) -> None:
    hotline.stage.carrier.delivery = NoCallbacks()
    hotline.calls().hears("Welcome").hangs_up()
    hotline.stage.carrier.records.clear()
    hotline.stage.clock.move(3600)
    assert [repair.changes for repair in reconcile(parts, provider)] == [()]
    hotline.stage.clock.move(LONGEST_CALL.total_seconds())
    (repair,) = reconcile(parts, provider)
    assert repair.changes == ("the call ended (completed) at 2017-12-19 16:00:00 UTC",)


def test_without_the_carrier_nothing_is_changed(hotline: Hotline, parts: Parts) -> None:
    hotline.stage.carrier.delivery = NoCallbacks()
    hotline.calls().hears("Welcome").hangs_up()
    hotline.stage.clock.move(16 * 60)
    nowhere = TwilioRest(Credentials(DEMO_ACCOUNT, "t"), Transport("http://127.0.0.1:9"))
    with pytest.raises(ProviderUnavailable):
        list(reconcile(parts, nowhere))
    assert hotline.log()[0]["status"] == "in-progress"


def test_a_chore_is_claimed_by_one_process_at_a_time(database: Database) -> None:
    every = timedelta(minutes=10)

    def is_ours(minutes: float) -> bool:
        with database.write() as connection:
            return claim(connection, "reconcile", TUESDAY_10 + timedelta(minutes=minutes), every)

    assert [is_ours(minutes) for minutes in (0, 0, 9, 10, 10, 25)] == [True, False, False, True, False, True]


def test_a_servers_own_chores_put_off_what_cannot_be_done(hotline: Hotline, parts: Parts) -> None:
    """The demo's carrier is not up: it is told, and the record stays."""
    chores = Chores(parts, hotline.settings)
    chores.tick()
    chores.close()
    assert hotline.log() == []
