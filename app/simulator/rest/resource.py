"""What a request asks of a resource, and what is answered."""

from dataclasses import dataclass
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from app.simulator.rest.account import RestAccount
from app.simulator.rest.errors import RestError

NOT_FOUND = 20404
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: the account as it is now, the path without query, and the parameters it came with."""

    rest: RestAccount
    path: str
    query: MultiDict[str, str]
    form: MultiDict[str, str]

    @property
    def account_sid(self) -> str:
        """The sid of the account."""
        return self.rest.carrier.account.sid

    def found(self, records: dict[str, T], sid: str) -> T:
        """The record with this sid; raises RestError if there is none."""
        if sid not in records:
            raise RestError(NOT_FOUND, self.path)
        return records[sid]


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP status and a JSON body; None is no body."""

    status: int
    body: dict[str, object] | None = None
