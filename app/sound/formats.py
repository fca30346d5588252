"""What a file is by its first bytes; its name and the type that a browser claims are never asked."""

import re

KINDS = ("WAV", "MP3", "OGG")
"""What can be made into a recording."""

_ENOUGH = 512

# A frame of MPEG audio, layer III: eleven bits of sync, a version, a bit rate and a sample rate that exist.
_MP3_FRAME = re.compile(rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb][\x10-\xef]", re.DOTALL)
# Other files that people mistake for recordings, so that the refusal can say what they are.
_OTHERS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb".{4}ftyp(?:M4A|M4B|mp4|isom|iso2|MSNV|qt)", re.DOTALL), "an M4A or MP4 file"),
    (re.compile(rb"\x1aE\xdf\xa3"), "a WebM file"),
    (re.compile(rb"fLaC"), "a FLAC file"),
    (re.compile(rb"0&\xb2u\x8ef\xcf\x11"), "a WMA file"),
    (re.compile(rb"FORM.{4}AIF", re.DOTALL), "an AIFF file"),
    (re.compile(rb"#!AMR"), "an AMR file"),
    (re.compile(rb"PK\x03\x04"), "a ZIP file or an office document"),
    (re.compile(rb"%PDF"), "a PDF"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8"), "a picture"),
    (re.compile(rb"\s*<(?:!doctype|html|svg|\?xml)", re.IGNORECASE), "a web page or a drawing"),
)


def kind_of(content: bytes) -> str | None:
    """One of KINDS, or None."""
    head = content[:_ENOUGH]
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "WAV"
    if head[:4] == b"OggS":
        return "OGG"
    return "MP3" if head[:3] == b"ID3" or _MP3_FRAME.match(head) else None


def mistaken_for(content: bytes) -> str:
    """What a file is that is no recording we take, with its article, or empty if we cannot tell."""
    return next((name for form, name in _OTHERS if form.match(content[:_ENOUGH])), "")
