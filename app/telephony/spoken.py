"""What an answer of ours said, read back from its TwiML."""

from dataclasses import dataclass
from xml.etree import ElementTree as ET


@dataclass(frozen=True, slots=True)
class Said:
    """Words in a language, by its locale."""

    words: str
    locale: str


def read_spoken(answer: str) -> list[Said]:
    """The speech of an answer in order; nothing of one that cannot be read."""
    try:
        root = ET.fromstring(answer)  # noqa: S314 - we wrote it ourselves
    except ET.ParseError:
        return []
    found = ((" ".join("".join(_texts(say)).split()), say.get("language", "en-US")) for say in root.iter("Say"))
    return [Said(words, locale) for words, locale in found if words]


def _texts(element: ET.Element) -> list[str]:
    own = [" "] if element.tag == "break" else [element.text or ""]
    for child in element:
        own += [*_texts(child), child.tail or ""]
    return own
