"""A stand-in for the phone's API with a hotline of four waits: for what the real one cannot be made to do on demand."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Page, Route

GREETING = "Welcome to the line. For Madison, press 4. To finish, hang up."
BUSY = "La oficina de Madison está ocupada."
START = datetime(2017, 12, 19, 16, tzinfo=UTC)
WORLD = {
    "campaigns": [
        {
            "slug": "made-up",
            "name": "Made-up campaign",
            "number": "+15005550006",
            "zone": "America/Chicago",
            "default_at": "2017-12-19T10:00",
            "offices": [{"name": "Madison", "number": "+16082645338"}],
        }
    ]
}

Wait = dict[str, Any]


def speaking(text: str, language: str, seconds: float) -> Wait:
    return wait("speaking", seconds, prompt={"text": text, "language": language, "seconds": seconds}, takes_keys=True)


def wait(activity: str, seconds: float, **more: Any) -> Wait:
    usual = {"prompt": None, "office": "", "takes_keys": False, "takes_speech": False}
    return {**usual, "activity": activity, "seconds": seconds, **more}


@dataclass
class FakePhone:
    """Answers the page's requests; `acts` are those that came, `down` makes it unreachable."""

    acts: list[dict[str, Any]] = field(default_factory=list)
    dialed: dict[str, Any] = field(default_factory=dict)
    down: bool = False
    greeting_seconds: float = 1.0
    _at: float = 0
    _step: int = 0
    _entries: list[dict[str, Any]] = field(default_factory=list)
    _left: float = 0

    def serve(self, page: Page) -> None:
        page.route("**/phone/api/**", self._answer)

    def _answer(self, route: Route) -> None:
        if self.down:
            route.abort()
            return
        path, body = route.request.url.partition("/phone/api/")[2], route.request.post_data
        if path == "world":
            route.fulfill(json=WORLD)
        elif path == "calls":
            self.dialed = json.loads(body or "{}")
            self._note("dials", "dials +1 500 555 0006")
            self._go(1)
            route.fulfill(status=201, json=self._view())
        else:
            self._act(json.loads(body or "{}"))
            route.fulfill(json=self._view())

    def _act(self, act: dict[str, Any]) -> None:
        self.acts.append(act)
        self._at += act["elapsed"]
        self._left -= act["elapsed"]
        if act["act"] == "hang-up":
            self._note("ends", "the supporter hangs up")
            self._step = 0
        elif act["act"] == "press":
            self._note("presses", act["key"])
            self._go(3 if act["key"] == "4" else 2)
        elif self._left <= 0.001:
            self._go({1: 2, 2: 1, 3: 4, 4: 2}[self._step])

    def _go(self, step: int) -> None:
        self._step = step
        waiting = self._waiting()
        assert waiting is not None
        self._left = waiting["seconds"]
        if prompt := waiting["prompt"]:
            self._note("hears", prompt["text"], prompt["language"])
        elif waiting["office"]:
            self._note("rings", waiting["office"])

    def _waiting(self) -> Wait | None:
        return (
            None,
            speaking(GREETING, "en-US", self.greeting_seconds),
            wait("listening", 30, takes_keys=True, takes_speech=True),
            wait("ringing", 3, office="Madison"),
            speaking(BUSY, "es-MX", 0.5),
        )[self._step]

    def _note(self, kind: str, text: str, language: str = "") -> None:
        self._entries.append({"at": self._at, "kind": kind, "text": text, "language": language})

    def _view(self) -> dict[str, Any]:
        waiting = self._waiting()
        return {
            "id": "one",
            "caller_token": "token",
            "over": waiting is None,
            "ended": "" if waiting else "the supporter hangs up",
            "clock": (START + timedelta(seconds=self._at)).isoformat(),
            "waiting": waiting and {**waiting, "seconds": self._left},
            "entries": self._entries,
            "webhooks": [],
            "log": None,
        }
