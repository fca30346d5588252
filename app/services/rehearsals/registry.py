"""The calls in progress on phones in browsers, of this process."""

import hashlib
import hmac
import secrets
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock

from app.config import Settings
from app.services.offices import office_numbers
from app.services.rehearsals.asked import CallAsked
from app.services.rehearsals.rehearsal import Rehearsal
from app.services.stage import CreateApp, demo_stage
from app.store.database import Database

_MOST = 20
"""Calls that a process keeps; of more, those used longest ago are hung up."""


_GONE = "This call is not here any more: dial again."


class UnknownRehearsal(LookupError):
    """There is no such call, or it was given up; the message says what to do."""


class Rehearsals:
    """Places calls and finds them again; safe for several threads, one at a time in each call."""

    def __init__(self, create_app: CreateApp, settings: Settings, database: Database) -> None:
        """Take what makes a copy of the hotline, and the database that all copies share."""
        self._create_app, self._settings, self.database = create_app, settings, database
        self._lock = Lock()
        self._kept: OrderedDict[str, tuple[Rehearsal, Lock]] = OrderedDict()

    def begin(self, asked: CallAsked) -> Rehearsal:
        """Place a call; raises RehearsalError."""
        with ExitStack() as closing:
            offices = office_numbers(self.database)
            stage = closing.enter_context(demo_stage(self._create_app, self._settings, offices, asked.at))
            key = self._new_key(stage.url)
            rehearsal = Rehearsal(key, stage, asked)
            # Only now: a call that could not be placed has taken its copy of the hotline down again.
            rehearsal.closing = closing.pop_all()
        with self._lock:
            self._kept[key] = (rehearsal, Lock())
            given_up = [self._kept.popitem(last=False)[1] for _ in range(len(self._kept) - _MOST)]
        for old, in_use in given_up:
            with in_use:
                old.close()
        return rehearsal

    def owner(self, key: str) -> str:
        """Where the process that has a call listens for the others; raises UnknownRehearsal for what is no key."""
        port, _, rest = key.partition("-")
        if not hmac.compare_digest(self._tag(port, rest.rpartition("-")[0]).encode(), rest.rpartition("-")[2].encode()):
            raise UnknownRehearsal(_GONE)
        return f"http://127.0.0.1:{port}"

    def close(self) -> None:
        """Hang all calls up."""
        with self._lock:
            kept = list(self._kept.values())
            self._kept.clear()
        for rehearsal, in_use in kept:
            with in_use:
                rehearsal.close()

    def _new_key(self, url: str) -> str:
        port, secret = url.rpartition(":")[2], secrets.token_hex(8)
        return f"{port}-{secret}-{self._tag(port, secret)}"

    def _tag(self, port: str, secret: str) -> str:
        # The key tells another process where to turn, so nobody else may make one up.
        text = f"rehearsal|{port}|{secret}".encode()
        return hmac.new(self._settings.secret_key.reveal().encode(), text, hashlib.sha256).hexdigest()[:16]

    @contextmanager
    def resume(self, key: str) -> Iterator[Rehearsal]:
        """Give a call to one thread; raises UnknownRehearsal."""
        with self._lock:
            if key not in self._kept:
                raise UnknownRehearsal(_GONE)
            self._kept.move_to_end(key)
            rehearsal, in_use = self._kept[key]
        with in_use:
            yield rehearsal
