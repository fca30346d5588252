"""The second factor: RFC 6238's codes, none of them twice, and recovery codes."""

import re
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pyotp
import pytest

from app.domain.audit import By
from app.services import people, throttle
from app.services.desk import Desk
from app.services.people import revoke_all
from app.services.sealing import Unsealable, seal, unseal
from app.services.second_factor import _step_of, remove_own_factor, renew_codes
from app.services.sessions import find_session
from app.store import organizers
from app.store.attempts import Bucket
from tests.support.console import PASSWORD, Console, Visit, all_rows

ANA = "ana@example.org"
BY = By(ANA)

# RFC 6238, appendix B, SHA-1, cut to six digits.
VECTORS = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(("at", "code"), VECTORS)
def test_the_codes_of_the_standard(at: int, code: str) -> None:
    moment = datetime.fromtimestamp(at, UTC)
    assert _step_of(RFC_SECRET, code, moment) == at // 30
    assert _step_of(RFC_SECRET, f"{code[:3]} {code[3:]}", moment) == at // 30
    assert _step_of(RFC_SECRET, code, datetime.fromtimestamp(at + 30, UTC)) == at // 30
    assert _step_of(RFC_SECRET, code, datetime.fromtimestamp(at + 90, UTC)) is None
    assert _step_of(RFC_SECRET, "", moment) is None
    assert _step_of(RFC_SECRET, "ü" * 6, moment) is None


def code_of(console: Console, secret: str, later: int = 0) -> str:
    return pyotp.TOTP(secret).at(int(console.clock.now().timestamp()) + later)


def set_up(console: Console, visit: Visit) -> tuple[str, list[str]]:
    """Turn the second factor on: its secret and the recovery codes."""
    page = visit.get("/console/account/second-factor").text
    secret = re.findall(r'class="secret">([A-Z2-7]{32})<', page)[0]
    sealed = re.findall(r'name="offer" value="([^"]+)"', page)[0]
    form = {"offer": sealed, "code": code_of(console, secret), "password": PASSWORD}
    answer = visit.post("/console/account/second-factor", form)
    codes = re.findall(r"<li><code>([a-z0-9-]{19})</code>", answer.text)
    assert len(set(codes)) == 10
    return secret, codes


def test_set_up_sign_in_and_turn_off(console: Console) -> None:
    console.add(ANA)
    visit, elsewhere = console.signed_in(ANA), console.signed_in(ANA)
    secret, codes = set_up(console, visit)
    assert visit.get("/console/account").status_code == HTTPStatus.OK
    assert elsewhere.get("/console/account").status_code == HTTPStatus.SEE_OTHER
    kept = repr(all_rows(console.desk.database))
    assert secret not in kept
    assert codes[0] not in kept

    again = console.visit()
    answer = again.sign_in(ANA, next="/console/account")
    assert answer.headers["Location"] == "/console/second-factor?next=/console/account"
    assert again.get("/console/account").status_code == HTTPStatus.SEE_OTHER
    pending = again.cookie()
    console.clock.move(30)
    again.get("/console/second-factor")
    wrong = again.post("/console/second-factor", {"code": "000000"})
    assert wrong.status_code == HTTPStatus.UNAUTHORIZED
    assert "This code is not right" in wrong.text
    answer = again.post("/console/second-factor", {"code": code_of(console, secret), "next": "/console/account"})
    assert answer.headers["Location"] == "/console/account"
    assert again.cookie() != pending
    assert again.get("/console/account").status_code == HTTPStatus.OK

    assert again.get("/console/account/second-factor").text.count("Make new recovery codes") == 1
    refused = again.post("/console/account/second-factor/remove", {"password": "wrong"})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert again.post("/console/account/second-factor/remove", {"password": PASSWORD}).status_code == 303
    assert console.visit().sign_in(ANA).headers["Location"] == "/console/"


def pending(console: Console) -> Visit:
    visit = console.visit()
    visit.sign_in(ANA)
    visit.get("/console/second-factor")
    return visit


def test_a_code_and_a_recovery_code_are_good_once(console: Console) -> None:
    console.add(ANA)
    secret, codes = set_up(console, console.signed_in(ANA))
    # The code that turned it on was seen by whoever looked over a shoulder.
    assert pending(console).post("/console/second-factor", {"code": code_of(console, secret)}).status_code == 401
    typed = codes[3].upper().replace("-", " ")
    assert pending(console).post("/console/second-factor", {"code": typed}).status_code == HTTPStatus.SEE_OTHER
    assert pending(console).post("/console/second-factor", {"code": typed}).status_code == HTTPStatus.UNAUTHORIZED
    assert f"{ANA} signed in with a recovery code." in console.audit()
    owner = console.signed_in(ANA)
    assert "9 recovery codes left" in owner.get("/console/account").text
    renewed = owner.post("/console/account/second-factor/codes", {"password": PASSWORD})
    assert codes[0] not in renewed.text
    assert pending(console).post("/console/second-factor", {"code": codes[0]}).status_code == HTTPStatus.UNAUTHORIZED


def test_a_session_that_was_ended_while_it_asked_changes_no_second_factor(console: Console) -> None:
    console.add(ANA)
    visit = console.signed_in(ANA)
    _, codes = set_up(console, visit)
    asking = find_session(console.desk, visit.cookie())
    assert asking
    revoke_all(console.desk, BY, console.account(ANA))
    assert renew_codes(console.desk, BY, asking) == []
    assert not remove_own_factor(console.desk, BY, asking)
    assert pending(console).post("/console/second-factor", {"code": codes[0]}).status_code == HTTPStatus.SEE_OTHER


