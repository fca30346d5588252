"""What an answer of ours said, read back from its TwiML."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from xml.etree import ElementTree as ET


@dataclass(frozen=True, slots=True)
class Said:
    """Words in a language, by its locale; `is_played` if they were played from a recording."""

    words: str
    locale: str
    is_played: bool = False


def read_spoken(answer: str, recordings: Mapping[str, Said] = MappingProxyType({})) -> list[Said]:
    """The speech of an answer in order, with what its recordings say by their ids; nothing of one that is not ours."""
    try:
        root = ET.fromstring(answer)  # noqa: S314 - we wrote it ourselves
    except ET.ParseError:
        return []
    found = (_said(element, recordings) for element in root.iter() if element.tag in ("Say", "Play"))
    return [said for said in found if said.words]


def _said(element: ET.Element, recordings: Mapping[str, Said]) -> Said:
    if element.tag == "Play":
        name = (element.text or "").rpartition("/")[2].removesuffix(".wav")
        return replace(recordings.get(name, Said("(a recording)", "en-US")), is_played=True)
    return Said(" ".join("".join(_texts(element)).split()), element.get("language", "en-US"))


def _texts(element: ET.Element) -> list[str]:
    own = [" "] if element.tag == "break" else [element.text or ""]
    for child in element:
        own += [*_texts(child), child.tail or ""]
    return own
