"""A call that is created over REST rings the supporter's phone, and once answered is a call like any other."""

from collections.abc import Iterator

import pytest
from flask import Response

from app.domain.results import Status
from app.simulator import Caller, Carrier, Kind
from app.simulator.world import SupporterPhone
from app.telephony.provider import ProviderError
from tests.simulator.hotlines import HOTLINE, MADISON, Hotline
from tests.simulator.rest.served import SUPPORTER, Served, order_for

HELLO = "<Say>Hello from the campaign.</Say>"


def status_of(served: Served, sid: str) -> Status:
    report = served.provider.fetch_call(sid)
    assert report is not None
    return report.status


def test_it_rings_is_answered_and_runs_its_document(
    hotline: Hotline, served: Served, carrier: Carrier, phone: SupporterPhone
) -> None:
    gather = f"<Gather action='{hotline.url('/keys')}' numDigits='1'>{HELLO}</Gather>"
    hotline.answer("/voice", gather)
    hotline.answer("/keys", "<Say>You pressed one.</Say>")
    phone.answers(after=6)
    sid = served.provider.place_call(order_for(hotline))
    assert status_of(served, sid) is Status.PLANNED
    call = served.rest.next_answer()
    Caller(carrier).answers(call).hears("Hello").presses("1").hears("You pressed one").was_let_go()
    (form,) = hotline.forms("/voice")
    assert (form["Direction"], form["From"], form["To"]) == ("outbound-api", HOTLINE, SUPPORTER)
    assert (form["CallSid"], form["CallStatus"]) == (sid, "in-progress")
    assert hotline.forms("/keys")[0]["Digits"] == "1"
    assert [rung.shown for rung in phone.rung] == [HOTLINE]
    assert all(seen.is_genuine for seen in hotline.seen)
    assert status_of(served, sid) is Status.COMPLETED


def test_the_course_of_a_call_is_reported_in_order(
    hotline: Hotline, served: Served, carrier: Carrier, phone: SupporterPhone
) -> None:
    hotline.answer("/voice", "<Pause length='61'/>")
    phone.answers(after=6)
    served.provider.place_call(order_for(hotline))
    Caller(carrier).answers(served.rest.next_answer()).was_let_go()
    forms = hotline.forms("/status")
    assert [form["CallStatus"] for form in forms] == ["initiated", "ringing", "in-progress", "completed"]
    assert [form["SequenceNumber"] for form in forms] == ["0", "1", "2", "3"]
    assert {form["Direction"] for form in forms} == {"outbound-api"}
    assert (forms[3]["CallDuration"], forms[3]["Duration"], forms[3]["SipResponseCode"]) == ("61", "2", "200")
    assert [form["Timestamp"][17:25] for form in forms] == ["16:00:00", "16:00:00", "16:00:06", "16:01:07"]


def test_only_the_events_that_are_asked_for_are_sent(hotline: Hotline, served: Served) -> None:
    hotline.answer("/voice", HELLO)
    order = {"To": SUPPORTER, "From": HOTLINE, "Url": hotline.url("/voice"), "StatusCallback": hotline.url("/status")}
    served.ask("POST", "Calls.json", **order)
    served.rest.pass_time(60)
    assert [(form["CallStatus"], form["SequenceNumber"]) for form in hotline.forms("/status")] == [("completed", "3")]


@pytest.mark.parametrize(
    ("manner", "status", "statuses", "seconds"),
    [
        ("is_busy", Status.BUSY, ["initiated", "busy"], 2),
        ("does_not_answer", Status.NO_ANSWER, ["initiated", "ringing", "no-answer"], 35),
        ("fails", Status.FAILED, ["initiated", "failed"], 1),
    ],
)
def test_a_phone_that_is_not_answered(
    hotline: Hotline,
    served: Served,
    phone: SupporterPhone,
    manner: str,
    status: Status,
    statuses: list[str],
    seconds: float,
) -> None:
    getattr(phone, manner)()
    sid = served.provider.place_call(order_for(hotline))
    served.rest.pass_time(seconds - 0.5)
    assert status_of(served, sid) in (Status.RINGING, Status.PLANNED)
    served.rest.pass_time(1)
    assert status_of(served, sid) is status
    assert [form["CallStatus"] for form in hotline.forms("/status")] == statuses
    assert hotline.forms("/voice") == []
    with pytest.raises(LookupError):
        served.rest.next_answer()


