import io
import struct
import wave
import zipfile
from contextlib import suppress

import numpy as np
import pytest

from app.sound import MAX_UPLOAD_BYTES, NotAudio, for_telephone, kind_of
from tests.sound.making import Samples, silence, tone, written


def samples_of(wav: bytes) -> Samples:
    with wave.open(io.BytesIO(wav)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 8000)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768


@pytest.mark.parametrize(
    ("kind", "subtype", "rate"),
    [("WAV", None, 44_100), ("WAV", "FLOAT", 96_000), ("WAV", "ULAW", 8000), ("MP3", None, 22_050),
     ("OGG", "VORBIS", 44_100), ("OGG", "OPUS", 48_000)],
)  # fmt: skip
def test_every_kind_becomes_the_same_sound_for_the_telephone(kind: str, subtype: str | None, rate: int) -> None:
    spoken = np.concatenate([silence(1, rate), tone(2, rate, db=-35), silence(1, rate)])
    upload = written(np.stack([spoken, spoken], 1), rate, kind, subtype)
    assert kind_of(upload) == kind
    heard = for_telephone(upload, 60)
    samples = samples_of(heard.wav)
    # The silence around it is gone but for a breath, and it is as loud as the carrier's own voices.
    assert 2.3 < heard.seconds < 2.5
    assert heard.level_db == pytest.approx(-35, abs=0.5)
    middle = samples[4000:16000]
    assert 10 * np.log10((middle**2).mean()) == pytest.approx(-20, abs=0.5)
    loudest = np.abs(np.fft.rfft(middle)).argmax() * 8000 / len(middle)
    assert loudest == pytest.approx(440, abs=2)


def test_what_the_telephone_cannot_carry_does_not_come_back_as_another_tone() -> None:
    high = tone(2, 44_100, hertz=7000, db=-6) + tone(2, 44_100, hertz=1000, db=-20)
    samples = samples_of(for_telephone(written(high), 60).wav)[4000:12000]
    spectrum = np.abs(np.fft.rfft(samples))
    assert spectrum.argmax() * 8000 / len(samples) == pytest.approx(1000, abs=2)
    # 7 kHz would be heard as 1 kHz if it were not taken away before: then it would be far louder than it was.
    assert np.sqrt((samples**2).mean()) == pytest.approx(10 ** (-20 / 20), rel=0.1)


def test_silence_clipping_and_length_are_told() -> None:
    assert for_telephone(written(silence(3)), 60).seconds == 0
    assert for_telephone(written(tone(3, db=-70)), 60).level_db < -60
    assert for_telephone(written(np.clip(tone(3, db=6), -1, 1)), 60).clipped > 0.1
    assert for_telephone(written(tone(5, 8000), 8000), 60).is_longer is False
    assert for_telephone(written(tone(40, 8000), 8000), 5).is_longer is True


def a_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("greeting.mp3", b"\0" * 1000)
    return file.getvalue()


def wav_that_claims(frames: int, channels: int = 1, rate: int = 44_100) -> bytes:
    data, block = b"\0\1" * 100, 2 * channels
    form = struct.pack("<HHIIHH", 1, channels, rate, rate * block % 2**32, block % 2**16, 16)
    size = frames * block % 2**32
    return b"RIFF" + struct.pack("<I", 2**32 - 1) + b"WAVEfmt " + struct.pack("<I", 16) + form + b"data" + \
        struct.pack("<I", size) + data  # fmt: skip


HOSTILE = {
    "empty": (b"", "The file is empty"),
    "zip": (a_zip(), "a ZIP file"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "a web page or a drawing"),
    "html": (b"<!DOCTYPE html><script>alert(1)</script>", "a web page or a drawing"),
    "pdf": (b"%PDF-1.7\n", "a PDF"),
    "m4a": (b"\0\0\0\x20ftypM4A \0\0\0\0", "an M4A"),
    "text": (b"http://169.254.169.254/latest/meta-data/", "of a kind that we do not know"),
    "zip behind an MP3's first bytes": (b"ID3" + a_zip(), "cannot be read"),
    "html behind a WAV's first bytes": (b"RIFF\0\0\0\0WAVE<script>alert(1)</script>" * 9, "cannot be read"),
    "only the first bytes of OGG": (b"OggS\0\2" + b"\0" * 40, "cannot be read"),
    "a thousand channels": (wav_that_claims(10, channels=1000), "cannot be read"),
    "a sample rate of nothing": (wav_that_claims(10, rate=0), "cannot be read"),
    "a sample rate beyond all": (wav_that_claims(10, rate=2**31), "cannot be read"),
    "too large": (b"ID3" + b"\0" * MAX_UPLOAD_BYTES, "larger than 5 MB"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_sound_is_refused_in_a_sentence(name: str) -> None:
    upload, why = HOSTILE[name]
    with pytest.raises(NotAudio, match=why):
        for_telephone(upload, 60)


def test_what_a_header_claims_is_not_believed() -> None:
    ten_hours = wav_that_claims(44_100 * 36_000)
    assert for_telephone(ten_hours, 60).seconds == 0
    # The header of a variable bit rate says how many frames follow: a billion.
    mp3 = bytearray(written(tone(1), kind="MP3"))
    if (at := max(mp3.find(b"Xing"), mp3.find(b"Info"))) > 0:
        mp3[at + 8 : at + 12] = struct.pack(">I", 10**9)
    assert for_telephone(bytes(mp3), 60).seconds < 1.5


@pytest.mark.parametrize("kind", ["WAV", "MP3", "OGG"])
@pytest.mark.parametrize("kept", [300, 9000])
def test_half_a_file_is_heard_as_far_as_it_goes_or_refused(kind: str, kept: int) -> None:
    whole = written(tone(3), kind=kind)
    half = whole[:kept]
    # Whichever it is, it is no crash.
    with suppress(NotAudio):
        assert for_telephone(half, 60).seconds <= 3.5
