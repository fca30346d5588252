"""A supporter's number is nowhere: searched as bytes, in every spelling, after calls with every kind of ending."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.logs import configure_logs
from app.services.caller_keys import CallerKeys
from app.simulator import Doubled, LostAnswers
from tests.support.hotline import Hotline

CANARIES = ["+16085559901", "+14145559902", "+12125559903", "+442079469904"]


def spellings(number: str) -> Iterator[bytes]:
    digits = number[1:]
    national = digits[1:] if digits.startswith("1") else digits[2:]
    texts = [
        number, digits, national, f"{national[:3]}-{national[3:6]}-{national[6:]}", f"({national[:3]}) {national[3:6]}",
        f"{national[:3]} {national[3:6]} {national[6:]}", f"{national[:3]}.{national[3:6]}.{national[6:]}",
        f"%2B{digits}",
    ]  # fmt: skip
    for text in texts:
        yield text.encode()
        yield text.encode("utf-16-le")
        yield text.encode("utf-16-be")
        yield text.encode().hex().encode()
        yield base64.b64encode(text.encode()).rstrip(b"=")[:-1]
    yield int(digits).to_bytes(8, "big").lstrip(b"\0")
    yield int(digits).to_bytes(8, "little").rstrip(b"\0")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_canary_number_is_kept_logged_or_sent_anywhere(
    hotline: Hotline, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    configure_logs("debug")
    urls = []
    for number in CANARIES:
        caller = hotline.calls(number).presses("9").presses("4").waits().presses("1").presses("#").hangs_up()
        hotline.stage.carrier.delivery = Doubled()
        caller.dials(hotline.stage.hotline).presses("8").presses("5").presses("*").hangs_up()
        hotline.stage.carrier.delivery = LostAnswers(9, within="turn")
        caller.dials(hotline.stage.hotline).presses("2").hangs_up()
        hotline.stage.carrier.delivery = LostAnswers(0)
        urls += [entry.exchange.url for entry in caller.call.transcript.entries if entry.exchange]
    kept = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert {"patchline.sqlite", "patchline.sqlite-wal"} <= set(kept)
    everything = {
        **kept,
        "logs": capfd.readouterr().err.encode(),
        "urls": "\n".join(urls).encode(),
        "export": repr(hotline.log()).encode(),
    }
    assert b"turn" in everything["logs"]
    found = [
        (name, number)
        for name, content in everything.items()
        for number in CANARIES
        for spelling in spellings(number)
        if spelling in content
    ]
    assert found == []


def test_a_destroyed_key_leaves_callers_without_memory_and_pseudonyms_without_meaning(hotline: Hotline) -> None:
    hotline.calls().presses("4").waits().presses("1").hangs_up()
    keys = CallerKeys(hotline.settings.instance_dir / "keys", hotline.settings.phone_hash_key.reveal().encode())
    assert keys.destroy("honduras-2017")
    hotline.calls().hears("Welcome to the Honduras action line").presses("4").waits().presses("1").hangs_up()
    assert [call["caller"] for call in hotline.log()][1] == "withheld"
    assert keys.key("honduras-2017") is None
