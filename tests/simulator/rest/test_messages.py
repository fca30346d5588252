"""Texts: checked, sent and delivered as time passes, and reported."""

import pytest

from app.simulator.twiml.values import phone_number
from tests.simulator.hotlines import HOTLINE, Hotline
from tests.simulator.rest.served import SUPPORTER, Served

GOOD = {"To": SUPPORTER, "From": HOTLINE, "Body": "Thank you for calling."}


def test_a_text_is_sent_delivered_and_reported(hotline: Hotline, served: Served) -> None:
    status, message = served.ask("POST", "Messages.json", **GOOD, StatusCallback=hotline.url("/status/text"))
    assert (status, message["status"], message["date_sent"]) == (201, "queued", None)
    assert (message["num_segments"], message["num_media"]) == ("1", "0")
    served.rest.pass_time(10)
    forms = hotline.forms("/status/text")
    assert [form["MessageStatus"] for form in forms] == ["sent", "delivered"]
    assert {(form["MessageSid"], form["To"], form["From"]) for form in forms} == {(message["sid"], SUPPORTER, HOTLINE)}
    assert all(seen.is_genuine for seen in hotline.seen)
    later = served.ask("GET", f"Messages/{message['sid']}.json")[1]
    assert (later["status"], later["date_sent"]) == ("delivered", "Tue, 19 Dec 2017 16:00:03 +0000")
    assert served.rest.outbox.faults == []


def test_a_text_without_a_callback_is_reported_to_nobody(hotline: Hotline, served: Served) -> None:
    sid = served.ask("POST", "Messages.json", **GOOD)[1]["sid"]
    served.rest.pass_time(10)
    assert served.ask("GET", f"Messages/{sid}.json")[1]["status"] == "delivered"
    assert hotline.seen == []


def test_a_callback_that_fails_is_a_fault(hotline: Hotline, served: Served) -> None:
    served.ask("POST", "Messages.json", **GOOD, StatusCallback=hotline.url("/gone"))
    served.rest.pass_time(2)
    assert served.rest.outbox.faults == ["message status callback: the server answered 404."]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"To": ""}, 21604),
        ({"From": ""}, 21603),
        ({"Body": ""}, 21602),
        ({"Body": "x" * 1601}, 21617),
        ({"To": "0123"}, 21211),
        ({"To": "+442079460000"}, 21408),
        ({"From": "0123"}, 21212),
        ({"From": "+12025550143"}, 21606),
        ({"StatusCallback": "nowhere"}, 21609),
        ({"To": "+16085550001"}, 21610),
        ({"To": "+16085550002"}, 21614),
        ({"MessagingServiceSid": "MG1"}, 20001),
    ],
)
def test_a_text_is_checked(served: Served, change: dict[str, str], code: int) -> None:
    served.rest.opted_out.add(phone_number("+16085550001"))
    served.rest.landlines.add(phone_number("+16085550002"))
    assert served.refused("Messages.json", **{**GOOD, **change}) == code


@pytest.mark.parametrize(("body", "segments"), [("x" * 160, "1"), ("x" * 161, "2"), ("ñ" * 70, "1"), ("ñ" * 71, "2")])
def test_segments_are_counted(served: Served, body: str, segments: str) -> None:
    assert served.ask("POST", "Messages.json", **{**GOOD, "Body": body})[1]["num_segments"] == segments


def test_texts_are_listed_newest_first(served: Served) -> None:
    sids = [served.ask("POST", "Messages.json", **{**GOOD, "To": f"+1608555{n:04}"})[1]["sid"] for n in range(3)]
    assert [one["sid"] for one in served.ask("GET", "Messages.json")[1]["messages"]] == sids[::-1]
    assert [one["sid"] for one in served.ask("GET", "Messages.json", To="+16085550001")[1]["messages"]] == [sids[1]]
    assert served.ask("GET", "Messages.json", From="+16085550001")[1]["messages"] == []
