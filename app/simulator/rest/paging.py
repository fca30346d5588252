"""Pages of a list in Twilio's envelope (Twilio: REST API, paging)."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from app.simulator.rest.errors import RestError
from app.simulator.rest.given import Given

PAGING = frozenset(("Page", "PageSize", "PageToken"))
_USUAL, _MOST = 50, 1000


class HasSid(Protocol):
    """What can stand in a list."""

    sid: str


T = TypeVar("T", bound=HasSid)


def page_of(
    records: Sequence[T], shape: Callable[[T], dict[str, object]], name: str, path: str, query: MultiDict[str, str]
) -> dict[str, object]:
    """The page that is asked for; after the first one it is found by its token, so that new records shift nothing."""
    given = Given(query, query.keys())
    size, number = given.whole("PageSize", 1, _MOST, _USUAL), given.whole("Page", 0, 10**6, 0)
    start = _start(records, given.text("PageToken"), number)
    shown = records[start : start + size]
    filters = [(key, text) for key, text in query.items(multi=True) if key not in PAGING]

    def uri(page: int, first: int) -> str:
        token = [("PageToken", f"PA{records[first - 1].sid}")] if first else []
        return f"{path}?{urlencode([*filters, ('PageSize', size), ('Page', page), *token])}"

    return {
        name: [shape(record) for record in shown],
        "first_page_uri": uri(0, 0),
        "previous_page_uri": uri(number - 1, max(0, start - size)) if number else None,
        "next_page_uri": uri(number + 1, start + size) if start + size < len(records) else None,
        "uri": uri(number, start),
        "page": number,
        "page_size": size,
        "start": start,
        "end": start + max(0, len(shown) - 1),
    }


def _start(records: Sequence[T], token: str, number: int) -> int:
    if not number:
        return 0
    before = next((place for place, record in enumerate(records) if f"PA{record.sid}" == token), None)
    if before is None:
        raise RestError(20001, "Page is given without its PageToken: follow next_page_uri")
    return before + 1
