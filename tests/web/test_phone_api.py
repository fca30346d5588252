"""The JSON API of the phone in the browser: whole calls, odd requests, and none of it in live mode."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from app.config import Secret, Settings
from app.domain.clock import SystemClock
from app.services.caller_keys import caller_keys
from app.services.campaigns import export_campaign, import_campaign
from app.services.offices import office_numbers
from app.services.open_database import open_database
from app.services.rehearsals.world import world
from app.services.rest_stand_in import PATH
from app.services.stage import demo_stage
from app.simulator.script import parse_script, run_script
from app.store.database import Database
from app.web.application import Patchline
from tests.support.campaigns import TUESDAY_10
from tests.support.demo import put_demo
from tests.support.hotline import HOTLINE

A_CALL = {
    "number": HOTLINE,
    "at": "2017-12-19T10:00",
    "zone": "America/Chicago",
    "caller": "new",
    "returning_as": "",
    "offices": {"Madison": {"manner": "answers", "after": 3, "talk": 30}},
    "webhooks": "normal",
}


@pytest.fixture
def app(settings: Settings) -> Iterator[Patchline]:
    put_demo(settings)
    made = create_app(settings)
    yield made
    made.close()


class BrowserCall:
    """A call as the page makes it: by the View it was last given."""

    def __init__(self, client: FlaskClient, **changes: object) -> None:
        self.client = client
        answer = client.post("/phone/api/calls", json={**A_CALL, **changes})
        assert answer.status_code == 201, answer.text
        self.view: dict[str, Any] = answer.get_json()

    def acts(self, act: str, elapsed: float = 0, **more: object) -> dict[str, Any]:
        answer = self.client.post(
            f"/phone/api/calls/{self.view['id']}/acts", json={"act": act, "elapsed": elapsed, **more}
        )
        assert answer.status_code == 200, answer.text
        self.view = answer.get_json()
        return self.view

    def waits_for(self, activity: str) -> dict[str, Any]:
        while self.view["waiting"] and self.view["waiting"]["activity"] != activity:
            self.acts("wait", self.view["waiting"]["seconds"])
        return self.view

    @property
    def heard(self) -> str:
        return " ".join(entry["text"] for entry in self.view["entries"] if entry["kind"] == "hears")

    @property
    def script(self) -> str:
        return self.client.get(f"/phone/api/calls/{self.view['id']}/script").text


def test_a_call_in_spanish_from_greeting_to_log(app: Patchline) -> None:
    call = BrowserCall(app.test_client())
    call.acts("press", 2, key="9")
    call.acts("press", 1.5, key="4")
    call.waits_for("ringing")
    assert call.view["waiting"]["office"] == "Madison"
    call.waits_for("talking")
    call.acts("wait", 30)
    call.waits_for("listening")
    assert "Está de vuelta con nosotros." in call.heard
    call.acts("press", 1, key="1")
    call.acts("hang-up", 1)
    assert call.view["over"]
    assert call.view["waiting"] is None
    assert call.view["clock"].endswith("-06:00")
    leg = call.view["log"]["legs"][0]
    assert (leg["office"], leg["status"], leg["disposition"], leg["duration"]) == ("Madison", "completed", "spoke", 30)
    assert call.view["log"]["language"] == "es"


def test_each_webhook_shows_its_state_and_what_was_recorded(app: Patchline) -> None:
    call = BrowserCall(app.test_client())
    call.acts("press", 1, key="4")
    first, second = call.view["webhooks"]
    assert first["url"].endswith("/voice/incoming")
    assert ["To", HOTLINE] in first["params"]
    assert second["answer"].startswith("<?xml")
    assert (first["valid"], second["status"]) == (True, 200)
    assert second["state"]["step"] == "connect"
    assert (second["turn"]["turn"], second["turn"]["event"]) == (2, "pressed 4")
    assert second["turn"]["notes"][0]["office"] == "madison"


def test_what_was_done_can_be_saved_and_played_again(app: Patchline, settings: Settings, database: Database) -> None:
    call = BrowserCall(app.test_client(), offices={"Madison": {"manner": "busy", "after": 2, "talk": 0}})
    call.acts("press", 3.3, key="4")
    call.waits_for("ringing")
    call.waits_for("listening")
    call.acts("office", 0, office={"name": "La Crosse", "manner": "answers", "after": 2, "talk": 90})
    call.acts("press", 1, key="3")
    call.waits_for("talking")
    call.acts("press", 20, key="*")
    call.waits_for("listening")
    call.acts("wait", call.view["waiting"]["seconds"])
    call.waits_for("listening")
    call.acts("press", 1, key="2")
    call.waits_for("listening")
    for _ in range(9):
        call.acts("wait", call.view["waiting"]["seconds"]) if call.view["waiting"] else None
    while not call.view["over"]:
        call.acts("wait", call.view["waiting"]["seconds"])
    script = parse_script(call.script, "saved.call")
    with demo_stage(create_app, settings, office_numbers(database), TUESDAY_10, seed=5) as stage:
        again = run_script(script, stage)
    assert "La Crosse: completed after 20 s" in again
    assert again.rstrip().endswith("the line hangs up")


def test_somebody_may_be_the_office(app: Patchline, settings: Settings, database: Database) -> None:
    call = BrowserCall(app.test_client(), offices={"Madison": {"manner": "no answer", "after": 9, "talk": 0}})
    call.acts("press", 1, key="4")
    refused = {"act": "pick-up", "elapsed": 0}
    answer = app.test_client().post(f"/phone/api/calls/{call.view['id']}/acts", json=refused)
    assert (answer.status_code, answer.get_json()["error"]) == (400, "No office rings just now.")
    call.waits_for("ringing")
    call.acts("pick-up", 4)
    assert call.view["waiting"]["activity"] == "talking"
    call.acts("put-down", 25)
    call.waits_for("listening")
    assert "You're back with us." in call.heard
    call.acts("hang-up", 1)
    assert call.view["log"]["legs"][0]["duration"] == 25
    with demo_stage(create_app, settings, office_numbers(database), TUESDAY_10, seed=5) as stage:
        again = run_script(parse_script(call.script, "saved.call"), stage)
    assert "Madison: completed after 25 s" in again


def test_a_returning_caller_is_known(app: Patchline) -> None:
    call = BrowserCall(app.test_client())
    call.acts("press", 1, key="4")
    call.waits_for("talking")
    call.acts("press", 5, key="*")
    call.acts("press", 1, key="1")
    call.acts("hang-up")
    again = BrowserCall(app.test_client(), caller="returning", returning_as=call.view["caller_token"])
    assert "Welcome back. You already called Madison." in again.heard
    withheld = BrowserCall(app.test_client(), caller="withheld")
    assert withheld.view["log"]["caller"] == "withheld"
    foreign = BrowserCall(app.test_client(), caller="foreign")
    assert "+44" in foreign.view["entries"][0]["text"]


@pytest.mark.parametrize(
    ("webhooks", "words"),
    [
        ("doubled", "Calling"),
        ("lose-next", "Calling"),
        ("late", "Calling"),
        ("down", "Sorry, our system has"),
    ],
)
def test_webhooks_that_go_astray_are_shown_and_the_call_goes_on(app: Patchline, webhooks: str, words: str) -> None:
    call = BrowserCall(app.test_client())
    call.acts("webhooks", webhooks=webhooks)
    call.acts("press", 1, key="4")
    while words not in call.heard:
        call.acts("wait", call.view["waiting"]["seconds"])
    if webhooks in ("doubled", "lose-next"):
        assert any(each["repeat"] for each in call.view["webhooks"])
    if webhooks == "down":
        assert any(each["failure"] for each in call.view["webhooks"])


def test_speech_is_taken_from_the_second_attempt_on(app: Patchline) -> None:
    call = BrowserCall(app.test_client())
    refused = app.test_client().post(
        f"/phone/api/calls/{call.view['id']}/acts", json={"act": "say", "elapsed": 1, "text": "Madison"}
    )
    assert refused.status_code == 400
    assert "Nobody listens for speech just now" in refused.get_json()["error"]
    call.waits_for("listening")
    call.acts("wait", call.view["waiting"]["seconds"])
    call.waits_for("listening")
    call.acts("say", 1, text="Madison")
    call.waits_for("ringing")
    assert "Calling the Madison office." in call.heard


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"number": "911"}, "not a phone number"),
        ({"number": 5}, "'number' is missing or is no text"),
        ({"at": "tomorrow"}, "cannot be read"),
        ({"zone": "../etc"}, "cannot be read"),
        ({"zone": "Mars/Olympus"}, "cannot be read"),
        ({"caller": "me"}, "'caller' is not one of"),
        ({"offices": {"Nowhere": {"manner": "busy"}}}, "no office 'Nowhere'"),
        ({"offices": {"Madison": {"manner": "sings"}}}, "'manner' is not one of"),
        ({"offices": {"Madison": {"manner": "busy", "after": -1}}}, "not a number of seconds"),
        ({"offices": []}, "is not an object"),
        ({"webhooks": "eaten"}, "'webhooks' is not one of"),
        ({"returning_as": "x"}, "not a phone number"),
    ],
)
def test_an_impossible_call_is_refused_in_a_sentence(app: Patchline, changes: dict[str, object], why: str) -> None:
    answer = app.test_client().post("/phone/api/calls", json={**A_CALL, **changes})
    assert answer.status_code == 400
    assert why in answer.get_json()["error"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"[" * 50_000, "application/json"),
        (b"{}", "text/plain"),
        (b"[]", "application/json"),
    ],
)
def test_what_is_no_json_object_is_refused(app: Patchline, body: bytes, kind: str) -> None:
    answer = app.test_client().post("/phone/api/calls", data=body, content_type=kind)
    assert answer.status_code == 400
    assert answer.get_json()["error"]


@pytest.mark.parametrize("key", ["x", "1-2-3", "80-aa-0000000000000000", "é", "5000--"])
def test_a_call_that_is_not_there_is_told_so(app: Patchline, key: str) -> None:
    answer = app.test_client().post(f"/phone/api/calls/{key}/acts", json={"act": "wait", "elapsed": 1})
    assert answer.status_code == 404
    assert answer.get_json()["error"] == "This call is not here any more: dial again."


def test_another_process_hands_a_call_to_the_one_that_has_it(app: Patchline, settings: Settings) -> None:
    call = BrowserCall(app.test_client())
    other = create_app(settings)
    call.client = other.test_client()
    call.acts("press", 1, key="4")
    assert "Calling the Madison office." in call.heard
    assert "press 4" in call.script
    other.close()


def test_the_oldest_calls_are_given_up(app: Patchline) -> None:
    first = BrowserCall(app.test_client())
    for _ in range(20):
        BrowserCall(app.test_client())
    gone = app.test_client().post(f"/phone/api/calls/{first.view['id']}/acts", json={"act": "wait", "elapsed": 1})
    assert gone.status_code == 404


def test_the_world_offers_every_campaign_with_a_good_time_to_call(app: Patchline) -> None:
    (campaign,) = app.test_client().get("/phone/api/world").get_json()["campaigns"]
    assert (campaign["slug"], campaign["default_at"], campaign["zone"]) == (
        "honduras-2017",
        "2017-12-19T10:00",
        "America/Chicago",
    )
    assert len(campaign["offices"]) == 7


@pytest.mark.parametrize(("last", "good"), [("2017-12-22", "2017-12-22T10:00"), ("2017-12-26", "2017-12-26T10:00")])
def test_a_campaign_that_is_over_is_rehearsed_as_of_its_last_open_morning(
    settings: Settings, last: str, good: str
) -> None:
    put_demo(settings)
    with closing(open_database(settings)) as database:
        document = export_campaign(database, "honduras-2017")
        own = replace(document.campaign, slug="own", ends_on=date.fromisoformat(last), number="+15005550007")
        import_campaign(database, caller_keys(settings), SystemClock(), replace(document, campaign=own))
        found = world(database, "+15005550006", datetime(2017, 12, 24, tzinfo=UTC))["campaigns"]
    assert isinstance(found, list)
    assert [each["default_at"] for each in found] == ["2017-12-19T10:00", good]


def test_nothing_of_the_phone_is_served_in_live_mode(settings: Settings, tmp_path: Path) -> None:
    put_demo(settings)
    live = create_app(
        replace(settings, account_sid="AC" + "1" * 32, auth_tokens=(Secret("t"),), public_url="https://example.org")
    )
    client = live.test_client()
    assert live.rehearsals is None
    for path in (
        "/phone/",
        "/phone",
        "/phone/api/world",
        "/phone/api/calls",
        PATH,
        f"{PATH}/2010-04-01/Accounts/AC1/Calls.json",
    ):
        assert client.get(path).status_code == 404, path
        assert client.post(path, json=A_CALL).status_code == 404, path
    rules = [rule.rule for rule in live.url_map.iter_rules()]
    assert not [rule for rule in rules if "phone" in rule and "static" not in rule]
    live.close()
