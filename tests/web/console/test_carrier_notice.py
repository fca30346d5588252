"""What stands above every page while the carrier does not get through: since when, and what to check."""

from dataclasses import replace

from flask import Flask

from app.services.chores import Chores
from app.services.local_server import local_server
from tests.support.console import OWN, Console
from tests.support.webhooks import CALL, Webhooks
from tests.web.console.test_live import statements
from tests.web.console.test_overview import OWNER, PAGE, guest_of, text_of


def test_answers_and_calls_that_were_lost_are_told_with_what_to_check(console: Console) -> None:
    owner, carrier = console.signed_in(OWNER), Webhooks(console.app)
    carrier.post("/voice/incoming")
    console.clock.move(60)
    carrier.post("/voice/fallback", ErrorCode="11200")
    assert "since Nov 24" not in text_of(owner), "the carrier asks again, so one is no trouble"
    console.clock.move(60)
    carrier.post("/voice/fallback", ErrorCode="11200")
    console.clock.move(11)
    for path in ("/console/", PAGE, f"/console/campaigns/{OWN}/live", "/console/account"):
        said = text_of(owner, path)
        assert "Callers hear an apology in mid-call since Nov 24, 2026, 5:01 p.m. UTC." in said
        assert "could not use 2 answers of this server. Here is what to check: Run 'patchline doctor'" in said
    assert "apology in mid-call" not in text_of(guest_of(console)), "not for guests"
    with statements(console) as said_to_database:
        owner.get("/console/")
    assert not [each for each in said_to_database if "turns" in each], "read every ten seconds, not with every page"
    carrier.post("/voice/status", CallSid=CALL.replace("1", "2"), CallStatus="completed")
    console.clock.move(61)
    said = text_of(owner)
    assert "Some calls are being answered by the safety message since Nov 24, 2026, 5:01 p.m. UTC." in said
    assert "It told of the end of 1 call that never reached this server." in said
    console.clock.move(15 * 60)
    assert "Here is what to check" not in text_of(owner), "it is over"


def test_a_public_address_that_does_not_answer_is_told_after_the_second_knock(sqlite_console: Console) -> None:
    hotline, answers = sqlite_console.app.hotline, Flask("proxy")
    status = [502]
    answers.add_url_rule("/sms/incoming", view_func=lambda: ("", status[0]), methods=["POST"])
    with local_server(lambda _: answers) as url:
        live = replace(sqlite_console.app.settings, account_sid="AC" + "0" * 32, public_url=url)
        chores = Chores(hotline, live)
        for status[0] in (502, 200, 502):
            chores.tick()
            chores.tick()
            sqlite_console.clock.move(120)
            assert "safety message" not in text_of(sqlite_console.signed_in(OWNER))
        chores.tick()
    said = text_of(sqlite_console.signed_in(OWNER))
    assert "Calls are being answered by the carrier's own error message since Nov 24, 2026, 5:04 p.m. UTC." in said
    assert "A correctly signed webhook got 502" in said
    assert f"with this TWILIO_AUTH_TOKEN and PUBLIC_URL ({url})" in said
