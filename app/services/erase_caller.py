"""Erasing what is kept of a caller in a campaign, as docs/privacy.md says it; it cannot be undone."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from app.domain.audit import By, Deed
from app.domain.phone_numbers import caller_tag
from app.services import audit
from app.services.block_caller import NobodyKnown
from app.services.desk import Desk
from app.store.call_search import supporter_of
from app.store.erasure import Erasable, erasable, erase


class OnTheLine(Exception):
    """A call of theirs goes on: what it is led by cannot go yet."""


@dataclass(frozen=True, slots=True)
class ErasablePage:
    """Whom an erasure is about, and which calls are theirs."""

    caller: str
    found: Erasable


def read_erasable(desk: Desk, call_sid: str) -> ErasablePage:
    """What is kept of who made a call; raises NobodyKnown."""
    with desk.database.read() as connection:
        supporter = supporter_of(connection, call_sid)
        if supporter is None:
            raise NobodyKnown
        return ErasablePage(caller_tag(supporter.pseudonym), erasable(connection, supporter, desk.clock.now()))


def own_id() -> str:
    """An id of a call that only we know."""
    return f"ER{secrets.token_hex(16)}"


def erase_caller(desk: Desk, by: By, campaign: str, call_sid: str, new_id: Callable[[], str] = own_id) -> ErasablePage:
    """Erase what is kept of who made a call, and say what that was; raises NobodyKnown and OnTheLine."""
    now = desk.clock.now()
    with desk.database.write() as connection:
        supporter = supporter_of(connection, call_sid)
        if supporter is None:
            raise NobodyKnown
        found = erasable(connection, supporter, now)
        if found.on_line:
            raise OnTheLine
        erase(connection, supporter, found, new_id)
        page = ErasablePage(caller_tag(supporter.pseudonym), found)
        count = f"{len(found.ids)} call{'' if len(found.ids) == 1 else 's'}"
        sentence = f"{by.who} erased what was kept of the caller {page.caller}, who had made {count}."
        audit.note(connection, now, by, Deed.ERASURE, sentence, campaign)
    return page
