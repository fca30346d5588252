"""Calls that hear recordings, over real HTTP, and what they hear when a recording cannot be had."""

import io
import wave
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest
import requests
from sqlalchemy import text

from app.domain.audit import By, Deed
from app.domain.clock import SystemClock
from app.domain.documents import DocumentError
from app.services.caller_keys import caller_keys
from app.services.campaigns import import_campaign, show_campaign
from app.services.recordings import Spot, known, stale_recordings, take_upload
from app.services.scratch import scratch_copy
from app.services.sound_shelf import SoundShelf
from app.simulator import Kind, ServerDown, Transcript
from app.simulator.mishaps import MISHAPS, NoRecordings
from app.store.audit import Wanted, page
from app.store.database import Database
from app.store.recordings import Made, keep
from tests.sound.making import tone, written
from tests.support.campaigns import TUESDAY_10
from tests.support.hotline import HOTLINE, Hotline

SLUG = "honduras-2017"
ANA = By("ana@example.org")


def spot(hotline: Hotline, name: str, language: str) -> Spot:
    campaign = show_campaign(hotline.database, SLUG).document.campaign
    return Spot(SLUG, name, language, getattr(campaign, name)[language])


def kept(hotline: Hotline, name: str, language: str) -> str:
    """A recording of four seconds, as if it had been uploaded."""
    at = spot(hotline, name, language)
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setparams((1, 2, 8000, 0, "NONE", ""))
        writer.writeframes(b"\1\0" * 32_000)
    made = Made(language, at.text, file.getvalue(), 4.0, -20.0, ANA.who, TUESDAY_10)
    with hotline.database.write() as connection:
        return keep(connection, SLUG, made) or ""


def publishes(hotline: Hotline, **played: dict[str, str]) -> None:
    document = show_campaign(hotline.database, SLUG).document
    campaign = replace(document.campaign, recordings=played)
    keys = caller_keys(hotline.settings)
    import_campaign(hotline.database, keys, SystemClock(), replace(document, campaign=campaign))


def played(transcript: Transcript) -> list[str]:
    return [entry.text for entry in transcript.entries if entry.is_played]


@contextmanager
def out_of_reach(database: Database) -> Iterator[None]:
    """The database cannot give a recording."""
    for old, new in (("recordings", "lost"), ("lost", "recordings")):
        with database.write() as connection:
            connection.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))
        if new == "lost":
            yield


@pytest.fixture
def recorded(hotline: Hotline) -> Hotline:
    """The hotline with a recording of each text, in both languages."""
    names = ("greeting", "summary", "script", "contact")
    publishes(hotline, **{name: {code: kept(hotline, name, code) for code in ("en", "es")} for name in names})
    return hotline


def test_recordings_are_heard_in_both_languages_and_a_key_interrupts_them(recorded: Hotline) -> None:
    caller = recorded.calls().hears("Welcome to the Honduras action line").presses("9", during="In short")
    caller.hears("Línea de acción por Honduras").hears("En resumen").presses("8").hears("Guion").listens()
    greeting, summary, saludo, resumen, guion = played(caller.call.transcript)
    assert greeting.startswith("Welcome to the Honduras action line")
    assert summary.endswith("—")
    assert saludo.startswith("Línea de acción")
    assert resumen.startswith("En resumen")
    assert guion
    assert "♪ Welcome to the Honduras" in caller.call.transcript.plain()
    # What takes its time is the sound, not the words of the text.
    first, second, *_ = (entry.at for entry in caller.call.transcript.entries if entry.is_played)
    assert 4 <= second - first < 7
    caller.presses("00").hears("Para hablar con la organización: SOA Watch Desde ahora")
    assert caller.call.faults == []


def test_an_offices_own_text_is_heard_as_it_was_recorded_and_only_one_that_is_there(hotline: Hotline) -> None:
    document = show_campaign(hotline.database, SLUG).document
    *others, last = document.campaign.offices

    def publish(recording_id: str) -> None:
        own = replace(last, brief={"en": "Ask for the desk."}, recordings={"brief": {"en": recording_id}})
        campaign = replace(document.campaign, offices=(*others, own))
        import_campaign(
            hotline.database, caller_keys(hotline.settings), SystemClock(), replace(document, campaign=campaign)
        )

    with pytest.raises(DocumentError, match=r"offices\[\d\]\.recordings\.brief\.en: There is no such recording"):
        publish("f" * 32)
    publish(kept(hotline, "greeting", "en"))
    caller = hotline.calls().hears("Welcome").presses(str(len(others) + 1))
    caller.hears("Calling").hangs_up()
    before = len(hotline.legs())
    assert len(played(caller.call.transcript)) == 1
    assert caller.call.faults == []
    hotline.stage.carrier.delivery = NoRecordings()
    # An announcement dials, so it is never said again by itself.
    caller = hotline.calls().hears("Welcome").presses(str(len(others) + 1)).hears("For the best")
    assert ["canceled" in leg for leg in hotline.legs()[before:]] == [True], "it takes no place at the office"
    caller.presses(str(len(others) + 1)).hears("Ask for the desk.").hears("Calling")
    with scratch_copy(hotline.settings) as scratch, closing(Database(scratch.database_url)) as copy:
        assert show_campaign(copy, SLUG).document == show_campaign(hotline.database, SLUG).document