def test_a_machine_answers_and_listens_for_a_while(hotline: Hotline, served: Served, phone: SupporterPhone) -> None:
    hotline.answer("/voice", "<Pause length='120'/>")
    phone.goes_to_voicemail(after=20, talk=30)
    sid = served.provider.place_call(order_for(hotline))
    served.rest.pass_time(60)
    report = served.provider.fetch_call(sid)
    assert report is not None
    assert (report.status, report.duration_s) == (Status.COMPLETED, 30)


def test_the_time_limit_ends_a_call(hotline: Hotline, served: Served, phone: SupporterPhone) -> None:
    hotline.answer("/voice", "<Pause length='120'/>")
    phone.answers(after=5)
    sid = served.provider.place_call(order_for(hotline, talk_s=40))
    call = served.rest.next_answer()
    call.pass_time(500)
    assert call.transcript.texts(Kind.ENDS) == ["the line hangs up"]
    assert call.elapsed == pytest.approx(45)
    assert status_of(served, sid) is Status.COMPLETED


def test_who_rings_can_be_decided_by_hand(hotline: Hotline, served: Served, phone: SupporterPhone) -> None:
    hotline.answer("/voice", HELLO)
    phone.does_not_answer()
    first = served.provider.place_call(order_for(hotline))
    second = served.provider.place_call(order_for(hotline))
    served.rest.pass_time(3)
    declined, answered = served.rest.dialer.calls
    declined.decline()
    answered.pick_up()
    assert (status_of(served, first), status_of(served, second)) == (Status.BUSY, Status.IN_PROGRESS)


def test_offices_are_dialed_from_it(hotline: Hotline, served: Served, carrier: Carrier, phone: SupporterPhone) -> None:
    carrier.world.office(MADISON).answers(after=3, talk=20)
    hotline.answer("/voice", f"<Dial callerId='{HOTLINE}'><Number>{MADISON}</Number></Dial><Say>Well done.</Say>")
    sid = served.provider.place_call(order_for(hotline))
    Caller(carrier).answers(served.rest.next_answer()).waits().hears("Well done").was_let_go()
    legs = served.ask("GET", "Calls.json", ParentCallSid=sid)[1]["calls"]
    assert served.refused(f"Calls/{legs[0]['sid']}.json", Status="completed") == 20001
    assert [(leg["to"], leg["from"], leg["direction"], leg["status"], leg["duration"]) for leg in legs] == [
        (MADISON, HOTLINE, "outbound-dial", "completed", "20")
    ]


def test_a_document_that_fails_falls_back(hotline: Hotline, served: Served, carrier: Carrier) -> None:
    hotline.answer("/fallback", "<Say>We have a fault.</Say>")
    served.provider.place_call(order_for(hotline))
    Caller(carrier, strict=False).answers(served.rest.next_answer()).hears("We have a fault").was_let_go()
    assert hotline.forms("/fallback")[0]["ErrorCode"] == "11217"


def test_inline_twiml_is_run_without_asking(hotline: Hotline, served: Served, carrier: Carrier) -> None:
    twiml = "<Response><Say>Inline words.</Say></Response>"
    served.ask("POST", "Calls.json", To=SUPPORTER, From=HOTLINE, Twiml=twiml)
    Caller(carrier).answers(served.rest.next_answer()).hears("Inline words").was_let_go()
    assert hotline.seen == []


def test_what_is_canceled_while_it_waits_is_never_heard_of(
    hotline: Hotline, served: Served, phone: SupporterPhone
) -> None:
    sid = served.provider.place_call(order_for(hotline))
    served.provider.end_call(sid)
    served.rest.pass_time(100)
    assert status_of(served, sid) is Status.CANCELED
    assert hotline.seen == []
    assert phone.rung == []


def test_what_is_ended_while_it_rings_is_canceled(hotline: Hotline, served: Served, phone: SupporterPhone) -> None:
    phone.does_not_answer()
    sid = served.provider.place_call(order_for(hotline))
    served.rest.pass_time(5)
    served.provider.end_call(sid)
    served.rest.catch_up()
    assert [form["CallStatus"] for form in hotline.forms("/status")] == ["initiated", "ringing", "canceled"]
    assert status_of(served, sid) is Status.CANCELED


def test_a_live_call_is_given_another_document(hotline: Hotline, served: Served, carrier: Carrier) -> None:
    hotline.answer("/voice", "<Say>A long prompt that goes on.</Say><Pause length='600'/>")
    hotline.answer("/other", "<Say>Another document.</Say>")
    sid = served.provider.place_call(order_for(hotline))
    caller = Caller(carrier).answers(served.rest.next_answer())
    assert served.ask("POST", f"Calls/{sid}.json", Url=hotline.url("/other"))[0] == 200
    caller.waits(0).hears("Another document").was_let_go()


