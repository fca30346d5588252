"""Reading texts: what is spoken, shown and stored has no character that the carrier would choke on."""

import re
import unicodedata
from types import MappingProxyType

from app.domain.documents.faults import shown, wrong
from app.domain.documents.fields import Field, Reader, read_fields
from app.domain.documents.meter import Level, meter
from app.domain.offices import Words

SPEECH_LIMIT = 1500
SCRIPT_LIMIT = 6000
NAME_LIMIT = 80

# What XML 1.0 forbids, control characters, and what turns the direction of text or breaks lines unseen:
# such a text could not be spoken, or would not read as it is.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def text(most: int) -> Reader[str]:
    """A reader of texts with at most so many characters; each line is a paragraph, and empty ones go."""

    def read(value: object) -> str:
        lines = (" ".join(line.split()) for line in _checked(value, most).splitlines())
        paragraphs = "\n".join(filter(None, lines))
        if not paragraphs:
            raise wrong("It is empty.")
        return paragraphs

    return read


def line(most: int) -> Reader[str]:
    """A reader of texts of one line with at most so many characters."""
    return lambda value: " ".join(text(most)(value).split())


def _checked(value: object, most: int) -> str:
    if not isinstance(value, str):
        raise wrong(f"It must be text, not {shown(value)}; quotes make it text.")
    # Joining accents to letters can lengthen a text, and takes too long for one without bounds.
    if len(value) > most or len(joined := unicodedata.normalize("NFC", value)) > most:
        raise wrong(f"It has more than {most} characters.")
    found = _FORBIDDEN.search(joined)
    if found:
        raise wrong(f"It holds U+{ord(found[0]):04X}, a character that cannot be used: delete it.")
    return joined


def summary(value: object) -> str:
    """A summary: a text that is over before a caller loses patience."""
    short = text(SPEECH_LIMIT)(value)
    length = meter(short)
    if length.level is Level.TOO_LONG:
        raise wrong(f"It takes {length.seconds:.0f} seconds to say; at most {length.limit_s} are possible.")
    return short


def words(languages: tuple[str, ...], needed: tuple[str, ...], read: Reader[str]) -> Reader[Words]:
    """A reader of texts by language; a text alone is one in the first of the campaign's languages."""
    table = {code: Field(read, required=code in needed) for code in languages}
    unknown = f"It is not one of the campaign's languages ({', '.join(languages)})."

    def read_words(value: object) -> Words:
        by_language = {languages[0]: value} if isinstance(value, str) else value
        return MappingProxyType(read_fields(by_language, table, unknown=unknown))

    return read_words
