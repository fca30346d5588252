"""What doctor makes of what it saw: each fault is told, with what to do about it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.config import Secret, Settings
from app.services.doctor.clocks import judge_clock
from app.services.doctor.examine import CHECKS, Installation, examine
from app.services.doctor.finding import Finding, Verdict, ok
from app.services.doctor.numbers import judge_account
from app.services.doctor.outside import Outside, judge_certificate, judge_fallback, judge_webhooks
from app.services.doctor.own import Folder, judge_folder, judge_settings
from app.services.doctor.published import Live, judge_campaigns
from app.services.doctor.reaching import Answer
from app.services.doctor.record import Record, judge_record
from app.services.numbers import Difference, NumberState
from app.store.database import StoreUnavailable
from app.telephony.provider import NumberUrls, OwnedNumber

NOW = datetime(2026, 11, 24, tzinfo=UTC)
URL = "https://calls.example.org"
FOLDER = Folder(Path("/srv/instance"))
RECORD = Record(revision="0042", head="0042")
REFUSED, TAKEN = Answer(403), Answer(200)
WELL = Outside(REFUSED, TAKEN, Answer(200, '{"ready": true, "degraded": {}}'), TAKEN)
DEAD = Answer(failure="it did not answer within 5 s")
OWNED = OwnedNumber("PN1", "+16085550111", "", NumberUrls(), True)
NUMBER = NumberState("+16085550111", True, ("x",), OWNED)
KEY = "0123456789abcdefghijklmnopqrstuvwxyz"


def live(**changes: object) -> Settings:
    environ = {
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": "t",
        "TWILIO_PHONE_NUMBER": "+16085550111",
        "PUBLIC_URL": URL,
        "SECRET_KEY": KEY,
        "PHONE_HASH_KEY": KEY[::-1],
        "INSTANCE_DIR": "/nonexistent",
        "TRUSTED_PROXIES": "1",
        "SMTP_URL": "smtp://mail.example.org",
        "MAIL_FROM": "calls@example.org",
    }
    return replace(Settings.load(environ, Path("/nonexistent/.env")), **changes)  # type: ignore[arg-type]  # by name


DEMO = Settings.load({"TWILIO_AUTH_TOKEN": "t", "SECRET_KEY": "s", "PHONE_HASH_KEY": "p"}, Path("/nonexistent/.env"))

HEALTHY = [
    judge_settings(live()),
    judge_settings(DEMO),
    judge_folder(FOLDER),
    judge_record(RECORD),
    judge_record(replace(RECORD, free_bytes=1 << 40, ahead_s=-2.0)),
    judge_campaigns([Live("x")]),
    judge_account(live(), [NUMBER]),
    judge_webhooks(URL, WELL),
    judge_certificate(URL, NOW + timedelta(days=60), NOW),
    judge_certificate("http://127.0.0.1:5000", None, NOW),
    judge_fallback(False, Answer(200, "<Response><Say>Sorry.</Say></Response>")),
    judge_fallback(True, None),
]

WRONG = [
    (judge_settings(live(secret_key=Secret(KEY[::-1]))), "are the same", "another long random text"),
    (judge_settings(live(secret_key=Secret("a" * 40))), "not random", "python3 -c"),
    (judge_folder(replace(FOLDER, problem="cannot be written (no space)")), "cannot be written", "no space"),
    (judge_folder(replace(FOLDER, free_bytes=5 << 20)), "5 MB left", "Make room"),
    (judge_folder(replace(FOLDER, is_open_to_others=True)), "reach the keys", "chmod"),
    (judge_folder(replace(FOLDER, corrupt="/srv/j.corrupt")), "could not be saved", "Keep /srv/j.corrupt"),
    (judge_record(Record(problem="It refused the sign-in.")), "takes no record", "refused"),
    (judge_record(replace(RECORD, revision=None)), "at revision none", "scripts/serve"),
    (judge_record(replace(RECORD, free_bytes=1)), "0 MB left", "Make room"),
    (judge_record(replace(RECORD, ahead_s=31.0)), "31 s ahead of", "NTP"),
    ([judge_clock("The carrier's clock", -90.0)], "90 s behind", "NTP"),
    (judge_account(live(), "It refused."), "does not tell", "TWILIO_AUTH_TOKEN"),
    (judge_account(DEMO, "It refused."), "does not tell", "start scripts/run"),
    (judge_account(live(), [replace(NUMBER, owned=None)]), "not a number of this account", "Buy it"),
    (judge_account(live(), [replace(NUMBER, owned=replace(OWNED, overridden_by="AP1"))]), "AP1", "Remove"),
    (judge_account(live(), [replace(NUMBER, differences=(Difference("Voice URL", "", "x"),))]), "Voice URL", "sync"),
    (judge_webhooks(URL, replace(WELL, stranger=TAKEN)), "answered 200 to a stranger", "unchanged"),
    (judge_webhooks(URL, replace(WELL, stranger=DEAD)), "not reached", "the proxy"),
    (judge_webhooks(URL, replace(WELL, stranger=DEAD, here=DEAD)), "not reached", "start it"),
    (judge_webhooks(URL, replace(WELL, carrier=REFUSED)), "webhook got 403", "TWILIO_AUTH_TOKEN"),
    (judge_webhooks(URL, replace(WELL, ready=Answer(200, "<html>"))), "does not say", "this release"),
    (judge_certificate(URL, None, NOW), "no TLS certificate", "Renew"),
    (judge_fallback(False, DEAD), "did not answer", "campaigns fallback"),
    (judge_fallback(False, Answer(404)), "answered 404", "campaigns fallback"),
    (judge_fallback(False, Answer(200, "<html></html>")), "<html>", "campaigns fallback"),
    (judge_fallback(False, Answer(200, "<Response/>")), "says nothing", "campaigns fallback"),
]

LOOK = [
    (judge_settings(live(smtp_url=None)), "No mail server", "SMTP_URL"),
    (judge_settings(live(trusted_proxies=0)), "TRUSTED_PROXIES is 0", "often 1"),
    (judge_settings(replace(DEMO, trusted_proxies=2)), "TRUSTED_PROXIES is 2", "to 0"),
    (judge_folder(replace(FOLDER, waiting=3, behind_s=9)), "3 records wait in the journal, for 9 s", "by itself"),
    (judge_campaigns([]), "No campaign", "status SLUG live"),
    (judge_campaigns([Live("x", has_key=False)]), "not remembered", "restore"),
    (judge_campaigns([Live("x", failed=("ryan",))]), "ryan failed", "campaigns checked x"),
    (judge_campaigns([Live("x", warnings=("The summary is long.",))]), "The summary is long", "editor"),
    (judge_webhooks(URL, replace(WELL, ready=Answer(503, '{"degraded": {"record": "See."}}'))), "record", "See."),
    (judge_certificate(URL, NOW + timedelta(days=21), NOW), "ends on 2026-12-15", "Renew"),
    (judge_fallback(False, None), "not set", "going-live"),
]


@pytest.mark.parametrize("found", HEALTHY)
def test_what_is_well_needs_nothing(found: Iterable[Finding]) -> None:
    assert {(one.verdict, one.remedy) for one in found} <= {(Verdict.OK, "")}


@pytest.mark.parametrize(
    ("verdict", "found", "what", "remedy"),
    [(Verdict.WRONG, *each) for each in WRONG] + [(Verdict.LOOK, *each) for each in LOOK],
)
def test_each_fault_is_told_with_its_remedy(verdict: Verdict, found: Iterable[Finding], what: str, remedy: str) -> None:
    (fault,) = [one for one in found if one.verdict is not Verdict.OK]
    assert fault.verdict is verdict
    assert what in fault.what
    assert remedy in fault.remedy


def test_a_secret_that_the_demo_made_is_not_for_real_calls(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text(KEY + "\n")
    (fault,) = [f for f in judge_settings(live(instance_dir=tmp_path)) if f.verdict is Verdict.WRONG]
    assert fault.what == "SECRET_KEY is the one that the demo made for itself."


def test_a_check_that_breaks_is_a_finding_and_stops_no_other(settings_of_nothing: Installation) -> None:
    def breaks(_it: Installation) -> list[Finding]:
        raise ZeroDivisionError("+16085550123")

    def is_down(_it: Installation) -> list[Finding]:
        raise StoreUnavailable("Start it.")

    checks = (("a", breaks), ("b", is_down), ("c", lambda _it: [ok("Well.")]))
    first, second, third = (finding for _, finding in examine(settings_of_nothing, checks))
    assert (first.verdict, first.what) == (Verdict.WRONG, "The check itself broke (ZeroDivisionError).")
    assert (second.verdict, second.remedy) == (Verdict.WRONG, "Start it.")
    assert third.verdict is Verdict.OK


def test_each_check_has_a_name_of_its_own() -> None:
    assert len({name for name, _ in CHECKS}) == len(CHECKS)


@pytest.fixture
def settings_of_nothing() -> Installation:
    """Checks that look at nothing need nothing."""
    return Installation(None, None, None, None)  # type: ignore[arg-type]
