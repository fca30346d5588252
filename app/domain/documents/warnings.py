"""What a campaign may well have and its organizers should still look at."""

from collections.abc import Iterator

from app.domain.campaigns import Campaign
from app.domain.documents.faults import Fault, Path
from app.domain.documents.meter import Level, meter
from app.domain.offices import Words

_TRANSLATED = ("brief", "script", "voicemail_tip")


def campaign_warnings(campaign: Campaign) -> tuple[Fault, ...]:
    """What is allowed and not advised: a long summary, texts without a translation, offices that never open."""
    return (*_long_summaries(campaign), *_untranslated(campaign), *_never_open(campaign))


def _long_summaries(campaign: Campaign) -> Iterator[Fault]:
    for language, text in campaign.summary.items():
        length = meter(text)
        if length.level is not Level.GOOD:
            yield Fault(
                ("summary", language),
                f"It takes {length.seconds:.0f} seconds to say; up to {length.advised_s} are advised.",
            )


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
