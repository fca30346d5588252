"""Reading which recordings a campaign plays: an id for each language of a text that has one."""

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.campaigns import Campaign
from app.domain.documents.faults import Faults, wrong
from app.domain.documents.fields import Field, Reader, read_fields
from app.domain.documents.texts import words
from app.domain.documents.values import matching
from app.domain.offices import Words
from app.domain.recordings import ID, RECORDED, Recordings

_read_id = matching(ID.pattern, "the id of a recording, as the console shows it")


def read_recordings(languages: tuple[str, ...]) -> Reader[Recordings]:
    """A reader of ids by text and language."""
    table = {name: Field(words(languages, (), _read_id)) for name in RECORDED}

    def read(value: object) -> Recordings:
        found: Mapping[str, Words] = read_fields(value, table)
        # An empty mapping says nothing, and would be left out when it is written.
        return MappingProxyType({name: ids for name, ids in found.items() if ids})

    return read


def check_recorded(campaign: Campaign, faults: Faults) -> None:
    """A recording is played in place of a text, which is what is spoken when it cannot be played."""
    for name, ids in campaign.recordings.items():
        for language in ids:
            with faults.at("recordings", name, language):
                if language not in getattr(campaign, name):
                    raise wrong(f"The text that it is played for is missing: give {name}.{language} as well.")
