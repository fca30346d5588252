"""No carrier route is open to strangers, whatever is added to the URL map."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.cli.context import ready_offices
from app.config import Secret, Settings
from app.store.database import Database
from app.store.schema import metadata
from app.telephony.signatures import sign
from app.web.carrier import PREFIXES
from tests.support.hotline import HOTLINE

ACCOUNT = "AC" + "a" * 32
FORM = {
    "CallSid": "CA" + "1" * 32,
    "AccountSid": ACCOUNT,
    "From": "+16085550123",
    "To": HOTLINE,
    "Direction": "inbound",
    "CallStatus": "in-progress",
}
TOKENS = ("token-of-the-tests", "the-next-token")


@pytest.fixture
def live(settings: Settings) -> Settings:
    return replace(
        settings,
        account_sid=ACCOUNT,
        public_url="https://calls.example.org/patchline",
        auth_tokens=tuple(Secret(token) for token in TOKENS),
    )


@pytest.fixture
def app(live: Settings) -> Iterator[Flask]:
    ready_offices(live)
    made = create_app(live)
    yield made
    made.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def carrier_paths(app: Flask) -> list[str]:
    """A path for every rule under the carrier's prefixes, and some that no rule knows."""
    rules = [rule.rule.replace("<path:unknown>", "unheard/of") for rule in app.url_map.iter_rules()]
    return [rule for rule in rules if rule.startswith(PREFIXES)] + ["/sms/incoming", "/sms/unknown", "/voice/"]


def rows(database: Database) -> dict[str, int]:
    with database.read() as connection:
        written = ("calls", "legs", "turns", "callbacks", "supporters", "supporter_offices")
        return {name: len(connection.execute(metadata.tables[name].select()).all()) for name in written}


def signature(path: str, form: dict[str, str], token: str = TOKENS[0], base: str = "") -> dict[str, str]:
    return {"X-Twilio-Signature": sign((base or "https://calls.example.org/patchline") + path, form, token)}


def test_the_map_has_the_contracts_webhooks(app: Flask) -> None:
    assert {"/voice/incoming", "/voice/fallback", "/voice/status"} <= set(carrier_paths(app))


def test_strangers_are_refused_everywhere_and_leave_nothing(
    app: Flask, client: FlaskClient, database: Database
) -> None:
    wrong_account = {**FORM, "AccountSid": "AC" + "b" * 32}
    for path in carrier_paths(app):
        refused = [
            client.post(path, data=FORM),
            client.post(path, data=FORM, headers={"X-Twilio-Signature": "x"}),
            client.post(path, data=FORM, headers=signature(path, FORM, token="another")),
            client.post(path, data=FORM, headers=signature(path + "?x=1", FORM)),
            client.post(path, data={**FORM, "Extra": "1"}, headers=signature(path, FORM)),
            client.post(path, data=FORM, headers=signature(path, FORM, base="http://localhost")),
            client.post(
                path,
                data=FORM,
                headers={
                    **signature(path, FORM, base="https://evil.example"),
                    "Host": "evil.example",
                    "X-Forwarded-Host": "evil.example",
                    "X-Forwarded-Proto": "https",
                },
            ),
            client.post(path, data=wrong_account, headers=signature(path, wrong_account)),
            client.get(path, query_string=FORM),
            client.get(path, headers=signature(path, {})),
            client.put(path, data=FORM, headers=signature(path, FORM)),
            client.options(path),
        ]
        assert {response.status_code for response in refused} == {403}, path
        assert {response.mimetype for response in refused} == {"text/plain"}
    assert set(rows(database).values()) == {0}


@pytest.mark.parametrize("token", TOKENS)
def test_each_of_several_tokens_is_good(client: FlaskClient, token: str) -> None:
    answer = client.post("/voice/incoming", data=FORM, headers=signature("/voice/incoming", FORM, token))
    assert answer.status_code == 200
    assert answer.mimetype == "text/xml"
    assert "https://calls.example.org/patchline/voice/turn?state=" in answer.text


def test_unknown_parameters_are_part_of_the_signature_and_welcome(client: FlaskClient) -> None:
    form = {**FORM, "StirVerstat": "TN-Validation-Passed-A", "OfTomorrow": "ü", "Blank": ""}
    assert client.post("/voice/incoming", data=form, headers=signature("/voice/incoming", form)).status_code == 200


def test_a_demo_takes_any_account(settings: Settings, database: Database) -> None:
    ready_offices(settings)
    demo = create_app(settings)
    headers = signature("/voice/incoming", FORM, base=settings.public_url)
    assert demo.test_client().post("/voice/incoming", data=FORM, headers=headers).status_code == 200
    demo.close()


def test_other_pages_are_not_the_carriers(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    missing = client.get("/nothing/here")
    assert missing.status_code == 404
    assert missing.json == {"error": "There is nothing at this address."}
    assert client.post("/healthz").status_code == 405
