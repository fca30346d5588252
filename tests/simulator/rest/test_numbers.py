"""The account's numbers: bought, configured, given back; what is set is where calls go."""

import pytest

from app.simulator import Caller, Carrier
from tests.simulator.hotlines import HOTLINE, Hotline
from tests.simulator.rest.served import Served


def only_number(served: Served) -> dict[str, str]:
    (number,) = served.ask("GET", "IncomingPhoneNumbers.json")[1]["incoming_phone_numbers"]
    assert isinstance(number, dict)
    return number


def test_the_accounts_numbers_are_as_the_carrier_has_them(hotline: Hotline, served: Served) -> None:
    number = only_number(served)
    assert (number["phone_number"], number["voice_url"]) == (HOTLINE, hotline.url("/voice"))
    assert (number["voice_fallback_url"], number["status_callback"]) == (
        hotline.url("/fallback"), hotline.url("/status"),
    )  # fmt: skip
    assert (number["voice_method"], number["sms_url"]) == ("POST", "")
    assert served.ask("GET", f"IncomingPhoneNumbers/{number['sid']}.json") == (200, number)


def test_what_is_set_is_where_calls_go(hotline: Hotline, served: Served, carrier: Carrier) -> None:
    hotline.answer("/new", "<Say>The new address.</Say>")
    path = f"IncomingPhoneNumbers/{only_number(served)['sid']}.json"
    status, number = served.ask("POST", path, VoiceUrl=hotline.url("/new"), StatusCallback="")
    assert (status, number["voice_url"], number["status_callback"]) == (200, hotline.url("/new"), "")
    assert number["voice_fallback_url"] == hotline.url("/fallback")
    Caller(carrier).dials(HOTLINE).hears("The new address").was_let_go()
    assert hotline.forms("/status") == []


def test_a_number_is_found_bought_called_and_given_back(hotline: Hotline, served: Served, carrier: Carrier) -> None:
    hotline.answer("/new", "<Say>A new number.</Say>")
    found = served.ask("GET", "AvailablePhoneNumbers/US/Local.json", AreaCode="608", PageSize="3")[1]
    numbers = [one["phone_number"] for one in found["available_phone_numbers"]]
    assert numbers == ["+16085550100", "+16085550101", "+16085550102"]
    assert (found["available_phone_numbers"][0]["locality"], found["available_phone_numbers"][0]["region"]) == (
        "Madison", "WI",
    )  # fmt: skip
    status, bought = served.ask(
        "POST", "IncomingPhoneNumbers.json", PhoneNumber=numbers[0], VoiceUrl=hotline.url("/new"), FriendlyName="Two"
    )
    assert (status, bought["friendly_name"]) == (201, "Two")
    assert carrier.account.numbers == {HOTLINE, numbers[0]}
    Caller(carrier).dials(numbers[0]).hears("A new number").was_let_go()
    assert served.refused("IncomingPhoneNumbers.json", PhoneNumber=numbers[0]) == 21422
    assert served.ask("DELETE", f"IncomingPhoneNumbers/{bought['sid']}.json") == (204, None)
    assert carrier.account.numbers == {HOTLINE}
    assert served.ask("GET", f"IncomingPhoneNumbers/{bought['sid']}.json")[0] == 404


def test_a_number_without_a_url_has_nothing_to_say(served: Served, carrier: Carrier) -> None:
    _, bought = served.ask("POST", "IncomingPhoneNumbers.json", AreaCode="414")
    caller = Caller(carrier, strict=False).dials(bought["phone_number"]).hears("an application error").was_let_go()
    assert caller.call.faults == ["webhook 11100: the number has no Voice URL."]


def test_any_number_of_an_area_is_bought(served: Served) -> None:
    status, bought = served.ask("POST", "IncomingPhoneNumbers.json", AreaCode="414")
    assert (status, bought["phone_number"]) == (201, "+14145550100")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"PhoneNumber": "0123"}, 21421),
        ({"PhoneNumber": "+12025559999"}, 21422),
        ({"AreaCode": "533"}, 21452),
        ({"AreaCode": "12"}, 20001),
        ({}, 20001),
        ({"AreaCode": "414", "VoiceUrl": "nowhere"}, 21402),
        ({"AreaCode": "414", "SmsMethod": "PUT"}, 20001),
        ({"AreaCode": "414", "TrunkSid": "TK1"}, 20001),
    ],
)
def test_a_purchase_is_checked(served: Served, given: dict[str, str], code: int) -> None:
    assert served.refused("IncomingPhoneNumbers.json", **given) == code


@pytest.mark.parametrize(
    ("path", "query", "first"),
    [
        ("US/TollFree", {}, "+18005550100"),
        ("US/TollFree", {"AreaCode": "833"}, "+18335550100"),
        ("US/Local", {"Contains": "5550*42"}, "+16085550142"),
        ("US/Local", {"InRegion": "DC"}, "+12025550100"),
        ("US/Local", {"VoiceEnabled": "true", "SmsEnabled": "true"}, "+16085550100"),
        ("GB/Mobile", {}, "+447700900000"),
    ],
)
def test_numbers_for_sale(served: Served, path: str, query: dict[str, str], first: str) -> None:
    found = served.ask("GET", f"AvailablePhoneNumbers/{path}.json", **query)[1]["available_phone_numbers"]
    assert found[0]["phone_number"] == first


@pytest.mark.parametrize(
    ("path", "query", "code"),
    [
        ("US/Mobile", {}, 20404),
        ("XX/Local", {}, 20404),
        ("US/Local", {"Contains": "(608)"}, 20001),
        ("US/Local", {"NearNumber": "+16085550100"}, 20001),
    ],
)
def test_what_is_not_for_sale(served: Served, path: str, query: dict[str, str], code: int) -> None:
    assert served.ask("GET", f"AvailablePhoneNumbers/{path}.json", **query)[1]["code"] == code


@pytest.mark.parametrize("area", ["800", "533"])
def test_an_area_without_local_numbers_has_none(served: Served, area: str) -> None:
    found = served.ask("GET", "AvailablePhoneNumbers/US/Local.json", AreaCode=area)[1]
    assert found["available_phone_numbers"] == []
    assert found["uri"].endswith("/AvailablePhoneNumbers/US/Local.json")


def test_numbers_are_filtered(served: Served) -> None:
    for query, count in (({"PhoneNumber": "0006"}, 1), ({"PhoneNumber": "0007"}, 0), ({"FriendlyName": HOTLINE}, 1)):
        found = served.ask("GET", "IncomingPhoneNumbers.json", **query)[1]
        assert len(found["incoming_phone_numbers"]) == count
