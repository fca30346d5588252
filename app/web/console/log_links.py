"""From a figure to the calls that it counts: addresses of the call log, for who may see calls."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from app.domain.call_filters import NOT_TOLD
from app.domain.came_from import CameFrom
from app.domain.results import Outcome
from app.domain.roles import Act
from app.services.call_log import CallLog
from app.services.figures import UNDER_WAY
from app.web.console.calls_address import list_url
from app.web.console.guard import is_allowed

OF_PART: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        Outcome.SPOKE: {"outcome": Outcome.SPOKE},
        Outcome.VOICEMAIL: {"outcome": Outcome.VOICEMAIL},
        NOT_TOLD: {"outcome": NOT_TOLD},
        UNDER_WAY: {"line": "open"},
    }
)
"""What the log is filtered by to show a part of an office's calls; no one filter is 'could not get through'."""

OF_SOURCE: Mapping[str, str] = MappingProxyType({"inbound": CameFrom.DIALED_IN, "outbound": CameFrom.CALL_ME})


def log_links(log: CallLog, days: Mapping[str, str]) -> Callable[..., str]:
    """What gives the address of the log over these days with some wishes; an empty one to who may not see calls."""
    may_see = is_allowed(Act.SEE_CALLS, log.campaign.slug)

    def link(by: str = "", **wishes: str) -> str:
        return list_url(log.campaign.slug, {**days, **wishes}, by) if may_see else ""

    return link
