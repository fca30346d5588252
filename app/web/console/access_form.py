"""The part of a form that says what somebody may do."""

from collections.abc import Sequence

from app.domain.organizers import Access
from app.domain.roles import RULES, Act, Role
from app.web.console.forms import Form

ALL = "all"


def read_access(form: Form, slugs: Sequence[str]) -> Access | None:
    """What was chosen; None with what is wrong beside the field."""
    role = form.read("role", _role)
    if role is None:
        return None
    is_all = role is Role.OWNER or form["reach"] == ALL
    chosen = frozenset(form.all("campaign")) & frozenset(slugs)
    if not is_all and not chosen:
        form.errors["campaign"] = "Choose at least one campaign, or all of them."
        return None
    may_search = form.has("may_search") and role in RULES[Act.FIND_BY_NUMBER].if_granted
    return Access(role, is_all, frozenset() if is_all else chosen, may_search)


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError:
        raise ValueError("Choose one of the roles.") from None
