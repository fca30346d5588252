"""The supporter's side of one call: who and where it is, what it has been told, how it ended."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

import requests

from app.simulator.acts import Activity, Input, Steps, Wait
from app.simulator.callbacks import Callback, CallbackQueue
from app.simulator.network import Network
from app.simulator.records import CallRecord
from app.simulator.supporter import Place, Supporter
from app.simulator.transcript import Entry, Kind, Transcript
from app.simulator.twiml.verbs import Spoken
from app.simulator.wire import Params

_INSTANT = 1e-6


class Line:
    """The state of one call; times are seconds since the supporter dialed."""

    def __init__(self, network: Network, supporter: Supporter, to: str, record: CallRecord | None = None) -> None:
        """Begin to ring at the hotline, or go on with the record of a call that was ordered."""
        self.network, self.supporter, self.to = network, supporter, to
        self.now = 0.0
        self.urls = network.urls_of(to)
        self.record = record or network.enlist("inbound", supporter.number or "", to, "ringing")
        self.record.started_at = self.moment
        self.sid = self.record.sid
        self.transcript = Transcript()
        self.faults: list[str] = []
        self.http = requests.Session()  # Twilio keeps cookies for the length of a call.
        self.http.trust_env = False  # A proxy of the machine has no part in a simulated call.
        self.callbacks = CallbackQueue()
        self.answered_at: float | None = None
        self._token = quote(f'{{"parentCallInfoToken":"{network.ids.token()}"}}')

    @property
    def status(self) -> str:
        """The call's status in Twilio's words."""
        return self.record.status

    @status.setter
    def status(self, status: str) -> None:
        self.record.status = status

    @property
    def moment(self) -> datetime:
        """The moment at which this call stands."""
        return self.network.clock.now()

    def answer(self) -> None:
        """The hotline picks up, if it has not yet."""
        if self.answered_at is None:
            self.answered_at = self.now
            self.record.answered_at = self.moment
            self.status = "in-progress"

    def pass_time(self, seconds: float) -> None:
        """Let time pass for this call and for the network's clock."""
        self.now += seconds
        self.network.pass_time(seconds)

    def note(self, kind: Kind, text: str) -> None:
        """Write a line of the transcript."""
        self.transcript.add(Entry(self.now, kind, text))

    def hear(self, spoken: Spoken, *, is_played: bool = False) -> Entry:
        """Write down what begins to be said, or to be played from a recording."""
        entry = Entry(self.now, Kind.HEARS, spoken.text, spoken.language, is_played=is_played)
        self.transcript.add(entry)
        return entry

    def cut(self, entry: Entry, spoken: Spoken) -> None:
        """Leave only the words said so far; a dash marks that more was to come."""
        said = spoken.until(self.now - entry.at)
        self.transcript.replace(entry, replace(entry, text=f"{said} —"))

    def blame(self, fault: str, injected: bool = False) -> None:
        """Write down what went wrong, as the hotline's fault unless the delivery was made to fail."""
        if not injected:
            self.faults.append(fault)
        self.note(Kind.FAULT, fault)

    def params(self, *more: tuple[str, str]) -> Params:
        """What Twilio sends with each request for TwiML (Twilio: TwiML, request parameters)."""
        caller = self.supporter.number
        params = [
            ("AccountSid", self.network.account.sid),
            ("ApiVersion", "2010-04-01"),
            ("CallSid", self.sid),
            ("CallStatus", self.status),
            ("CallToken", self._token),
            ("Called", self.to),
            ("Direction", "inbound"),
            ("To", self.to),
        ]
        if caller is not None:
            params += [("From", caller), ("Caller", caller)]
        if self.supporter.place:
            params += _place_params(self.supporter.place)
        if self.supporter.stir:
            params.append(("StirVerstat", self.supporter.stir))
        return (*params, *more)

    def event_params(self, sequence: int) -> Params:
        """What Twilio adds to a status callback; the time is RFC 2822 in UTC."""
        return (
            ("CallbackSource", "call-progress-events"),
            ("SequenceNumber", str(sequence)),
            ("Timestamp", format_datetime(self.moment)),
        )

    def call_back(self, url: str, method: str, params: Params) -> None:
        """Send a status callback on its way, as often and as late as the delivery has it."""
        status = dict(params)["CallStatus"]
        for delay in self.network.delivery.callback(status):
            self.callbacks.put(Callback(url, method, params), self.now + delay)

    def end(self) -> None:
        """Set the final status, and report it as the number asks (Twilio: status callbacks)."""
        self.close()
        if self.urls.status is not None:
            self.call_back(self.urls.status, "POST", self.params(*self.event_params(0), *self.talk_params()))

    def close(self) -> None:
        """Set the final status of a call that nothing else has ended, and its end."""
        if self.status in ("in-progress", "ringing"):
            self.status = "completed" if self.answered_at is not None else "no-answer"
        self.record.ended_at = self.moment

    def talk_params(self) -> Params:
        """How long the call has lasted since it was answered."""
        return duration_params(0.0 if self.answered_at is None else self.now - self.answered_at)

    def wait(self, wait: Wait, wanted: Callable[[Input], bool]) -> Steps[Input | None]:
        """Let time pass until an input comes that is wanted; others are lost, as on Twilio."""
        until = self.now + wait.seconds
        while (left := until - self.now) > _INSTANT:
            given = yield replace(wait, seconds=left)
            if given is not None and wanted(given):
                return given
            if given is not None:
                self.note(Kind.UNHEARD, _described(given))
        return None

    def quiet(self, seconds: float) -> Steps[None]:
        """Let time pass in silence."""
        yield from self.wait(Wait(seconds, Activity.QUIET), lambda given: False)


def duration_params(seconds: float) -> Params:
    """CallDuration in seconds and Duration in billed minutes (Twilio: status callbacks)."""
    whole = round(seconds)
    return (("CallDuration", str(whole)), ("Duration", str(-(-whole // 60))))


def _place_params(place: Place) -> list[tuple[str, str]]:
    parts = {"City": place.city, "State": place.state, "Zip": place.zip, "Country": place.country}
    return [(side + name, text) for side in ("From", "Caller") for name, text in parts.items()]


def _described(given: Input) -> str:
    return getattr(given, "digit", "") or getattr(given, "text", "") or type(given).__name__
