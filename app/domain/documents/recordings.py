"""Reading which recordings a campaign plays: an id for each language of a text that has one."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from app.domain.campaigns import Campaign
from app.domain.documents.faults import Faults, Path, wrong
from app.domain.documents.fields import Field, Reader, read_fields
from app.domain.documents.texts import words
from app.domain.documents.values import matching
from app.domain.offices import Office, Words
from app.domain.recordings import ID, RECORDED, Recordings

_read_id = matching(ID.pattern, "the id of a recording, as the console shows it")


def read_recordings(languages: tuple[str, ...], names: Iterable[str] = RECORDED) -> Reader[Recordings]:
    """A reader of ids by text and language."""
    table = {name: Field(words(languages, (), _read_id)) for name in names}

    def read(value: object) -> Recordings:
        found: Mapping[str, Words] = read_fields(value, table)
        # An empty mapping says nothing, and would be left out when it is written.
        return MappingProxyType({name: ids for name, ids in found.items() if ids})

    return read


def check_recorded(campaign: Campaign, faults: Faults) -> None:
    """A recording is played in place of a text, which is what is spoken when it cannot be played."""
    _check(campaign, campaign.recordings, (), faults)
    for office in campaign.offices:
        _check(office, office.recordings, ("offices", office.position), faults)


def _check(texts: Campaign | Office, recordings: Recordings, where: Path, faults: Faults) -> None:
    for name, ids in recordings.items():
        for language in ids:
            with faults.at(*where, "recordings", name, language):
                if language not in getattr(texts, name):
                    raise wrong(f"The text that it is played for is missing: give {name}.{language} as well.")
