"""Making a recording for the telephone of what was uploaded (Twilio: Play takes PCM in WAV; a line has 8 kHz)."""

import io
import json
import os
import subprocess
import sys
import wave
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

from app.sound.formats import KINDS, kind_of, mistaken_for

MAX_UPLOAD_BYTES = 5_000_000

_DECODER = Path(__file__).with_name("decoder.py")
_RATE_HZ = 8000
_TIMEOUT_S = 20
# Room for silence around the speech, which is cut off before the length is judged.
_SLACK_S = 30
# A machine that answers calls decodes one file at a time.
_ONE_AT_A_TIME = BoundedSemaphore(1)


class NotAudio(ValueError):
    """What was uploaded is no sound file that can be read; the message says what it is and what to do."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A recording for the telephone, and what was heard in the file it was made of.

    `level_db` is the level of its speech before it was made as loud as it should be; `clipped` the share of samples
    that were as loud as can be; `is_longer` says that the file went on when reading stopped.
    """

    wav: bytes
    seconds: float
    level_db: float
    clipped: float
    is_longer: bool


def for_telephone(content: bytes, most_s: float) -> Heard:
    """What a file sounds like on the telephone, up to a little over so many seconds; raises NotAudio."""
    if not content:
        raise NotAudio("The file is empty: choose another one.")
    if len(content) > MAX_UPLOAD_BYTES:
        raise NotAudio(f"The file is larger than {MAX_UPLOAD_BYTES // 1_000_000} MB: save it as MP3, or shorten it.")
    if kind_of(content) is None:
        what = mistaken_for(content) or "of a kind that we do not know"
        raise NotAudio(f"The file is {what}. Save the recording as {', '.join(KINDS[:-1])} or {KINDS[-1]}.")
    return _read_answer(_decode(content, most_s + _SLACK_S))


def _decode(content: bytes, most_s: float) -> bytes:
    # Isolated (-I), and without our environment, in which there are secrets.
    command = [sys.executable, "-I", str(_DECODER), str(most_s)]
    environ = {"OPENBLAS_NUM_THREADS": "1", "PATH": os.defpath}
    with _ONE_AT_A_TIME:
        try:
            done = subprocess.run(  # noqa: S603 - our own program; the file goes in by standard input
                command, input=content, env=environ, capture_output=True, timeout=_TIMEOUT_S, check=True
            )
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
            raise _unreadable() from None
    return done.stdout


def _read_answer(answer: bytes) -> Heard:
    line, _, samples = answer.partition(b"\n")
    found = json.loads(line)
    if found.get("unreadable"):
        raise _unreadable()
    return Heard(
        wav=_wav(samples),
        seconds=found["samples"] / _RATE_HZ,
        level_db=found["level_db"],
        clipped=found["clipped"],
        is_longer=found["longer"],
    )


def _unreadable() -> NotAudio:
    return NotAudio("The file looks like a sound file but cannot be read to its end: save it anew, or record it here.")


def _wav(samples: bytes) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(_RATE_HZ)
        writer.writeframes(samples)
    return file.getvalue()
