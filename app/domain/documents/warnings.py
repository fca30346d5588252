"""What a campaign may well have and its organizers should still look at."""

import re
from collections.abc import Iterator

from app.domain.campaigns import Campaign
from app.domain.documents.faults import Fault, Path
from app.domain.documents.meter import Level, meter
from app.domain.offices import Words

SPOKEN_PLACES = frozenset({"[NAME]", "[CITY]", "[OFFICE]"})
"""What is spoken as 'your name' and so on."""

_PLACE = re.compile(r"\[[A-Z][A-Z ]{1,40}\]")
_HEARD = ("greeting", "summary", "script", "contact")
_TRANSLATED = ("brief", "script", "voicemail_tip")


def campaign_warnings(campaign: Campaign) -> tuple[Fault, ...]:
    """What is allowed and not advised: a long summary, places to be filled in, no translation, no opening hours."""
    parts = (_long_summaries, _unfilled, _untranslated, _never_open)
    return tuple(fault for part in parts for fault in part(campaign))


def _long_summaries(campaign: Campaign) -> Iterator[Fault]:
    for language, text in campaign.summary.items():
        length = meter(text)
        if length.level is not Level.GOOD:
            yield Fault(
                ("summary", language),
                f"It takes {length.seconds:.0f} seconds to say; up to {length.advised_s} are advised.",
            )


def _unfilled(campaign: Campaign) -> Iterator[Fault]:
    """Places such as [LAST NAME], which the templates have and nobody has replaced."""
    texts: list[tuple[Path, Words]] = [((name,), getattr(campaign, name)) for name in _HEARD]
    for index, office in enumerate(campaign.offices):
        texts += [(("offices", index, name), getattr(office, name)) for name in _TRANSLATED]
    for path, words in texts:
        for language, text in words.items():
            if left := [place for place in dict.fromkeys(_PLACE.findall(text)) if place not in SPOKEN_PLACES]:
                yield Fault((*path, language), f"To be replaced: {', '.join(left)}. Callers would hear it so.")


def _untranslated(campaign: Campaign) -> Iterator[Fault]:
    texts: list[tuple[Path, Words]] = [(("contact",), campaign.contact)]
    for index, office in enumerate(campaign.offices):
        texts += [(("offices", index, name), getattr(office, name)) for name in _TRANSLATED]
    for path, words in texts:
        for language in campaign.languages:
            if words and language not in words:
                yield Fault((*path, language), "It is not translated.")


def _never_open(campaign: Campaign) -> Iterator[Fault]:
    for index, office in enumerate(campaign.offices):
        if not any(office.calendar.week):
            yield Fault(("offices", index, "hours"), "The office never opens.")
