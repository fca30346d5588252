"""The voice webhooks under odd, hostile and broken circumstances: a caller always hears a sentence."""

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from app import create_app
from app.cli.context import ready_offices
from app.config import Settings
from app.services.export_calls import ExportFormat, export_calls
from app.simulator import MovableClock
from app.store.database import Database
from app.store.schema import metadata
from app.web import parts, voice
from app.web.parts import hotline
from tests.support.campaigns import TUESDAY_10
from tests.support.demo import put_demo
from tests.support.webhooks import CALL, Webhooks, action_of, dialed, words_of

HOSTILE = [
    "",
    "\0",
    "a\x00\x0b\x1f\x7f",
    "\ufffe\uffff\u202e",
    "'; DROP TABLE calls; --",
    "<Dial>+19005550123</Dial>",
    "]]></Say><Dial>1</Dial>",
    "{{ 7 * 7 }} {office} %s",
    "=HYPERLINK(1)",
    "\r\nX-Injected: 1",
    "x" * 5000,
    "😀" * 300,
    "+1608555012" * 3,
]
FIELDS = [
    "CallSid", "AccountSid", "From", "To", "Direction", "CallStatus", "Digits", "SpeechResult", "Confidence",
    "DialCallStatus", "DialCallSid", "DialCallDuration", "DialBridged", "ErrorCode", "ErrorUrl", "CallerName",
    "FromCity", "SequenceNumber", "CallDuration", "Timestamp", "ParentCallSid", "ForwardedFrom", "ApiVersion",
]  # fmt: skip


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    put_demo(settings)
    made = create_app(settings, MovableClock(TUESDAY_10))
    yield made
    made.close()


@pytest.fixture
def webhooks(app: Flask) -> Webhooks:
    return Webhooks(app)


def published(app: Flask) -> set[str]:
    with app.app_context():
        return set(ready_offices(parts.settings()).values())


def is_heard(answer: TestResponse) -> None:
    """The answer is TwiML that says something."""
    assert answer.status_code == 200
    assert answer.mimetype == "text/xml"
    assert ET.fromstring(answer.data).tag == "Response"
    assert words_of(answer)


@pytest.mark.parametrize("field", FIELDS)
def test_no_value_of_any_field_does_harm(webhooks: Webhooks, app: Flask, field: str) -> None:
    numbers = published(app)
    for value in HOSTILE:
        for path in ("/voice/incoming", "/voice/turn", "/voice/fallback"):
            answer = webhooks.post(path, **{field: value})
            is_heard(answer)
            assert set(dialed(answer)) <= numbers
        for path in ("/voice/status", "/voice/leg?call=CA1&leg=2", "/voice/leg?call=%00&leg=-1"):
            assert webhooks.post(path, **{field: value}).status_code == 204
        first = webhooks.post("/voice/incoming", CallSid="CA7")
        is_heard(webhooks.follow(first, **{"CallSid": "CA7", field: value}))


def test_repeated_and_missing_parameters_do_no_harm(webhooks: Webhooks) -> None:
    for name in FIELDS:
        for path in ("/voice/incoming", "/voice/turn", "/voice/fallback"):
            is_heard(webhooks.post(path, (name, "one"), (name, "two")))
            is_heard(webhooks.post(path, without=[name]))
        assert webhooks.post("/voice/status", (name, "one"), (name, "two")).status_code == 204


@rules(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=60), max_size=5),
    st.text("0123456789*#abA \n", max_size=4),
)
def test_random_forms_are_answered(webhooks: Webhooks, app: Flask, form: dict[str, str], digits: str) -> None:
    first = webhooks.post("/voice/incoming")
    answer = webhooks.follow(first, **{**form, "CallSid": CALL, "Digits": digits})
    is_heard(answer)
    assert set(dialed(answer)) <= published(app)


@pytest.mark.parametrize(
    "state", ["", "x", "1.menu.1.en", "1." + "9" * 400, "%00", "%C3%A9", "1.menu.1.en.AAAAAAAAAAAA"]
)
def test_a_corrupt_state_leads_to_the_current_menu(webhooks: Webhooks, state: str) -> None:
    offer = webhooks.post(action_of(webhooks.post("/voice/incoming")), Digits="4")
    offer = webhooks.follow(offer, DialCallStatus="busy", DialCallSid="CA2")
    assert "Madison is busy" in words_of(offer)
    answer = webhooks.post(f"/voice/turn?state={state}", Digits="5")
    is_heard(answer)
    assert "Madison is busy" in words_of(answer)
    assert dialed(answer) == []


