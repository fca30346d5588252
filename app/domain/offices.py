"""An office that a campaign calls."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.domain.hours import Calendar
from app.domain.verbs import Name

# One character of this stands for an office in the state that travels, so this bounds the offices of a campaign.
POSITIONS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcd"
MAX_OFFICES = len(POSITIONS)

Words = Mapping[str, str]
"""A text by language code."""

NO_WORDS: Words = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Office:
    """An office: how it is named, reached and spoken of. `id` is its slug, stable over versions of a campaign.

    `brief` is heard before it is called, where its ask differs; `script` and `voicemail_tip` replace the campaign's.
    `recordings` are the ids of those that are played for these three, by text and by language.
    """

    id: str
    position: int
    name: Words
    number: str
    calendar: Calendar
    say_as: Words = field(default_factory=lambda: NO_WORDS)
    extension: str = ""
    area_codes: tuple[str, ...] = ()
    hours_assumed: bool = True
    brief: Words = field(default_factory=lambda: NO_WORDS)
    script: Words = field(default_factory=lambda: NO_WORDS)
    voicemail_tip: Words = field(default_factory=lambda: NO_WORDS)
    recordings: Mapping[str, Words] = field(default_factory=lambda: MappingProxyType({}))
    aliases: tuple[str, ...] = field(default=())

    @property
    def mark(self) -> str:
        """The one character that stands for the office in the state that travels."""
        return POSITIONS[self.position]

    def label(self, language: str) -> str:
        """The name as written in a language, or in the campaign's first one."""
        return self.name.get(language) or next(iter(self.name.values()))

    def spoken(self, language: str) -> Name:
        """The name to speak within a sentence of `language`."""
        own = language if language in self.name else next(iter(self.name))
        return Name(self.name[own], own, self.say_as.get(own, ""))