@pytest.mark.parametrize("answered", [True, False])
def test_a_redirected_call_leaves_its_office(
    hotline: Hotline, served: Served, carrier: Carrier, answered: bool
) -> None:
    carrier.world.office(MADISON).answers(after=1 if answered else 10)
    hotline.answer("/voice", f"<Dial><Number statusCallback='{hotline.url('/status/leg')}'>{MADISON}</Number></Dial>")
    sid = served.provider.place_call(order_for(hotline))
    caller = Caller(carrier).answers(served.rest.next_answer()).waits(3)
    twiml = "<Response><Say>Sorry to break in.</Say></Response>"
    assert served.ask("POST", f"Calls/{sid}.json", Twiml=twiml)[0] == 200
    caller.waits(0).hears("Sorry to break in").was_let_go()
    (leg,) = hotline.forms("/status/leg")
    assert leg["CallStatus"] == ("completed" if answered else "canceled")


def test_a_live_call_gets_another_time_limit_and_status_callback(
    hotline: Hotline, served: Served, phone: SupporterPhone
) -> None:
    hotline.answer("/voice", "<Pause length='600'/>")
    sid = served.provider.place_call(order_for(hotline))
    call = served.rest.next_answer()
    change = {"TimeLimit": "30", "StatusCallback": hotline.url("/status/other")}
    assert served.ask("POST", f"Calls/{sid}.json", **change)[0] == 200
    call.pass_time(100)
    assert call.is_over
    (form,) = hotline.forms("/status/other")
    assert (form["CallStatus"], form["CallDuration"]) == ("completed", "30")


def test_an_inbound_call_can_be_ended_too(hotline: Hotline, served: Served, carrier: Carrier) -> None:
    hotline.answer("/voice", "<Pause length='600'/>")
    caller = Caller(carrier).dials(HOTLINE)
    served.provider.end_call(caller.call.sid)
    caller.waits(1).was_let_go()
    report = served.provider.fetch_call(caller.call.sid)
    assert report is not None
    assert (report.direction, report.status, report.duration_s) == ("inbound", Status.COMPLETED, 0)


def test_a_call_that_has_ended_cannot_be_changed(hotline: Hotline, served: Served, phone: SupporterPhone) -> None:
    phone.is_busy()
    sid = served.provider.place_call(order_for(hotline))
    served.rest.pass_time(5)
    served.provider.end_call(sid)  # what has ended already is left alone
    for change in ({"Status": "canceled"}, {"Url": hotline.url("/voice")}):
        assert served.refused(f"Calls/{sid}.json", **change) == 21220


def test_only_an_answered_call_is_redirected_and_only_another_is_canceled(
    hotline: Hotline, served: Served, phone: SupporterPhone
) -> None:
    hotline.answer("/voice", "<Pause length='600'/>")
    phone.answers(after=6)
    sid = served.provider.place_call(order_for(hotline))
    assert served.refused(f"Calls/{sid}.json", Url=hotline.url("/voice")) == 21220
    served.rest.next_answer()
    assert served.refused(f"Calls/{sid}.json", Status="canceled") == 21220
    assert served.refused(f"Calls/{sid}.json", Url=hotline.url("/voice"), Twiml="<Response/>") == 20001


def test_a_webhooks_handler_may_use_the_api(hotline: Hotline, served: Served, phone: SupporterPhone) -> None:
    class Ends(Response):
        def get_app_iter(self, environ: object) -> Iterator[bytes]:
            served.provider.end_call(sid)
            yield b"<Response><Pause length='600'/></Response>"

    hotline.answer("/voice", Ends(content_type="text/xml"))
    sid = served.provider.place_call(order_for(hotline))
    served.rest.pass_time(10)
    report = served.provider.fetch_call(sid)
    assert report is not None
    assert (report.status, report.duration_s) == (Status.COMPLETED, 0)


def test_a_record_is_deleted_once_its_call_is_over(hotline: Hotline, served: Served, phone: SupporterPhone) -> None:
    phone.is_busy()
    sid = served.provider.place_call(order_for(hotline))
    status, body = served.ask("DELETE", f"Calls/{sid}.json")
    assert (status, body["code"]) == (409, 20009)
    served.rest.pass_time(5)
    assert served.ask("DELETE", f"Calls/{sid}.json") == (204, None)
    assert served.provider.fetch_call(sid) is None


def test_a_refused_order_leaves_nothing_behind(hotline: Hotline, served: Served) -> None:
    with pytest.raises(ProviderError):
        served.provider.place_call(order_for(hotline, to="+44 20"))
    assert served.ask("GET", "Calls.json")[1]["calls"] == []