def test_codes_cannot_be_tried_out(console: Console) -> None:
    console.add(ANA)
    secret, _ = set_up(console, console.signed_in(ANA))
    visit = pending(console)
    statuses = [visit.post("/console/second-factor", {"code": f"{n:06}"}).status_code for n in range(6)]
    assert statuses == [401] * 5 + [429]
    console.clock.move(241)
    assert visit.post("/console/second-factor", {"code": code_of(console, secret)}).status_code == 303


def test_the_first_step_is_good_for_ten_minutes(console: Console) -> None:
    console.add(ANA)
    secret, _ = set_up(console, console.signed_in(ANA))
    visit = pending(console)
    console.clock.move(601)
    answer = visit.post("/console/second-factor", {"code": code_of(console, secret)})
    assert answer.headers["Location"] == "/console/sign-in"
    assert console.visit().get("/console/second-factor").headers["Location"] == "/console/sign-in"


def test_setting_up_takes_the_code_the_password_and_our_own_offer(console: Console) -> None:
    console.add(ANA)
    console.add("bert@example.org")
    visit = console.signed_in(ANA)
    page = visit.get("/console/account/second-factor").text
    secret = re.findall(r'class="secret">([A-Z2-7]{32})<', page)[0]
    sealed = re.findall(r'name="offer" value="([^"]+)"', page)[0]
    form = {"offer": sealed, "code": code_of(console, secret), "password": PASSWORD}
    for change in ({"code": "000000"}, {"password": "wrong"}, {"offer": "v1.AAAA"}, {"offer": ""}):
        answer = visit.post("/console/account/second-factor", {**form, **change})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert ("password" in change) is ("This is not your password" in answer.text)
    # The picture stays the same after a mistake, so that it need not be read again.
    assert secret in visit.post("/console/account/second-factor", {**form, "code": "1"}).text
    assert console.signed_in("bert@example.org").post("/console/account/second-factor", form).status_code == 422
    assert console.account(ANA).factor_secret is None


def test_what_is_sealed_is_for_one_thing_and_one_key() -> None:
    sealed = seal(b"k" * 32, "kept|1", "secret")
    assert unseal(b"k" * 32, "kept|1", sealed) == "secret"
    assert sealed != seal(b"k" * 32, "kept|1", "secret")
    for key, what_for, text in (
        (b"x" * 32, "kept|1", sealed),
        (b"k" * 32, "kept|2", sealed),
        (b"k" * 32, "kept|1", sealed[:-8]),
        (b"k" * 32, "kept|1", ""),
        (b"k" * 32, "kept|1", "ü"),
    ):
        with pytest.raises(Unsealable):
            unseal(key, what_for, text)


def offered(visit: Visit) -> tuple[str, str]:
    page = visit.get("/console/account/second-factor").text
    return (
        re.findall(r'class="secret">([A-Z2-7]{32})<', page)[0],
        re.findall(r'name="offer" value="([^"]+)"', page)[0],
    )


def test_an_offer_is_good_for_a_quarter_of_an_hour_in_its_session_and_never_in_the_place_of_a_factor(
    console: Console,
) -> None:
    console.add(ANA)
    visit, elsewhere = console.signed_in(ANA), console.signed_in(ANA)

    def take(browser: Visit, secret: str, sealed: str) -> int:
        form = {"offer": sealed, "code": code_of(console, secret), "password": PASSWORD}
        return browser.post("/console/account/second-factor", form).status_code

    offer = offered(visit)
    assert take(elsewhere, *offer) == HTTPStatus.UNPROCESSABLE_ENTITY
    console.clock.move(14 * 60)
    # A mistake makes it last no longer.
    again = visit.post("/console/account/second-factor", {"offer": offer[1], "code": "1", "password": PASSWORD}).text
    renewed = re.findall(r'name="offer" value="([^"]+)"', again)[0]
    console.clock.move(61)
    assert take(visit, offer[0], renewed) == HTTPStatus.UNPROCESSABLE_ENTITY
    # The factor of one tab is not replaced by what another one still shows.
    offer = offered(visit)
    with console.desk.database.write() as connection:
        organizers.set_factor(connection, console.account(ANA).id, "v1.kept", ())
    assert take(visit, *offer) == HTTPStatus.UNPROCESSABLE_ENTITY
    assert console.account(ANA).factor_secret == "v1.kept"


@pytest.mark.parametrize("change", ["revoked", "factor"])
def test_a_session_that_was_ended_while_a_code_was_looked_at_is_not_gone_on_with(
    console: Console, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    account = console.add(ANA)
    secret, _ = set_up(console, console.signed_in(ANA))
    visit = pending(console)
    wait_for = throttle.wait_for

    def meanwhile(desk: Desk, buckets: list[Bucket]) -> timedelta | None:
        if change == "revoked":
            people.revoke_all(desk, By("the owner"), account)
        else:
            with desk.database.write() as connection:
                organizers.set_factor(connection, account.id, "v1.another", ())
        return wait_for(desk, buckets)

    monkeypatch.setattr(throttle, "wait_for", meanwhile)
    console.clock.move(30)
    answer = visit.post("/console/second-factor", {"code": code_of(console, secret)})
    assert answer.headers["Location"] == "/console/sign-in"
    assert visit.get("/console/account").status_code == HTTPStatus.SEE_OTHER
