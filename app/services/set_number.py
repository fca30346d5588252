"""Pointing a number to this server, and giving one to a campaign, from the console."""

from app.config import Settings
from app.domain.audit import By
from app.domain.drafts import mark_of, with_fields
from app.domain.phone_numbers import readable
from app.domain.roles import Member
from app.services.account_watch import AccountWatch
from app.services.desk import Desk
from app.services.drafts import change_draft, open_draft
from app.services.number_cards import may_set, states_of
from app.services.numbers import set_number
from app.telephony.provider import Provider, ProviderError, ProviderUnavailable

_FIELDS = ("number",)


def set_right(
    desk: Desk, settings: Settings, watch: AccountWatch, provider: Provider, by: By, member: Member, number: str
) -> str:
    """Point a number to this server, and say what came of it; the carrier is asked first how the number is set."""
    seen = watch.look(provider, desk.clock)
    if seen.trouble:
        return f"Nothing was changed. {seen.trouble}"
    states = states_of(desk, settings, seen)
    state = next((each for each in states if each.number == number and may_set(member, each)), None)
    if state is None or state.owned is None:
        return "Nothing was changed: this is no number of the account that you may set."
    if not state.differences:
        return f"{readable(number)} is set right already."
    try:
        watch.changed(set_number(settings, desk.database, desk.clock, by, provider, state))
    except (ProviderError, ProviderUnavailable) as error:
        return f"{readable(number)} may not be set: {error}"
    return f"{readable(number)} leads to this server now."


def assign(desk: Desk, by: By, slug: str, number: str) -> None:
    """Put a number into the draft of a campaign, which answers it once that is published; raises UnknownCampaign.

    Raises DraftConflict if somebody changes the draft's number at the same moment.
    """
    seen = mark_of(open_draft(desk, slug).body, _FIELDS)
    change_draft(desk, by, slug, _FIELDS, seen, lambda body: with_fields(body, {"number": number}))
