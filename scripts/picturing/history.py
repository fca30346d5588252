"""What has happened in the demo before its pictures are taken, so that no page of the console is empty."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from app.config import Settings
from app.domain.audit import By
from app.domain.campaigns import CampaignStatus
from app.domain.documents import Document
from app.domain.drafts import with_fields
from app.domain.organizers import DEMO_OWNER, Access
from app.domain.roles import Role
from app.services.campaigns import change_status, import_campaign
from app.services.demo_data.calls import call_id
from app.services.demo_data.history import Wanted, make_history
from app.services.demo_owner import settle_demo_owner
from app.services.desk import Desk, open_desk
from app.services.drafts import open_draft, save_draft
from app.services.hotline import Hotline
from app.services.invite import add_with_password
from app.services.note_call import note_call
from app.services.office_care import set_closed, verify_office
from app.services.open_hotline import open_hotline
from app.services.organization import change_organization
from app.services.people import find_by_email
from app.services.publish_draft import Publisher, publish_draft
from app.services.sample import sample_document
from app.services.share_links import make_share_link
from app.services.tag_call import tag_call
from app.simulator import MovableClock
from app.store.migrate import upgrade

NOW = datetime(2026, 11, 17, 19, 41, tzinfo=UTC)
"""When the pictures are taken: a Tuesday, 1:41 in the afternoon in Wisconsin."""

SLUG = "honduras-2017"
SEED = 1
OTHER = "clean-water"

CALL = call_id(f"{SLUG} {SEED}", 1829)
"""A call of which there is something to tell: one office was busy, the next one talked."""

_DAYS = 60
_BEGAN = NOW - timedelta(days=_DAYS + 2)
# The last calls of a history are over an hour before it ends; a few minutes keep them out of the future.
_UNTIL = NOW + timedelta(minutes=45)
_ANA, _LUIS, _PRESS = "ana@example.org", "luis@example.org", "press@example.org"


def make_past(settings: Settings) -> None:
    """Let two campaigns be called for two months, and organizers do what they do."""
    clock = MovableClock(_BEGAN)
    upgrade(settings.database_url)
    hotline = open_hotline(settings, clock)
    with closing(hotline.database):
        settle_demo_owner(settings, hotline.database, clock)
        tools = _Tools(hotline, open_desk(settings, hotline.database, clock), clock)
        for document in _campaigns():
            import_campaign(hotline.database, hotline.keys, clock, document)
        for days, deed in _DEEDS:
            clock.move_to(NOW - timedelta(days=days))
            deed(tools)


@dataclass(frozen=True, slots=True)
class _Tools:
    hotline: Hotline
    desk: Desk
    clock: MovableClock

    @property
    def publisher(self) -> Publisher:
        return Publisher(self.hotline.keys, self.hotline.default_number)


def _campaigns() -> list[Document]:
    """The sample with a goal, and another one beside it."""
    sample = sample_document()
    other = replace(
        sample.campaign,
        slug=OTHER,
        name="Clean water for Wisconsin",
        number="+16085550142",
        offices=sample.campaign.offices[:3],
    )
    return [
        replace(sample, campaign=replace(sample.campaign, goal_calls=2500)),
        replace(sample, campaign=other),
    ]


def _invite(tools: _Tools) -> None:
    owner = By(DEMO_OWNER)
    change_organization(tools.desk, owner, "SOA Watch", "America/Chicago")
    for email, access in (
        (_ANA, Access(Role.ORGANIZER, all_campaigns=True, may_search=True)),
        (_LUIS, Access(Role.ANALYST, all_campaigns=False, campaigns=frozenset({SLUG}))),
        (_PRESS, Access(Role.VIEWER, all_campaigns=False, campaigns=frozenset({SLUG}))),
    ):
        add_with_password(tools.desk, owner, email, access, "made for the pictures")


def _verify(tools: _Tools) -> None:
    for office in ("eau-claire", "green-bay", "la-crosse", "madison", "milwaukee"):
        verify_office(tools.desk, tools.publisher, By(_ANA), SLUG, office, with_hours=True)


def _call(tools: _Tools) -> None:
    for slug, calls in ((SLUG, 2000), (OTHER, 240)):
        for _ in make_history(tools.hotline, Wanted(slug, calls, _DAYS, _UNTIL, SEED)):
            pass


def _rewrite(tools: _Tools) -> None:
    draft = open_draft(tools.desk, SLUG)
    summary = {**draft.body["summary"], "en": draft.body["summary"]["en"].replace("twenty-two", "thirty")}
    draft = save_draft(tools.desk, By(_ANA), SLUG, with_fields(draft.body, {"summary": summary}), draft.revision)
    publish_draft(tools.desk, tools.publisher, By(_ANA), SLUG, draft.revision, draft.live_version)


def _note(tools: _Tools) -> None:
    note_call(tools.desk, By(_LUIS), CALL, "The office promised a written answer. Ask again in a week.")
    tag_call(tools.desk, By(_LUIS), SLUG, CALL, "press")


def _pause(tools: _Tools) -> None:
    change_status(tools.desk.database, tools.clock, By(_ANA), OTHER, CampaignStatus.PAUSED)


def _share(tools: _Tools) -> None:
    owner = find_by_email(tools.desk, DEMO_OWNER)
    for purpose, days in (("The phone bank on Saturday", 7), ("The board of SOA Watch", 30)):
        make_share_link(tools.desk, By(DEMO_OWNER), owner.member(), SLUG, purpose, days)


def _close(tools: _Tools) -> None:
    tomorrow = NOW.date() + timedelta(days=1)
    set_closed(tools.desk, tools.publisher, By(_ANA), SLUG, "wausau", tomorrow, is_closed=True)


_DEEDS: tuple[tuple[float, Callable[[_Tools], None]], ...] = (
    (61.5, _invite),
    (61.2, _verify),
    (5.1, _call),
    (5.0, _rewrite),
    (3.1, _note),
    (1.2, _pause),
    (0.9, _share),
    (0.1, _close),
)
"""How many days before the pictures what was done."""
