"""Recordings of what a campaign says: taken from organizers, served to the carrier, compared with their texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.audit import By, Deed
from app.domain.campaigns import Campaign
from app.domain.clock import Clock
from app.domain.documents import DocumentError, Fault, Path
from app.domain.offices import Office
from app.domain.recordings import Measured, Recording, advice, is_same_text, most_seconds, refusal
from app.services import audit
from app.services.campaign_names import name_in
from app.sound import Heard, NotAudio, for_telephone
from app.store import recordings
from app.store.campaigns import UnknownCampaign
from app.store.database import Connection, Database
from app.store.recordings import Made

MOST_OF_A_CAMPAIGN = 300
"""Recordings that a campaign may have, those of all its versions and drafts together."""


class Refused(ValueError):
    """An upload cannot be a recording; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a recording is played: in place of which text of a campaign, and what this text says."""

    slug: str
    name: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A recording that was made of an upload, and what its organizers should know of it."""

    id: str
    seconds: float
    advice: tuple[str, ...] = ()


def take_upload(database: Database, clock: Clock, by: By, spot: Spot, content: bytes) -> Taken:
    """Make a recording of an upload for one text and keep it; raises Refused, and UnknownCampaign.

    It is decoded before the transaction begins, so that no call waits for it.
    """
    most_s = most_seconds(spot.name)
    try:
        heard = for_telephone(content, most_s)
    except NotAudio as problem:
        raise Refused(str(problem)) from None
    measured = Measured(heard.seconds, heard.level_db, heard.clipped, heard.is_longer)
    if why := refusal(measured, most_s):
        raise Refused(why)
    with database.write() as connection:
        recording_id = _keep(connection, clock.now(), by, spot, heard)
    return Taken(recording_id, heard.seconds, advice(measured))


def _keep(connection: Connection, now: datetime, by: By, spot: Spot, heard: Heard) -> str:
    if recordings.count(connection, spot.slug) >= MOST_OF_A_CAMPAIGN:
        raise Refused(f"This campaign has {MOST_OF_A_CAMPAIGN} recordings, which is all that are kept of one.")
    made = Made(spot.language, spot.text, heard.wav, heard.seconds, heard.level_db, by.who, now)
    recording_id = recordings.keep(connection, spot.slug, made)
    if recording_id is None:
        raise UnknownCampaign(f"There is no campaign {spot.slug!r}.")
    what = f"the {_said(spot.name)} of {name_in(connection, spot.slug)} ({spot.language})"
    told = f"{by.who} recorded {what}, {heard.seconds:.0f} seconds."
    audit.note(connection, now, by, Deed.RECORDING, told, spot.slug)
    return recording_id


def _said(name: str) -> str:
    office, _, text = name.rpartition(".")
    return f"{text.replace('_', ' ')} of {office}" if office else text


def again(database: Database, clock: Clock, by: By, spot: Spot, recording_id: str) -> str | None:
    """The id of a campaign's recording as one that says this text; None if the campaign has no such recording."""
    with database.write() as connection:
        found = recordings.made_of(connection, spot.slug, recording_id)
        if found is None:
            return None
        return recordings.keep(connection, spot.slug, replace(found, says=spot.text, language=spot.language))


def find(database: Database, ids: Sequence[str]) -> dict[str, Recording]:
    """What is known of recordings, by id."""
    with database.read() as connection:
        return recordings.facts(connection, ids)


def known(connection: Connection, campaign: Campaign) -> Mapping[str, Recording]:
    """The recordings that a campaign plays, as far as they exist, by id."""
    return recordings.facts(connection, [each.id for each in _played(campaign)])


def unknown_recordings(connection: Connection, campaign: Campaign) -> None:
    """Refuse a campaign that plays what is not there; raises DocumentError."""
    found = known(connection, campaign)
    faults = [
        Fault(each.path, "There is no such recording here: make it again, or leave it out.")
        for each in _played(campaign)
        if each.id not in found
    ]
    if faults:
        raise DocumentError(faults)


def stale_recordings(campaign: Campaign, found: Mapping[str, Recording]) -> tuple[Fault, ...]:
    """Warnings of recordings that say another text than the campaign's, which is what a screen shows."""
    return tuple(
        Fault(each.path, "The recording says an older text: record it again, or keep it.")
        for each in _played(campaign)
        if each.id in found and not is_same_text(found[each.id].says, each.text)
    )


@dataclass(frozen=True, slots=True)
class _Played:
    """A recording that a campaign plays, where its document says so, and the text that it is played for."""

    path: Path
    text: str
    id: str


def _played(campaign: Campaign) -> Iterator[_Played]:
    yield from _played_for(campaign, ())
    for office in campaign.offices:
        yield from _played_for(office, ("offices", office.position))


def _played_for(texts: Campaign | Office, where: Path) -> Iterator[_Played]:
    for name, ids in texts.recordings.items():
        for language, each in ids.items():
            yield _Played((*where, "recordings", name, language), getattr(texts, name)[language], each)
