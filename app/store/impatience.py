"""PostgreSQL connections that wait only so long: a server that hangs sends no error, so the client has to give up."""

from time import monotonic
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine, event

_Result = TypeVar("_Result")


class ImpatientConnection(psycopg.Connection[Any]):
    """A connection that is closed when the server takes longer over one answer than `longest_answer_s` seconds."""

    longest_answer_s = 3.0
    until: float | None = None
    """When all patience ends, on the monotonic clock; None while no transaction is in a hurry."""

    def wait(self, gen: PQGen[_Result], interval: float = 0.1, timeout: float | None = None) -> _Result:
        """Wait for an answer; raises OperationalError if it does not come in time."""
        try:
            return super().wait(gen, interval, timeout or self._patience_s())
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                # The answer may still come, and must not be taken for that to the next question.
                self.pgconn.finish()
            raise

    def _patience_s(self) -> float:
        if self.until is None:
            return self.longest_answer_s
        # Some is always left: what has been answered already is read.
        return max(0.01, min(self.longest_answer_s, self.until - monotonic()))


def be_impatient(engine: Engine) -> None:
    """Let an engine make such connections."""

    def connect(_dialect: object, _record: object, arguments: Any, options: Any) -> ImpatientConnection:
        return ImpatientConnection.connect(*arguments, **options)

    event.listen(engine, "do_connect", connect)
