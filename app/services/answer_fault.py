"""The answer to a voice webhook whose handling failed: a caller is never left with silence or a stack trace."""

from app.domain.calls import CallState
from app.domain.campaigns import Snapshot
from app.domain.picking import Scene
from app.domain.verbs import Verb
from app.flow.faults import apology, fault, plain_fault
from app.services.hotline import VOICES, Hotline
from app.store.database import StoreUnavailable
from app.telephony.twiml import Urls, render
from app.telephony.webhooks import CallFacts


def answer_fault(hotline: Hotline, facts: CallFacts, state_text: str, faults: int) -> str:
    """Say that something is wrong, name an office's number if the campaign is at hand, and offer to go on.

    `faults` counts the failed turns before this one.
    """
    state = hotline.unseal(facts.call_sid, state_text)
    # What is not of our making never goes into an address again.
    urls = Urls(hotline.retry_url(state_text if state else "", faults + 1))
    return render(_verbs(hotline, facts, state, faults), urls, VOICES)


def _verbs(hotline: Hotline, facts: CallFacts, state: CallState | None, faults: int) -> tuple[Verb, ...]:
    state = state or _state_of_line(hotline, facts)
    snapshot = _snapshot(hotline, state) if state is not None else None
    if state is None or snapshot is None:
        return plain_fault(faults)
    campaign = snapshot.campaign
    if state.language not in campaign.languages:
        state = state.at(state.step, language=campaign.languages[0])
    return fault((apology(Scene(state, campaign, hotline.clock.now())),), faults)


def _state_of_line(hotline: Hotline, facts: CallFacts) -> CallState | None:
    line = hotline.lines.get(facts.called)
    return CallState("menu", line.version_id, "", started=0) if line else None


def _snapshot(hotline: Hotline, state: CallState) -> Snapshot | None:
    try:
        return hotline.snapshots.cached(state.version_id)
    except StoreUnavailable:
        return None
