"""Who may do what in the organizers' console: one table, and one function that reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What an organizer is in this installation."""

    OWNER = "owner"
    ORGANIZER = "organizer"
    ANALYST = "analyst"
    VIEWER = "viewer"


class Act(StrEnum):
    """What can be allowed or refused; each page of the console is one of these."""

    USE_ACCOUNT = "use one's own account"
    MANAGE_PEOPLE = "manage people"
    SEE_AUDIT = "see the audit"
    CHANGE_SETTINGS = "change the settings"
    EDIT_CAMPAIGNS = "edit campaigns"
    SHARE_FIGURES = "share figures"
    SEE_CALLS = "see calls"
    FIND_BY_NUMBER = "find calls by a number"
    EXPORT_CALLS = "export calls"
    CORRECT_CALLS = "correct calls"
    BLOCK_CALLERS = "block callers"
    LIFT_BLOCKS = "lift any block"
    ERASE_CALLERS = "erase what is kept of a caller"
    SEE_FIGURES = "see figures"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who has signed in; an owner reaches every campaign."""

    id: int
    email: str
    role: Role
    all_campaigns: bool = True
    campaigns: frozenset[str] = frozenset()
    grants: frozenset[Act] = frozenset()

    def reaches(self, campaign: str) -> bool:
        """Whether the campaign with this slug is theirs to see at all."""
        return self.role is Role.OWNER or self.all_campaigns or campaign in self.campaigns


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who holds a share link: they see the figures of one campaign, and no identifiers."""

    campaign: str


@dataclass(frozen=True, slots=True)
class Rule:
    """The roles that may always do something, those that may if it was granted to them, and whether guests may."""

    roles: frozenset[Role]
    if_granted: frozenset[Role] = frozenset()
    guests: bool = False


_ALL = frozenset(Role)
_OWNER = frozenset({Role.OWNER})
_EDITORS = _OWNER | {Role.ORGANIZER}
_READERS = _EDITORS | {Role.ANALYST}

RULES: Mapping[Act, Rule] = MappingProxyType(
    {
        Act.USE_ACCOUNT: Rule(_ALL),
        Act.MANAGE_PEOPLE: Rule(_OWNER),
        Act.SEE_AUDIT: Rule(_OWNER),
        Act.CHANGE_SETTINGS: Rule(_OWNER),
        Act.EDIT_CAMPAIGNS: Rule(_EDITORS),
        Act.SHARE_FIGURES: Rule(_EDITORS),
        Act.SEE_CALLS: Rule(_READERS),
        Act.FIND_BY_NUMBER: Rule(_OWNER, if_granted=frozenset({Role.ORGANIZER})),
        Act.EXPORT_CALLS: Rule(_READERS),
        Act.CORRECT_CALLS: Rule(_EDITORS),
        Act.BLOCK_CALLERS: Rule(_EDITORS),
        Act.LIFT_BLOCKS: Rule(_OWNER),
        Act.ERASE_CALLERS: Rule(_OWNER),
        Act.SEE_FIGURES: Rule(_ALL, guests=True),
    }
)


def may(who: Member | Guest, act: Act, campaign: str | None = None) -> bool:
    """Whether somebody may do something, to one campaign by its slug or to none in particular."""
    rule = RULES[act]
    if isinstance(who, Guest):
        return rule.guests and campaign == who.campaign
    if campaign is not None and not who.reaches(campaign):
        return False
    return who.role in rule.roles or (who.role in rule.if_granted and act in who.grants)
