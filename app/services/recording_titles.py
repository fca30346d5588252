"""What recordings say, for transcripts: the words of a sound cannot be read from it."""

import re
from collections.abc import Callable, Iterable, Mapping

from app.domain.draft_recordings import places_of
from app.domain.recordings import ID, PATH
from app.services.hotline import VOICES
from app.simulator import Title
from app.store.database import Connection, Database, StoreUnavailable
from app.store.recordings import facts
from app.telephony.spoken import Said

_ADDRESS = re.compile(rf"{PATH}({ID.pattern})\.wav")


def titles(database: Database) -> Callable[[str], Title | None]:
    """A simulated carrier's way to know what is said at an address of ours."""

    def title(url: str) -> Title | None:
        try:
            with database.read() as connection:
                said = said_by(connection, [url])
        except StoreUnavailable:
            return None
        return next((Title(each.words, each.locale) for each in said.values()), None)

    return title


def said_by(connection: Connection, answers: Iterable[str]) -> dict[str, Said]:
    """What the recordings say that are played in answers of ours, by their ids."""
    ids = {found for answer in answers for found in _ADDRESS.findall(answer)}
    known = facts(connection, ids)
    return {id_: Said(each.says, VOICES[each.language].locale) for id_, each in known.items()}


def lengths(database: Database, document: object) -> dict[str, float]:
    """The seconds of the recordings that a campaign's document names, by their ids."""
    places = places_of(document) if isinstance(document, Mapping) else ()
    with database.read() as connection:
        known = facts(connection, {each.recording_id for each in places if each.recording_id})
    return {id_: each.seconds for id_, each in known.items()}
