"""One call as its page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.services.call_lanes import Lanes, draw_lanes
from app.services.call_story import Moment, summary, timeline
from app.services.campaigns import show_campaign
from app.services.desk import Desk
from app.services.preview import Walked
from app.services.recording_titles import said_by
from app.services.replay_call import walked
from app.store.blocks import blocked_until
from app.store.call_detail import CallDetail, campaign_of_call, read_call
from app.store.call_log_campaigns import campaign_id
from app.store.call_search import supporter_of
from app.store.call_tags import tags_in_use


@dataclass(frozen=True, slots=True)
class CallPage:
    """A call with its story; `walk` are the steps that can be walked again."""

    call: CallDetail
    campaign_name: str
    zone: ZoneInfo
    summary: str
    timeline: list[Moment]
    lanes: Lanes
    walk: tuple[Walked, ...]
    tags_in_use: Sequence[str]
    office_zones: Mapping[str, ZoneInfo]
    blocked_until: datetime | None


def find_campaign(desk: Desk, call_sid: str) -> str | None:
    """The campaign of a call by its slug, or None if there is no such call."""
    with desk.database.read() as connection:
        return campaign_of_call(connection, call_sid)


def show_call(desk: Desk, call_sid: str) -> CallPage | None:
    """A call's page, or None if there is no such call."""
    with desk.database.read() as connection:
        call = read_call(connection, call_sid)
        if call is None:
            return None
        recordings = said_by(connection, [turn.answer for turn in call.turns])
        supporter = supporter_of(connection, call_sid)
        until = blocked_until(connection, supporter, desk.clock.now()) if supporter else None
        in_use = tags_in_use(connection, campaign_id(connection, call.campaign))
    campaign = show_campaign(desk.database, call.campaign).document.campaign
    zone = ZoneInfo(campaign.time_zone)
    lanes, story = draw_lanes(call, desk.clock.now()), timeline(call, recordings)
    there = {office.id: ZoneInfo(office.calendar.time_zone) for office in campaign.offices}
    return CallPage(call, campaign.name, zone, summary(call, zone), story, lanes, walked(call), in_use, there, until)
