"""A small real hotline: a Flask application that answers each path with what a test gave it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import Flask, Response, request
from twilio.request_validator import RequestValidator

from app.services.local_server import local_server
from app.simulator import Account, Caller, Carrier, Delivery, MovableClock, Supporter, VoiceUrls

TOKEN = "a token of the test"
HOTLINE = "+15005550006"
MADISON = "+16082645338"
MILWAUKEE = "+14142974451"
START = datetime(2017, 12, 19, 16, 0, tzinfo=UTC)
ACCOUNT = Account("AC" + "0" * 32, TOKEN, frozenset({HOTLINE}))


@dataclass(frozen=True)
class Seen:
    """A request that came in, with what Twilio's own library says of its signature."""

    path: str
    method: str
    form: dict[str, str]
    token: str
    cookies: dict[str, str]
    is_genuine: bool


Answer = str | Response


@dataclass
class Hotline:
    """What is answered at each path; the last answer of several stays."""

    base_url: str
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)

    def answer(self, path: str, *answers: Answer) -> None:
        """Answer a path with these, in turn; text is the inside of a Response."""
        self.answers[path] = list(answers)

    def url(self, path: str) -> str:
        """An absolute URL of this hotline, as it stands in an attribute."""
        return self.base_url + path

    def forms(self, path: str) -> list[dict[str, str]]:
        """The forms that came to a path."""
        return [seen.form for seen in self.seen if seen.path == path]

    def next_answer(self, path: str) -> Response:
        """The answer for a request."""
        waiting = self.answers.get(path)
        if waiting is None:
            return Response(status=204) if path.startswith("/status") else Response(status=404)
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if isinstance(answer, str):
            return Response(f"<Response>{answer}</Response>", content_type="text/xml")
        return answer

    def remember(self) -> None:
        """Keep the request in hand."""
        validator = RequestValidator(TOKEN)
        genuine = validator.validate(request.url, request.form, request.headers.get("X-Twilio-Signature", ""))
        token = request.headers["I-Twilio-Idempotency-Token"]
        form, cookies = request.form.to_dict(), request.cookies.to_dict()
        self.seen.append(Seen(request.path, request.method, form, token, cookies, genuine))


@contextmanager
def serve() -> Iterator[Hotline]:
    """Serve a hotline over loopback."""
    hotline = Hotline("")
    app = Flask(__name__)

    @app.route("/<path:path>", methods=["GET", "POST"])
    def any_path(path: str) -> Response:
        hotline.remember()
        return hotline.next_answer(f"/{path}")

    def make(base_url: str) -> Flask:
        hotline.base_url = base_url
        return app

    with local_server(make):
        yield hotline


def carrier_for(hotline: Hotline, delivery: Delivery | None = None, **urls: str | None) -> Carrier:
    """A carrier whose number calls this hotline at /voice, /fallback and /status."""
    settings: dict[str, str | None] = {
        "voice": hotline.url("/voice"),
        "fallback": hotline.url("/fallback"),
        "status": hotline.url("/status"),
        **urls,
    }
    voice = settings["voice"] or ""
    return Carrier(
        ACCOUNT,
        VoiceUrls(voice, settings["fallback"], settings["status"]),
        MovableClock(START),
        names={MADISON: "Madison", MILWAUKEE: "Milwaukee"},
        delivery=delivery,
    )


def caller_for(hotline: Hotline, *, strict: bool = True, delivery: Delivery | None = None) -> Caller:
    """A supporter at a phone of such a carrier."""
    return Caller(carrier_for(hotline, delivery), Supporter(), strict=strict)


def path_of(url: str) -> str:
    """The path of a URL."""
    return urlsplit(url).path
