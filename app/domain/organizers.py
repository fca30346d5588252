"""Organizers' accounts as they are kept, and what is asked of an e-mail address and a password."""

import re
from dataclasses import dataclass
from datetime import datetime

from app.domain.roles import Act, Member, Role

DEMO_OWNER = "organizer@demo.invalid"
"""The address of the owner that a demo makes for itself."""

SHORTEST_PASSWORD = 12
# Hashing takes as long as the text is.
LONGEST_PASSWORD = 200
_LONGEST_EMAIL = 254
_EMAIL = re.compile(
    r"[^\s@<>,;:\"()\[\]\\\x00-\x1f\x7f]{1,64}@[^\s@<>,;:\"()\[\]\\\x00-\x1f\x7f]+\.[^\s@.<>,;:\"()\[\]\\]{2,}"
)
_FEWEST_SYMBOLS = 5


@dataclass(frozen=True, slots=True)
class Account:
    """An organizer's account; `campaigns` counts only where not all are theirs."""

    id: int
    public_id: str
    email: str
    role: Role
    all_campaigns: bool
    campaigns: frozenset[str]
    may_search: bool
    password_hash: str | None
    factor_secret: str | None
    factor_step: int
    created_at: datetime
    disabled_at: datetime | None

    @property
    def is_invited(self) -> bool:
        """Whether the invitation is not accepted yet."""
        return self.password_hash is None

    @property
    def is_active(self) -> bool:
        """Whether they can sign in."""
        return self.password_hash is not None and self.disabled_at is None

    def member(self) -> Member:
        """Who they are to the policy."""
        grants = frozenset({Act.FIND_BY_NUMBER}) if self.may_search else frozenset()
        return Member(self.id, self.email, self.role, self.all_campaigns, self.campaigns, grants)


@dataclass(frozen=True, slots=True)
class Access:
    """What somebody is given: a role, campaigns, and whether they may find calls by a number."""

    role: Role
    all_campaigns: bool
    campaigns: frozenset[str] = frozenset()
    may_search: bool = False


def read_email(text: str) -> str:
    """The address in the one spelling that is kept; raises ValueError with what to write instead."""
    email = text.strip().lower()
    if len(email) > _LONGEST_EMAIL or not _EMAIL.fullmatch(email):
        raise ValueError("Write an e-mail address such as ana@example.org.")
    return email


def check_password(password: str, email: str) -> None:
    """Raise ValueError with what is wrong with a new password."""
    if len(password) < SHORTEST_PASSWORD:
        raise ValueError(f"Choose at least {SHORTEST_PASSWORD} characters; several words are easy to remember.")
    if len(password) > LONGEST_PASSWORD:
        raise ValueError(f"Choose at most {LONGEST_PASSWORD} characters.")
    name = email.partition("@")[0]
    if len(set(password)) < _FEWEST_SYMBOLS or name in password.lower() or "patchline" in password.lower():
        raise ValueError("That is easy to guess: leave out your own name and ours, and repeat less.")
