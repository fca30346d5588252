"""Looking at the numbers: never longer than one waits, in words for every setting, by the last call of each."""

from collections.abc import Sequence
from datetime import UTC, datetime
from threading import Event
from typing import cast

from app.services.account_watch import AccountWatch
from app.services.doctor.examine import Check, Installation
from app.services.doctor.finding import ok
from app.services.loop_test import try_loop
from app.services.number_words import PLAIN, shown_setting
from app.services.numbers import SETTINGS
from app.simulator import MovableClock
from app.store.database import Database
from app.store.number_calls import last_calls
from app.telephony.provider import NumberUrls, OwnedNumber, Provider, ProviderUnavailable
from tests.store.making import publish, save, turn

NOW = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
OWNED = OwnedNumber("PN1", "+15005550006", "", NumberUrls(), True)
URL = "https://calls.example.org"


class Account:
    """A carrier that answers when it is let, as it is told to."""

    def __init__(self) -> None:
        self.may_answer, self.asked, self.problem = Event(), 0, None
        self.may_answer.set()

    problem: Exception | None

    def owned_numbers(self) -> Sequence[OwnedNumber]:
        self.asked += 1
        assert self.may_answer.wait(30)
        if self.problem:
            raise self.problem
        return [OWNED]


def test_who_looks_does_not_wait_for_a_carrier_that_hangs_and_it_is_asked_once() -> None:
    account, clock = Account(), MovableClock(NOW)
    watch = AccountWatch(patience_s=0.01)
    provider = cast("Provider", account)
    account.may_answer.clear()
    seen = [watch.look(provider, clock) for _ in range(3)]
    assert {(each.owned, each.trouble) for each in seen} == {
        (None, "The carrier has not answered within 0.01 seconds.")
    }
    assert account.asked == 1
    account.may_answer.set()
    watch = AccountWatch(patience_s=30)
    assert watch.look(provider, clock).owned == (OWNED,)
    for account.problem, words in (
        (ProviderUnavailable("it did not answer within 5 s"), "it did not answer within 5 s"),
        (KeyError("sid"), "could not be read (KeyError)"),
    ):
        clock.move(60)
        now = watch.look(provider, clock)
        assert (now.owned, now.at) == ((OWNED,), NOW), "as it was told last"
        assert words in now.trouble


def test_a_check_that_hangs_is_told_and_holds_up_no_other() -> None:
    never = Event()
    checks: tuple[tuple[str, Check], ...] = (
        ("good", lambda _: [ok("well")]),
        ("slow", lambda _: [ok("late")] if never.wait(30) else []),
        ("none", lambda _: []),
    )
    told = [each.what for each in try_loop(cast("Installation", Event()), checks, within_s=0.2)]
    never.set()
    assert told == ["well", "The check of the slow had no answer within 0.2 seconds."]


def test_each_setting_has_plain_words_and_no_address_shows_what_opens_it() -> None:
    assert set(PLAIN) == set(SETTINGS.values())
    assert shown_setting("", URL) == "not set"
    assert shown_setting(f"{URL}/voice/incoming#rc=2", URL) == f"{URL}/voice/incoming#rc=2"
    assert shown_setting("GET", URL) == "GET"
    assert shown_setting("https://a:b@x.example/p?token=t#f", URL) == "https://…@x.example/p?…#…"
    assert shown_setting(f"{URL}.evil.example/?k=1", URL) == f"{URL}.evil.example/?…"
    assert shown_setting("http://[x", URL) == "an address that cannot be read"


def test_the_last_call_of_a_campaign_is_one_to_its_present_number(database: Database) -> None:
    publish(database)
    save(database, turn(1, call_sid="CA1"), turn(1, call_sid="CA2", seconds=60))
    save(database, turn(1, call_sid="CA3", seconds=120, is_test=True))
    called = turn(1).called
    with database.read() as connection:
        slug, without = next(iter(last_calls(connection, called, with_simulated=False).items()))
        assert without == turn(1, seconds=60).at
        assert last_calls(connection, called, with_simulated=True) == {slug: turn(1, seconds=120).at}
        assert last_calls(connection, "+15550000000", with_simulated=True) == {}
