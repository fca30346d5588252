"""Signed webhooks by hand: for what no simulator of a well-behaved carrier would send."""

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.telephony.signatures import sign
from app.web.parts import settings

CALL = "CA" + "1" * 32
Fields = Sequence[tuple[str, str]]


class Webhooks:
    """Posts signed forms to an app and follows the action of its answers."""

    def __init__(self, app: Flask) -> None:
        self._client: FlaskClient = app.test_client()
        with app.app_context():
            known = settings()
        self._base, self._token = known.public_url, known.auth_tokens[0].reveal()
        self.headers: dict[str, str] = {}
        self.usual = {
            "CallSid": CALL,
            "AccountSid": "AC" + "0" * 32,
            "From": "+16085550123",
            "To": known.phone_number,
            "Direction": "inbound",
            "CallStatus": "in-progress",
        }

    def post(self, path: str, *more: tuple[str, str], without: Sequence[str] = (), **changes: str) -> TestResponse:
        """Post the usual fields with changes; `more` may repeat a name, `without` leaves names out."""
        fields = [(n, v) for n, v in {**self.usual, **changes}.items() if n not in without]
        form = [*fields, *more]
        body: dict[str, list[str]] = {}
        for name, value in form:
            body.setdefault(name, []).append(value)
        url = self._base + path
        signature = {"X-Twilio-Signature": sign(url, form, self._token)}
        return self._client.post(path, data=body, headers={**self.headers, **signature})

    def follow(self, answer: TestResponse, *more: tuple[str, str], **changes: str) -> TestResponse:
        """Post to the action that an answer names."""
        return self.post(action_of(answer), *more, **changes)


def action_of(answer: TestResponse) -> str:
    """Path and query of an answer's first action."""
    found = ET.fromstring(answer.data).find(".//*[@action]")
    assert found is not None, answer.text
    return re.sub(r"^https?://[^/]+|#.*$", "", found.attrib["action"])


def words_of(answer: TestResponse) -> str:
    """All that an answer says."""
    return " ".join(" ".join(ET.fromstring(answer.data).itertext()).split())


def dialed(answer: TestResponse) -> list[str]:
    """The numbers that an answer dials."""
    return [number.text or "" for number in ET.fromstring(answer.data).iter("Number")]
