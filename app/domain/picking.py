"""Which office to call next, and why: the ranking behind the # key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.calls import CallState
from app.domain.campaigns import Campaign, CampaignStatus
from app.domain.hours import is_open
from app.domain.offices import Office

RECENT = timedelta(minutes=30)
"""How long a try or a 'could not get through' counts against an office."""

REMEMBERED = timedelta(days=90)
"""How long after a call its supporter is remembered: a number may belong to somebody else by then (F38)."""


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """What the database knows of an office, and of this supporter's calls to it; days are in the campaign's zone.

    `hidden` is set when a call to it failed, until a person has checked; `could_not_at` holds the last two reports
    that a caller could not get through.
    """

    live_legs: int = 0
    cooled_until: datetime | None = None
    hidden: bool = False
    could_not_at: tuple[datetime, ...] = ()
    day: date | None = None
    dials_on_day: int = 0
    my_tried_at: datetime | None = None
    my_reached: bool = False
    my_day: date | None = None
    my_bridges_on_day: int = 0


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of a supporter from earlier calls to the campaign."""

    language: str
    patient: bool
    has_heard_summary: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """What the database alone knows; its absence never stops a call."""

    status: CampaignStatus = CampaignStatus.LIVE
    offices: Mapping[str, OfficeFacts] = field(default_factory=dict)
    memory: Memory | None = None
    is_blocked: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a turn is decided from. `known` is false for a withheld caller ID."""

    state: CallState
    campaign: Campaign
    now: datetime
    advice: Advice = field(default_factory=Advice)
    area_code: str = ""
    known: bool = True

    @property
    def local(self) -> datetime:
        """The moment in the campaign's zone."""
        return self.now.astimezone(ZoneInfo(self.campaign.time_zone))

    @property
    def today(self) -> date:
        """The day in the campaign's zone."""
        return self.local.date()

    def facts(self, office: Office) -> OfficeFacts:
        """What the database knows of an office, or nothing."""
        return self.advice.offices.get(office.id, OfficeFacts())


def bridges_today(scene: Scene, office: Office) -> int:
    """How often this supporter was bridged to an office today: by the record, or in this call if that knows less."""
    facts = scene.facts(office)
    recorded = facts.my_bridges_on_day if facts.my_day == scene.today else 0
    return max(recorded, scene.state.bridges.count(office.mark))


def is_full(scene: Scene, office: Office) -> bool:
    """Whether as many callers as the campaign allows are on with the office."""
    return scene.facts(office).live_legs >= scene.campaign.limits.live_legs_per_office


def is_free(scene: Scene, office: Office) -> bool:
    """Whether a caller can expect to get through now, as far as other calls tell."""
    return not is_full(scene, office) and not is_cooling(scene, office)


def is_over_limit(scene: Scene, office: Office) -> bool:
    """Whether this supporter has been bridged to the office as often as a day allows."""
    return bridges_today(scene, office) >= scene.campaign.limits.bridges_per_office_per_day


def is_cooling(scene: Scene, office: Office) -> bool:
    """Whether the office was busy a short while ago, for any caller."""
    until = scene.facts(office).cooled_until
    return until is not None and scene.now < until


def could_not_lately(scene: Scene, office: Office) -> int:
    """How many callers (at most two are kept) lately reported that they could not get through."""
    return sum(scene.now - at < RECENT for at in scene.facts(office).could_not_at)


def dials_today(scene: Scene, office: Office) -> int:
    """How often anybody dialed the office today."""
    facts = scene.facts(office)
    return facts.dials_on_day if facts.day == scene.today else 0


def _tried_lately(scene: Scene, office: Office) -> bool:
    if office.mark in scene.state.tried:
        return True
    tried_at = scene.facts(office).my_tried_at
    return tried_at is not None and scene.now - tried_at < RECENT


def _waiting_rank(scene: Scene, office: Office) -> int:
    """Of the offices tried in this call, the one tried longest ago comes first."""
    return -max(scene.state.tried.find(office.mark), 0)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One step of the ranking: a higher value wins; `reason` is written in the log where it holds, if it has one."""

    reason: str
    value: Callable[[Scene, Office], int]
    relative: bool = False


# In order of weight (EXPERIENCE 1.6); a relative reason is true of an office that no candidate beats in it.
CRITERIA: tuple[Criterion, ...] = (
    Criterion("", lambda scene, office: not scene.facts(office).hidden),
    Criterion("open", lambda scene, office: is_open(office.calendar, scene.now)),
    Criterion("not called yet", lambda scene, office: office.mark not in scene.state.done),
    Criterion("not tried lately", lambda scene, office: not _tried_lately(scene, office)),
    Criterion("", _waiting_rank),
    Criterion("free", is_free),
    Criterion("no trouble reported", lambda scene, office: -could_not_lately(scene, office), relative=True),
    Criterion("near", lambda scene, office: scene.area_code in office.area_codes),
    Criterion("fewest calls today", lambda scene, office: -dials_today(scene, office), relative=True),
)


def candidates(scene: Scene) -> tuple[Office, ...]:
    """The offices that this supporter may call today."""
    return tuple(office for office in scene.campaign.offices if not is_over_limit(scene, office))


def pick(scene: Scene, *, besides: str = "", only_free: bool = False) -> Office | None:
    """The best office still to be reached, none whose last call failed and none of the marks in `besides`.

    With `only_free`, none that is full or was busy a short while ago either. None if there is no such office.
    """
    waiting = [o for o in candidates(scene) if o.mark not in scene.state.done and o.mark not in besides]
    known_good = [o for o in waiting if not scene.facts(o).hidden and (is_free(scene, o) or not only_free)]
    return min(known_good, key=lambda office: _order(scene, office), default=None)


def pick_again(scene: Scene) -> Office | None:
    """The best office of all: those already reached included, and last of all those whose last call failed."""
    return min(candidates(scene), key=lambda office: _order(scene, office), default=None)


def _order(scene: Scene, office: Office) -> tuple[list[int], str]:
    return [-int(criterion.value(scene, office)) for criterion in CRITERIA], office.label("en")


def reasons(scene: Scene, office: Office) -> tuple[str, ...]:
    """Why # led to this office, in the words of the log."""
    return tuple(c.reason for c in CRITERIA if c.reason and _holds(c, scene, office))


def _holds(criterion: Criterion, scene: Scene, office: Office) -> bool:
    value = int(criterion.value(scene, office))
    if not criterion.relative:
        return bool(value)
    others = [int(criterion.value(scene, other)) for other in candidates(scene) if other is not office]
    return bool(others) and value >= max(others) and value > min(others)