def test_the_state_of_another_call_is_foreign(webhooks: Webhooks) -> None:
    theirs = action_of(webhooks.post("/voice/incoming", CallSid="CA2"))
    webhooks.post("/voice/incoming", CallSid="CA3")
    answer = webhooks.post(theirs, CallSid="CA3", Digits="4")
    assert dialed(answer) == []
    assert "press pound" in words_of(answer)


def test_without_any_record_a_corrupt_state_starts_the_call(webhooks: Webhooks) -> None:
    assert "Welcome to the Honduras action line" in words_of(webhooks.post("/voice/turn?state=x", Digits="4"))


def test_an_address_of_no_release_is_answered_all_the_same(webhooks: Webhooks) -> None:
    webhooks.post("/voice/incoming")
    is_heard(webhooks.post("/voice/of/another/release", Digits="4"))


def test_the_same_webhook_later_gets_the_same_bytes_and_leaves_one_record(
    webhooks: Webhooks, database: Database, app: Flask
) -> None:
    greeting = webhooks.post("/voice/incoming")
    connect = webhooks.follow(greeting, Digits="4")
    outcome = webhooks.follow(connect, DialCallStatus="completed", DialCallSid="CA2", DialCallDuration="9")
    following = webhooks.follow(outcome, Digits="1")
    with app.app_context():
        clock = hotline().clock
    assert isinstance(clock, MovableClock)
    before = snapshot(database)
    for seconds in (1, 3600, 86400):
        clock.move(seconds)
        assert webhooks.post("/voice/incoming").data == greeting.data
        assert webhooks.follow(greeting, Digits="4").data == connect.data
        again = webhooks.follow(connect, DialCallStatus="completed", DialCallSid="CA2", DialCallDuration="9")
        assert again.data == outcome.data
        assert webhooks.follow(outcome, Digits="1").data == following.data
    assert snapshot(database) == before


def snapshot(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.read() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(table.select()).all()]
            for table in metadata.sorted_tables
        }


def test_the_same_webhook_at_the_same_instant_gets_the_same_bytes(webhooks: Webhooks, database: Database) -> None:
    for number in range(5):
        sid = f"CA{number}"
        greeting = at_once(partial(webhooks.post, "/voice/incoming", CallSid=sid))
        at_once(partial(webhooks.follow, greeting, CallSid=sid, Digits=str(number + 1)))
    log = [json.loads(line) for line in export_calls(database, ExportFormat.JSONL)]
    assert [len(call["legs"]) for call in log] == [1] * 5


def at_once(send: Callable[[], TestResponse]) -> TestResponse:
    """Send the same from eight threads at the same instant; all get the same bytes."""
    threads = 8
    barrier = threading.Barrier(threads)

    def one(_: int) -> TestResponse:
        barrier.wait()
        return send()

    with ThreadPoolExecutor(threads) as pool:
        answers = list(pool.map(one, range(threads)))
    assert len({answer.data for answer in answers}) == 1
    return answers[0]


def test_a_bug_is_logged_and_the_caller_keeps_a_way_on(webhooks: Webhooks, monkeypatch: pytest.MonkeyPatch) -> None:
    greeting = webhooks.post("/voice/incoming")

    def broken(*args: object) -> str:
        raise RuntimeError("a bug with +16085550123 in it")

    with monkeypatch.context() as patched:
        patched.setattr(voice, "take_turn", broken)
        answer = webhooks.follow(greeting, Digits="4")
        assert "Sorry, our system has a problem. You can reach the Eau Claire office yourself at 7 1 5" in words_of(
            answer
        )
        assert "To go on here, press pound." in words_of(answer)
        for _ in range(2):
            answer = webhooks.follow(answer, Digits="#")
        last = webhooks.follow(answer, Digits="#")
        assert ET.fromstring(last.data)[-1].tag == "Hangup"
        assert "action" not in last.text
        assert webhooks.post("/voice/status").status_code == 204
    again = webhooks.follow(answer, Digits="#")
    assert dialed(again) == ["+16087960045"]


