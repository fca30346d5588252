"""Sound files for tests, made by the library that reads them: a voice-like tone, in any format and at any level."""

import io

import numpy as np
import numpy.typing as npt
import soundfile

Samples = npt.NDArray[np.float64]


def tone(seconds: float = 2.0, rate: int = 44_100, *, db: float = -12.0, hertz: float = 440.0) -> Samples:
    """A tone with a root mean square of so many decibels below full scale."""
    at = np.arange(int(seconds * rate)) / rate
    wave: Samples = np.sqrt(2) * 10 ** (db / 20) * np.sin(2 * np.pi * hertz * at)
    return wave


def silence(seconds: float, rate: int = 44_100) -> Samples:
    return np.zeros(int(seconds * rate))


def written(samples: Samples, rate: int = 44_100, kind: str = "WAV", subtype: str | None = None) -> bytes:
    file = io.BytesIO()
    channels = 1 if samples.ndim == 1 else samples.shape[1]
    with soundfile.SoundFile(file, "w", rate, channels, subtype, format=kind) as writer:
        # Second by second: the library's OGG encoder overflows its stack on more.
        for start in range(0, len(samples), rate):
            writer.write(samples[start : start + rate])
    return file.getvalue()
