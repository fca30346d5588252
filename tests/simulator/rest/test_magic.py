"""Test credentials: every magic value answers as Twilio says, and nothing is ever placed (Twilio: test credentials)."""

from collections.abc import Iterator

import pytest

from app.simulator import Carrier
from app.simulator.rest.errors import ERRORS
from app.simulator.rest.magic import MAGIC, OTHERS
from tests.simulator.hotlines import HOTLINE, Hotline
from tests.simulator.rest.served import SUPPORTER, Served, serve_rest

# The table as Twilio's page has it: resource, field, then the last digits of +1500555000N (or the whole value) and
# the code, 'ok' for none.
PAGE = """
IncomingPhoneNumbers PhoneNumber 0=21422 1=21421 6=ok
IncomingPhoneNumbers AreaCode 533=21452 500=ok
Messages From 1=21212 7=21606 others=21606 8=21611 6=ok
Messages To 1=21211 2=21612 3=21408 4=21610 9=21614
Calls From 1=21212 6=ok others=21210
Calls To 1=21217 2=21214 3=21215 4=21216
"""


def page_rows() -> dict[tuple[str, str], dict[str, int | None]]:
    rows = {}
    for line in PAGE.strip().splitlines():
        resource, field, *pairs = line.split()
        values = (pair.split("=") for pair in pairs)
        rows[resource, field] = {
            f"+1500555000{value}" if len(value) == 1 else value: None if code == "ok" else int(code)
            for value, code in values
        }
    return rows


GOOD = {
    "IncomingPhoneNumbers": {},
    "Messages": {"From": "+15005550006", "To": SUPPORTER, "Body": "Hello"},
    "Calls": {"From": "+15005550006", "To": SUPPORTER, "Url": "https://hotline.example/voice"},
}
EACH = [(resource, field, value, code) for (resource, field), values in MAGIC.items() for value, code in values.items()]


@pytest.fixture
def served(carrier: Carrier) -> Iterator[Served]:
    with serve_rest(carrier, is_test=True) as served:
        yield served


def test_the_table_is_the_pages() -> None:
    assert {key: dict(values) for key, values in MAGIC.items()} == page_rows()


def test_every_code_has_words() -> None:
    assert {code for *_, code in EACH if code} <= ERRORS.keys()


@pytest.mark.parametrize(("resource", "field", "value", "code"), EACH)
def test_every_magic_value(served: Served, resource: str, field: str, value: str, code: int | None) -> None:
    given = "+12025550143" if value == OTHERS else value
    status, body = served.ask("POST", f"{resource}.json", **{**GOOD[resource], field: given})
    if code is None:
        assert status == 201
        assert body["sid"]
    else:
        assert (status, body["code"], body["status"]) == (400, code, 400)


@pytest.mark.parametrize("resource", ["Messages", "Calls"])
def test_other_receivers_are_checked_as_ever(served: Served, resource: str) -> None:
    assert served.refused(f"{resource}.json", **{**GOOD[resource], "To": "555-0123"}) == 21211
    assert served.ask("POST", f"{resource}.json", **GOOD[resource])[0] == 201


def test_a_number_that_nobody_sells_is_not_available(served: Served) -> None:
    assert served.refused("IncomingPhoneNumbers.json", PhoneNumber="+12025559999") == 21422


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "Calls.json"),
        ("GET", "Calls/CA1.json"),
        ("POST", "Calls/CA1.json"),
        ("DELETE", "Calls/CA1.json"),
        ("GET", "Messages.json"),
        ("GET", "Messages/SM1.json"),
        ("GET", "IncomingPhoneNumbers.json"),
        ("GET", "IncomingPhoneNumbers/PN1.json"),
        ("POST", "IncomingPhoneNumbers/PN1.json"),
        ("DELETE", "IncomingPhoneNumbers/PN1.json"),
        ("GET", "AvailablePhoneNumbers/US/Local.json"),
    ],
)
def test_everything_else_is_forbidden(served: Served, method: str, path: str) -> None:
    status, body = served.ask(method, path)
    assert (status, body["code"]) == (403, 20008)


def test_nothing_is_placed_sent_or_bought(hotline: Hotline, served: Served) -> None:
    callback = hotline.url("/status")
    order = {"From": HOTLINE, "To": SUPPORTER, "StatusCallback": callback}
    assert served.ask("POST", "Calls.json", **order, Url=hotline.url("/voice"))[0] == 201
    assert served.ask("POST", "Messages.json", **order, Body="Hello")[0] == 201
    assert served.ask("POST", "IncomingPhoneNumbers.json", AreaCode="500")[0] == 201
    served.rest.pass_time(100)
    assert hotline.seen == []
    assert served.rest.carrier.account.numbers == {HOTLINE}
    assert served.rest.carrier.records == {}
    assert served.rest.outbox.messages == {}
