"""The numbers as the console shows them: which campaign answers, what differs, and when each was called last."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.config import Settings
from app.domain.campaigns import CampaignStatus
from app.domain.documents import read_published
from app.domain.roles import Act, Member, Role, may
from app.services.account_watch import AccountSeen
from app.services.desk import Desk
from app.services.doctor.finding import Finding, wrong
from app.services.doctor.numbers import judge_number
from app.services.figures_words import counted
from app.services.number_words import PLAIN, shown_setting
from app.services.numbers import Difference, NumberState, compare, slugs_by_number, wanted_urls
from app.store.campaigns import Listed, find_by_number, listing, version_body
from app.store.database import Connection
from app.store.number_calls import last_calls


@dataclass(frozen=True, slots=True)
class NumberCard:
    """A number as somebody may see it; `state` is None while the carrier has told nothing of it.

    `answering` is the campaign that whoever calls hears, `campaigns` are those that answer it if they are the only
    one; `others` of them are not for whoever looks. `differences` have the words of a page.
    """

    number: str
    is_ours: bool
    is_shared: bool
    state: NumberState | None
    campaigns: tuple[Listed, ...]
    others: int
    answering: str | None
    last_call_at: datetime | None
    findings: tuple[Finding, ...]
    differences: tuple[Difference, ...]
    may_set: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """What the record knows: all campaigns, which one each number leads to, and the last calls."""

    listed: Sequence[Listed]
    answering: Mapping[str, str]
    last_calls: Mapping[str, datetime]


def number_cards(desk: Desk, settings: Settings, member: Member, seen: AccountSeen) -> list[NumberCard]:
    """The numbers that somebody may see, ours first; those of nobody's are for who reaches all campaigns."""
    with desk.database.read() as connection:
        answered = _answered(connection, settings, desk.clock.now())
    states = _states(settings, answered, seen)
    return [
        _card(settings, member, answered, state, is_known=seen.at is not None)
        for state in states
        if _is_for(member, state)
    ]


def states_of(desk: Desk, settings: Settings, seen: AccountSeen) -> list[NumberState]:
    """All numbers as the carrier has them and as they shall be."""
    with desk.database.read() as connection:
        answered = _answered(connection, settings, desk.clock.now())
    return _states(settings, answered, seen)


def may_set(member: Member, state: NumberState) -> bool:
    """Whether somebody may point a number to this server: who may edit all campaigns that answer it."""
    if not state.campaigns:
        return state.is_ours and member.role is Role.OWNER
    return all(may(member, Act.EDIT_CAMPAIGNS, slug) for slug in state.campaigns)


def _answered(connection: Connection, settings: Settings, now: datetime) -> Answered:
    def is_over(version_id: int) -> bool:
        return read_published(version_body(connection, version_id)).is_over(now)

    listed = listing(connection)
    slugs = {each.id: each.slug for each in listed}
    lines = {
        number: find_by_number(connection, number, settings.phone_number, is_over)
        for number in slugs_by_number(settings.phone_number, listed)
    }
    answering = {number: slugs[line.campaign_id] for number, line in lines.items() if line}
    last = last_calls(connection, settings.phone_number, with_simulated=settings.is_demo)
    return Answered(listed, answering, last)


def _states(settings: Settings, answered: Answered, seen: AccountSeen) -> list[NumberState]:
    numbers = slugs_by_number(settings.phone_number, answered.listed)
    return compare(numbers, seen.owned or (), wanted_urls(settings))


def _is_for(member: Member, state: NumberState) -> bool:
    if state.campaigns:
        return any(member.reaches(slug) for slug in state.campaigns)
    return member.all_campaigns or member.role is Role.OWNER


def _card(settings: Settings, member: Member, answered: Answered, state: NumberState, *, is_known: bool) -> NumberCard:
    on_it = [each for each in answered.listed if each.slug in state.campaigns]
    theirs = tuple(each for each in on_it if member.reaches(each.slug))
    answering = answered.answering.get(state.number)
    return NumberCard(
        number=state.number,
        is_ours=state.is_ours,
        is_shared=state.number == settings.phone_number,
        state=state if is_known else None,
        campaigns=theirs,
        others=len(on_it) - len(theirs),
        answering=answering if answering and member.reaches(answering) else None,
        last_call_at=max((answered.last_calls[s] for s in state.campaigns if s in answered.last_calls), default=None),
        findings=tuple(_findings(state, on_it, is_known=is_known)),
        differences=tuple(_worded(each, settings.public_url) for each in state.differences),
        may_set=may_set(member, state),
    )


def _worded(difference: Difference, public_url: str) -> Difference:
    now, wanted = (shown_setting(each, public_url) for each in (difference.now, difference.wanted))
    return replace(difference, setting=PLAIN[difference.setting], now=now, wanted=wanted)


def _findings(state: NumberState, on_it: Sequence[Listed], *, is_known: bool) -> Iterator[Finding]:
    live = sum(each.status is CampaignStatus.LIVE for each in on_it)
    if live > 1:
        yield wrong(
            f"{counted(live, 'campaign')} take calls on this number, and callers can only hear one of them.",
            "Give all but one a number of their own, or pause them.",
        )
    if state.is_ours and is_known and not state.differences:
        yield judge_number(state)
