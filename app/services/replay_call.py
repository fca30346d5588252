"""A call that was made, walked again through its campaign as it is now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from zoneinfo import ZoneInfo

from app.domain.documents import write_campaign
from app.flow.prompts import LANGUAGES
from app.services.campaigns import show_campaign
from app.services.desk import Desk
from app.services.preview import Preview, Walked, replay, step_of
from app.services.recording_titles import lengths, said_by
from app.store.call_detail import CallDetail, read_call
from app.telephony.spoken import read_spoken

_BY_LOCALE: Mapping[str, str] = MappingProxyType({language.locale: code for code, language in LANGUAGES.items()})
_SPOKE = "The caller also said something; what it was is never kept, so it is left out here."


@dataclass(frozen=True, slots=True)
class Replayed:
    """A call and what its steps lead to in the version that is live now."""

    call: CallDetail
    campaign_name: str
    zone: ZoneInfo
    version: int
    preview: Preview


def replay_call(desk: Desk, call_sid: str) -> Replayed | None:
    """Walk through a call again, as of the moment at which it was made; None if there is no such call."""
    with desk.database.read() as connection:
        call = read_call(connection, call_sid)
        if call is None:
            return None
        first = call.turns[0] if call.turns else None
        said = read_spoken(first.answer, said_by(connection, [first.answer])) if first else []
    published = show_campaign(desk.database, call.campaign)
    campaign = published.document.campaign
    document = write_campaign(campaign)
    preview = replay(
        document,
        _BY_LOCALE.get(said[0].locale, "") if said else "",
        first.step if first else "",
        walked(call),
        call.started_at,
        lengths(desk.database, document),
    )
    if any(turn.event == "spoke" for turn in call.turns):
        preview = replace(preview, notices=(*preview.notices, _SPOKE))
    return Replayed(call, campaign.name, ZoneInfo(campaign.time_zone), published.version, preview)


def walked(call: CallDetail) -> tuple[Walked, ...]:
    """The steps of a call, each with where it led."""
    return tuple(_walked(call))


def _walked(call: CallDetail) -> Iterator[Walked]:
    names = {leg.office_slug: leg.office for leg in call.legs}
    for turn in call.turns:
        if step := step_of(turn.event):
            planned = (note.get("office", "") for note in turn.notes if note.get("kind") == "leg_planned")
            yield Walked(step, turn.step, names.get(next(planned, ""), ""))
