"""Searching the calls of all campaigns that somebody may see, by what they type or by a supporter's number."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.audit import By
from app.domain.phone_numbers import RawNumber
from app.domain.roles import Act, Member, may
from app.services.caller_keys import CallerKeys
from app.services.campaign_names import names_in
from app.services.desk import Desk
from app.services.find_by_number import TooManyLookUps, note_look_up
from app.store.call_search import calls_of_supporter, latest_call_of, search_calls
from app.store.campaigns import Listed, listing
from app.store.database import Connection


@dataclass(frozen=True, slots=True)
class Found:
    """How many calls of a campaign were found, and the wishes by which its log lists them."""

    slug: str
    name: str
    n: int
    wishes: Mapping[str, str]


def search_all(desk: Desk, member: Member, text: str) -> list[Found]:
    """Where there are calls with this id, of supporters with this tag, or with this text in a note."""
    with desk.database.read() as connection:
        names = names_in(connection)
        counted = [(each, len(search_calls(connection, each.id, text))) for each in _seen(connection, member)]
    return [Found(each.slug, names[each.slug], n, {"q": text}) for each, n in counted if n]


def find_in_all(desk: Desk, keys: CallerKeys, by: By, member: Member, number: RawNumber, reason: str) -> list[Found]:
    """Where a supporter has called; the look-up is audited whatever comes of it. Raises TooManyLookUps."""
    with desk.database.write() as connection:
        names = names_in(connection)
        asked = [each for each in _seen(connection, member) if may(member, Act.FIND_BY_NUMBER, each.slug)]
        where = ", ".join(names[each.slug] for each in asked) or "no campaign"
        is_too_many = note_look_up(connection, desk.clock.now(), by, where, reason)
        found = [] if is_too_many else [_of_number(connection, keys, each, names, number) for each in asked]
    if is_too_many:
        raise TooManyLookUps
    return [each for each in found if each]


def _of_number(
    connection: Connection, keys: CallerKeys, campaign: Listed, names: Mapping[str, str], number: RawNumber
) -> Found | None:
    # Without its key, no number leads to a campaign's calls any more.
    key = keys.key(campaign.slug)
    latest = latest_call_of(connection, campaign.id, number.pseudonym(key)) if key else None
    if not key or not latest:
        return None
    n = len(calls_of_supporter(connection, campaign.id, number.pseudonym(key)))
    return Found(campaign.slug, names[campaign.slug], n, {"same": latest})


def _seen(connection: Connection, member: Member) -> list[Listed]:
    return [each for each in listing(connection) if may(member, Act.SEE_CALLS, each.slug)]
