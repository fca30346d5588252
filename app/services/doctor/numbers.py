"""The numbers of the campaigns at the carrier."""

from collections.abc import Iterator, Sequence

from app.config import Settings
from app.domain.campaigns import CampaignStatus
from app.services.campaigns import list_campaigns
from app.services.carrier_account import open_provider
from app.services.doctor.finding import Finding, ok, wrong
from app.services.doctor.reaching import TIMEOUT_S
from app.services.numbers import NumberState, look_at_numbers
from app.store.database import Database
from app.telephony.provider import ProviderError, ProviderUnavailable


def look_at_account(settings: Settings, database: Database) -> list[NumberState] | str:
    """The numbers that take calls, or why the carrier does not tell them; raises StoreUnavailable."""
    live = {listed.slug for listed in list_campaigns(database) if listed.status is CampaignStatus.LIVE}
    try:
        states = look_at_numbers(settings, database, open_provider(settings, TIMEOUT_S))
    except (ProviderError, ProviderUnavailable) as error:
        return str(error)
    return [state for state in states if state.number == settings.phone_number or live.intersection(state.campaigns)]


def judge_account(settings: Settings, found: Sequence[NumberState] | str) -> Iterator[Finding]:
    """Each number that a campaign answers."""
    if isinstance(found, str):
        yield wrong("The carrier does not tell the account's numbers.", carrier_remedy(settings, found))
        return
    for state in found:
        yield judge_number(state)


def carrier_remedy(settings: Settings, why: str) -> str:
    """What to do where the carrier does not tell the numbers, and `why` it says so."""
    if settings.is_demo:
        return "The simulated carrier is part of a running server: start scripts/run, and try again."
    return f"{why} Check TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and this machine's way to the internet."


def judge_number(state: NumberState) -> Finding:
    """How a number of ours is."""
    if state.owned is None:
        return wrong(
            f"{state.number} is not a number of this account.", "Buy it there, or correct the campaign or the settings."
        )
    if state.owned.overridden_by:
        return wrong(
            f"{state.number} is handled by {state.owned.overridden_by} at the carrier, whatever its Voice URL is.",
            "Remove that TwiML app or trunk from the number in the carrier's console.",
        )
    if state.differences:
        what = ", ".join(difference.setting for difference in state.differences)
        return wrong(f"{state.number} does not lead to this server by its {what}.", "patchline numbers sync")
    return ok(f"{state.number} leads to this server{_for(state)}.")


def _for(state: NumberState) -> str:
    return f" for {', '.join(state.campaigns)}" if state.campaigns else ""