def test_a_bug_in_a_callback_is_acknowledged(webhooks: Webhooks, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(voice, "record_status", broken)
    assert webhooks.post("/voice/status").status_code == 204
    assert webhooks.post("/voice/leg?call=CA1&leg=1").status_code == 204


def test_the_fallback_goes_on_from_the_address_that_failed(webhooks: Webhooks) -> None:
    connect = webhooks.follow(webhooks.post("/voice/incoming"), Digits="4")
    failed = f"http://127.0.0.1:5000{action_of(connect)}"
    answer = webhooks.post("/voice/fallback", ErrorCode="11205", ErrorUrl=failed)
    assert words_of(answer).startswith("Sorry, our system has a problem. You can reach the Madison office yourself")
    assert dialed(answer) == []
    assert webhooks.post("/voice/fallback", ErrorCode="11205", ErrorUrl=failed).data == answer.data
    assert dialed(webhooks.follow(answer, Digits="5")) == ["+14142974451"]


def test_the_fallback_of_a_call_that_never_began_greets_it(webhooks: Webhooks) -> None:
    answer = webhooks.post("/voice/fallback", ErrorCode="11200", ErrorUrl="http://[")
    assert words_of(answer).startswith("Sorry, our system has a problem.")
    assert "Welcome to the Honduras action line" in words_of(answer)


def test_a_fallback_at_an_unknown_number_lets_go(webhooks: Webhooks) -> None:
    assert "does not belong to a campaign" in words_of(webhooks.post("/voice/fallback", To="+15005550009"))


@pytest.mark.parametrize("fields", [{"DialCallStatus": ""}, {"DialCallSid": "CA2"}, {"DialCallStatus": " COMPLETED "}])
def test_an_odd_end_of_a_dial_is_its_end_and_never_dials_again(webhooks: Webhooks, fields: dict[str, str]) -> None:
    connect = webhooks.follow(webhooks.post("/voice/incoming"), Digits="4")
    answer = webhooks.follow(connect, **fields)
    assert dialed(answer) == []
    is_answered = "COMPLETED" in fields.get("DialCallStatus", "")
    assert ("You're back with us." in words_of(answer)) == is_answered
    again = webhooks.follow(connect, ("DialCallStatus", "completed"), ("DialCallStatus", "busy"))
    assert dialed(again) == []


def test_what_is_not_dialed_through_a_whisper_counts_as_nobody_reached(webhooks: Webhooks) -> None:
    connect = webhooks.follow(webhooks.post("/voice/incoming"), Digits="4")
    answer = webhooks.follow(connect, DialCallStatus="completed", DialBridged="false", DialCallDuration="0")
    assert "Nobody answered in Madison." in words_of(answer)


@pytest.mark.parametrize("state", ["%00%0B", "%EF%BF%BE", "%3C%22%26x%23y", "x" * 5000])
def test_a_fault_on_a_hostile_address_is_well_formed(
    webhooks: Webhooks, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    def broken(*args: object) -> str:
        raise RuntimeError("a bug")

    monkeypatch.setattr(voice, "take_turn", broken)
    answer = webhooks.post(f"/voice/turn?state={state}", Digits="4")
    is_heard(answer)
    assert "state=&" in action_of(answer)


def test_a_body_that_no_carrier_sends_is_refused(webhooks: Webhooks, app: Flask) -> None:
    assert webhooks.post("/voice/turn", Digits="4", Extra="x" * 70_000).status_code == 403
    unsigned = app.test_client().post("/voice/turn", data={"Extra": "x" * 70_000})
    assert unsigned.status_code == 403


def test_texts_are_acknowledged(webhooks: Webhooks) -> None:
    answer = webhooks.post("/sms/incoming", Body="hello")
    assert (answer.status_code, answer.mimetype) == (200, "text/xml")
    assert list(ET.fromstring(answer.data)) == []
    assert webhooks.post("/sms/status", MessageStatus="sent").status_code == 204


def test_a_call_without_an_id_is_served_and_leaves_no_record(webhooks: Webhooks, database: Database) -> None:
    first = webhooks.post("/voice/incoming", without=["CallSid"])
    second = webhooks.post("/voice/incoming", without=["CallSid"], From="+12025550199")
    assert "Or choose one." in words_of(first)
    assert "Or choose one." in words_of(second)
    assert dialed(webhooks.post(action_of(first), without=["CallSid"], Digits="4"))
    assert list(export_calls(database, ExportFormat.JSONL)) == []
