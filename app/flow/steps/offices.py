"""Which office is called: the choice behind #, the gate before every dial, and the offers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.domain.calls import LONGEST_CALL, CallState
from app.domain.campaigns import CampaignStatus
from app.domain.events import Event, Pressed
from app.domain.hours import is_open
from app.domain.offices import Office
from app.domain.picking import Scene, is_full, is_over_limit, pick, pick_again, reasons
from app.domain.record import LegPlanned
from app.flow.engine import Move, Moved
from app.flow.hearing import in_hand, scan_list


def mark_of(office: Office | None) -> str:
    """The mark of an office, or empty for none."""
    return office.mark if office else ""


def _screen(scene: Scene, event: Event) -> Moved:
    """Greet a caller as new or as one who has called before, unless the campaign takes no calls, or none of theirs."""
    state = scene.state
    if scene.advice.is_blocked:
        return Moved(state.at("blocked"))
    if shut := _shut(scene):
        return Moved(state.at(shut))
    memory = scene.advice.memory
    if memory is None:
        return Moved(state.at("welcome"))
    language = memory.language if memory.language in scene.campaign.languages else state.language
    facts = [(office, scene.facts(office)) for office in scene.campaign.offices]
    today = sum(known.my_bridges_on_day for _, known in facts if known.my_day == scene.today)
    state = state.at("welcome", language=language, patient=int(memory.patient), today=today)
    # Whoever hung up in the greeting has heard nothing yet.
    has_called = any(known.my_reached or known.my_tried_at for _, known in facts)
    if not (has_called and scene.campaign.welcomes_back):
        return Moved(state)
    state = state.at("back", before="".join(office.mark for office, known in facts if known.my_reached))
    if len(state.done) == len(scene.campaign.offices):
        return Moved(state.at("back_all"))
    return Moved(with_offer(scene, state))


def _shut(scene: Scene) -> str:
    # By when the call began: whoever called on the last day goes on past midnight.
    if scene.campaign.is_over(datetime.fromtimestamp(scene.state.started, UTC)):
        return "ended"
    shut = {CampaignStatus.ENDED: "ended", CampaignStatus.PAUSED: "paused"}
    return shut.get(scene.advice.status, "")


def with_offer(scene: Scene, state: CallState, besides: str = "", *, only_free: bool = False) -> CallState:
    """The state with the best office still to be reached as its offer."""
    office = pick(replace(scene, state=state), besides=besides, only_free=only_free)
    return state.at(state.step, offered=mark_of(office))


def _pick(scene: Scene, event: Event) -> Moved:
    office = pick(scene) or pick_again(scene)
    if office is None:
        return Moved(scene.state.at("none_left"))
    if any(is_open(each.calendar, scene.now) for each in scene.campaign.offices):
        return Moved(scene.state.at("gate", office=office.mark, page=0))
    return Moved(scene.state.at("all_closed", offered=office.mark, page=0))


def is_call_over(scene: Scene) -> bool:
    """Whether the call has had as many bridges or minutes as a call may have."""
    limits = scene.campaign.limits
    lasted = timedelta(seconds=scene.now.timestamp() - scene.state.started)
    # Beyond what a carrier allows, it is the clock that jumped, and nobody knows how long the call has been.
    is_long = timedelta(minutes=limits.minutes_per_call) <= lasted <= LONGEST_CALL
    return len(scene.state.bridges) >= limits.bridges_per_call or is_long


def _gate(scene: Scene, event: Event) -> Moved:
    """Let a closed office be told of before it is rung; all else as for a voicemail."""
    office = in_hand(scene)
    if not _barred(scene, office) and not is_open(office.calendar, scene.now):
        return Moved(scene.state.at("closed_one"))
    return _voicemail(scene, event)


def _voicemail(scene: Scene, event: Event) -> Moved:
    """Ring the office in hand, open or closed, unless a limit bars it."""
    state, office = scene.state, in_hand(scene)
    if barred := _barred(scene, office):
        return Moved(with_offer(scene, state.at(barred), besides=office.mark, only_free=barred == "full"))
    why = reasons(scene, office) if event == Pressed("#") else ()
    leg = state.turn + 1
    most_live = scene.campaign.limits.live_legs_per_office
    return Moved(state.at("connect", leg=leg), (LegPlanned(leg, office.id, office.number, why, most_live),))


def _barred(scene: Scene, office: Office) -> str:
    if shut := _shut(scene):
        return shut
    if is_call_over(scene):
        return "call_limit"
    if is_over_limit(scene, office):
        return "limit"
    return "full" if is_full(scene, office) else ""


def _take_offer(scene: Scene, event: Event) -> Moved:
    """Call the office that was offered; if it is closed, the offer has said so."""
    office = scene.campaign.at_mark(scene.state.offered)
    if office is None:
        return Moved(scene.state.at("pick"))
    step = "gate" if is_open(office.calendar, scene.now) else "voicemail"
    return Moved(scene.state.at(step, office=office.mark, page=0))


def _next(scene: Scene, event: Event) -> Moved:
    state = scene.state
    if is_call_over(scene):
        return Moved(state.at("call_limit"))
    is_last = len(state.done) == len(scene.campaign.offices) and state.office not in state.before
    return Moved(state.at("all_reached") if is_last else with_offer(scene, state.at("next")))


def _scanned(scene: Scene, event: Event) -> Moved:
    offices = scan_list(scene)
    return Moved(scene.state.at("gate", office=offices[scene.state.scan % len(offices)].mark, page=0))


def _scan_on(scene: Scene, event: Event) -> Moved:
    scan = scene.state.scan + 1
    over = scan >= 2 * len(scan_list(scene))
    return Moved(scene.state.at("scan_over" if over else "scan", scan=scan))


_BARS = ("ended", "paused", "call_limit", "limit", "full")

SCREEN = Move("screen", _screen, ("welcome", "back", "back_all", "ended", "paused", "blocked"))
PICK = Move("pick", _pick, ("gate", "all_closed", "none_left"))
GATE = Move("gate", _gate, ("connect", "closed_one", *_BARS))
VOICEMAIL = Move("voicemail", _voicemail, ("connect", *_BARS))
TAKE_OFFER = Move("take the offer", _take_offer, ("gate", "voicemail", "pick"))
NEXT = Move("next", _next, ("next", "all_reached", "call_limit"))
SCANNED = Move("this office", _scanned, ("gate",))
SCAN_ON = Move("next office", _scan_on, ("scan_over",))