@pytest.mark.parametrize("delivery", [NoRecordings(), ServerDown("/audio/")])
def test_a_recording_that_cannot_be_had_is_spoken_from_then_on(recorded: Hotline, delivery: NoRecordings) -> None:
    recorded.stage.carrier.delivery = delivery
    caller = recorded.calls().hears("Welcome to the Honduras action line").hears("In short").hears("For the best")
    caller.does_not_hear("our system has a problem")
    # It is said in full again only once: nothing else of this call is played.
    caller.presses("8").hears("Full script").presses("9").hears("Guion").hangs_up()
    assert played(caller.call.transcript) == []
    assert len(caller.call.transcript.texts(Kind.FAULT)) == 1
    [call] = recorded.log()
    assert call["language"] == "es"


def test_the_script_that_cannot_be_played_is_spoken_and_not_skipped(recorded: Hotline) -> None:
    caller = recorded.calls().hears("For the best")
    recorded.stage.carrier.delivery = MISHAPS["no-recordings"]()
    caller.presses("8").hears("Full script").hears("Hello, my name is your name").hangs_up()


def test_a_recording_that_was_played_before_needs_no_database_and_others_are_spoken(recorded: Hotline) -> None:
    recorded.calls().hears("For the best").hangs_up()
    with out_of_reach(recorded.database):
        # The simulated carrier has no titles then either: what is played is told by its address.
        caller = recorded.caller("+16085550124", strict=False).dials(HOTLINE).listens()
        assert len(played(caller.call.transcript)) == 2
        caller.presses("8").hears("Full script").hears("Hello, my name is your name").hangs_up()


def test_the_carrier_gets_a_file_that_it_may_keep_for_ever(recorded: Hotline) -> None:
    campaign = show_campaign(recorded.database, SLUG).document.campaign
    url = f"{recorded.stage.url}/audio/{campaign.recordings['greeting']['en']}.wav"
    whole = requests.get(url, timeout=10)
    assert whole.headers["Content-Type"] == "audio/wav"
    assert "immutable" in whole.headers["Cache-Control"]
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert int(whole.headers["Content-Length"]) == len(whole.content)
    with wave.open(io.BytesIO(whole.content)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (8000, 1, 2)
    head = requests.head(url, timeout=10)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]
    part = requests.get(url, headers={"Range": "bytes=10-19"}, timeout=10)
    assert (part.status_code, part.content) == (206, whole.content[10:20])
    again = requests.get(url, headers={"If-None-Match": whole.headers["ETag"]}, timeout=10)
    assert (again.status_code, again.content) == (304, b"")
    unknown = ("0" * 32, "..%2F..%2Fetc%2Fpasswd", "A" * 32, "1", "%00")
    for name in unknown:
        assert requests.get(f"{recorded.stage.url}/audio/{name}.wav", timeout=10).status_code == 404
    assert requests.get(f"{recorded.stage.url}/audio/", timeout=10).status_code == 404


def test_an_upload_is_kept_once_heard_and_audited(hotline: Hotline) -> None:
    upload = written(tone(4, 44_100), 44_100, "MP3")

    def taken(name: str) -> str:
        return take_upload(hotline.database, SystemClock(), ANA, spot(hotline, name, "en"), upload).id

    first, second = taken("greeting"), taken("greeting")
    assert first == second != taken("summary")
    with hotline.database.read() as connection:
        entries = page(connection, Wanted(deed=Deed.RECORDING), None, 10)
    assert entries[-1].entry.sentence == "ana@example.org recorded the greeting of Honduras 2017 (en), 4 seconds."
    publishes(hotline, greeting={"en": first})
    caller = hotline.calls().hears("In short").hangs_up()
    assert len(played(caller.call.transcript)) == 1
    assert caller.call.faults == []


def test_what_is_not_there_is_not_published_and_what_says_an_older_text_is_told(hotline: Hotline) -> None:
    with pytest.raises(DocumentError, match=r"recordings\.script\.en: There is no such recording here"):
        publishes(hotline, script={"en": "f" * 32})
    publishes(hotline, greeting={"en": kept(hotline, "greeting", "en")})
    campaign = show_campaign(hotline.database, SLUG).document.campaign
    changed = replace(campaign, greeting={**campaign.greeting, "en": "Welcome to something else."})
    with hotline.database.read() as connection:
        found = known(connection, campaign)
    assert stale_recordings(campaign, found) == ()
    [warning] = stale_recordings(changed, found)
    assert str(warning).startswith("recordings.greeting.en: The recording says an older text")


def test_calls_that_leave_no_trace_hear_recordings_too(recorded: Hotline) -> None:
    with scratch_copy(recorded.settings) as scratch, closing(Database(scratch.database_url)) as copy:
        campaign = show_campaign(copy, SLUG).document.campaign
        assert campaign == show_campaign(recorded.database, SLUG).document.campaign
        assert SoundShelf(copy).wav(campaign.recordings["script"]["es"])
