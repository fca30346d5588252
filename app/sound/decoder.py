"""Turns one file into sound for the telephone; a program of its own, which is given what strangers uploaded.

A decoder is where a hostile file does harm: so it has its own process, without our secrets, with bounds on memory and
processor time, and it imports nothing of ours. It reads the file from standard input, and writes a line of JSON with
what it found and then 16-bit samples, 8,000 a second, trimmed and as loud as speech should be.
"""

import contextlib
import io
import json
import os
import resource
import sys

import numpy as np
import numpy.typing as npt
import soundfile

Samples = npt.NDArray[np.float32]

RATE = 8000
_FORMATS = frozenset({"WAV", "WAVEX", "MP3", "OGG"})
_MOST_CHANNELS = 8
_RATES_HZ = range(4000, 96_001)
_BLOCK = 65_536
_MEMORY_BYTES = 1 << 30
_CPU_S = 15

# Windows of the resampler, in seconds: each is heard with a second more on either side, so that none has an edge.
_WINDOW_S, _MARGIN_S = 10, 1
_FRAME = RATE // 50
_HEADROOM_S, _TAIL_S = 0.15, 0.25
_CLIPPED = 0.998
# Active speech: what is within 40 dB of the loudest fiftieth of a second, and above the noise of a bad microphone.
_ACTIVE_DB, _NOISE_DB = 40.0, -60.0
# The level at which a voice of the carrier speaks, and the most that a quiet recording is raised.
_SPEECH_DB, _PEAK_DB, _MOST_GAIN_DB = -20.0, -1.0, 30.0


def bound() -> None:
    """Take away what decoding does not need."""
    os.nice(10)
    for limit, most in (
        (resource.RLIMIT_AS, _MEMORY_BYTES),
        (resource.RLIMIT_CPU, _CPU_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        # Not every system keeps each of these limits; the caller's time limit remains.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))


def read(content: bytes, most_s: float) -> tuple[Samples, int, bool]:
    """The samples as one channel, their rate, and whether there are more than so many seconds of them."""
    with soundfile.SoundFile(io.BytesIO(content)) as file:
        if file.format not in _FORMATS or file.channels > _MOST_CHANNELS or file.samplerate not in _RATES_HZ:
            raise soundfile.SoundFileError("of a kind that is not taken")
        most, parts, count = int(most_s * file.samplerate), [], 0
        # What the header claims is not believed: it is read block by block, up to the limit.
        while count <= most and len(block := file.read(_BLOCK, dtype="float32", always_2d=True)):
            parts.append(block.mean(axis=1))
            count += len(block)
        samples = np.concatenate(parts) if parts else np.zeros(0, "float32")
        return np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0), file.samplerate, count > most


def resample(samples: Samples, rate: int) -> Samples:
    """The same sound at the telephone's rate: window by window, without what lies above half of it."""
    if rate == RATE:
        return samples
    margin = np.zeros(_MARGIN_S * rate, "float32")
    seconds = -(-len(samples) // rate)
    padded = np.concatenate([margin, samples, np.zeros((seconds + _WINDOW_S) * rate - len(samples), "float32"), margin])
    parts = []
    for start in range(0, seconds, _WINDOW_S):
        window = padded[start * rate : (start + _WINDOW_S + 2 * _MARGIN_S) * rate]
        length = (_WINDOW_S + 2 * _MARGIN_S) * RATE
        spectrum = np.fft.rfft(window)[: length // 2 + 1]
        low = np.fft.irfft(spectrum, length) * (RATE / rate)
        parts.append(low[_MARGIN_S * RATE : -_MARGIN_S * RATE].astype("float32"))
    return np.concatenate(parts)[: len(samples) * RATE // rate] if parts else samples


def decibels(power: Samples) -> Samples:
    """Power as decibels below a full square wave."""
    return 10 * np.log10(np.maximum(power, 1e-12))


def finish(samples: Samples) -> tuple[Samples, float]:
    """The sound without the silence around it, at the level of speech; and the level that its speech had."""
    frames = samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME)
    levels = decibels((frames**2).mean(axis=1)) if len(frames) else np.zeros(0)
    active = np.flatnonzero(levels > max(_NOISE_DB, levels.max() - _ACTIVE_DB)) if len(levels) else np.zeros(0, int)
    if not len(active):
        return samples[:0], -120.0
    level = float(decibels((frames[active] ** 2).mean()))
    start = max(0, int(active[0]) * _FRAME - int(_HEADROOM_S * RATE))
    end = (int(active[-1]) + 1) * _FRAME + int(_TAIL_S * RATE)
    kept = samples[start:end]
    peak = float(np.abs(kept).max())
    gain_db = min(_SPEECH_DB - level, _MOST_GAIN_DB, _PEAK_DB - 20 * np.log10(max(peak, 1e-6)))
    return kept * 10 ** (gain_db / 20), level


def main(most_s: float) -> None:
    """Decode standard input."""
    bound()
    try:
        samples, rate, is_longer = read(sys.stdin.buffer.read(), most_s)
    except (soundfile.SoundFileError, RuntimeError):
        print(json.dumps({"unreadable": True}))
        return
    clipped = float((np.abs(samples) >= _CLIPPED).mean()) if len(samples) else 0.0
    kept, level = finish(resample(samples, rate))
    found = {"longer": is_longer, "level_db": level, "clipped": clipped, "samples": len(kept)}
    sys.stdout.buffer.write(json.dumps(found).encode() + b"\n" + np.round(kept * 32767).astype("<i2").tobytes())


if __name__ == "__main__":
    main(float(sys.argv[1]))
