"""The office's leg of a call: its sid, its status, and the callbacks that report it."""

from app.simulator.line import Line, duration_params
from app.simulator.twiml.verbs import Dial
from app.simulator.wire import Params

EVENT_STATUS = {"initiated": "initiated", "ringing": "ringing", "answered": "in-progress"}
SIP_CODES = {"completed": "200", "busy": "486", "no-answer": "487", "canceled": "487"}


class Leg:
    """One dialed phone, reported as its Number asks (Twilio: Number, statusCallbackEvent)."""

    def __init__(self, line: Line, verb: Dial, shown: str) -> None:
        """Make the leg; the office sees `shown` as caller ID."""
        self._line, self._noun, self._shown = line, verb.number, shown
        self.record = line.network.enlist("outbound-dial", shown, verb.number.number, "queued", line.sid)
        self.sid = self.record.sid
        self.answered_at: float | None = None
        self.ended_at = line.now
        self._sequence = 0

    def report(self, event: str) -> None:
        """Tell of initiated, ringing or answered."""
        self.record.status = EVENT_STATUS[event]
        if event == "initiated":
            self.record.started_at = self._line.moment
        if event == "answered":
            self.answered_at = self._line.now
            self.record.answered_at = self._line.moment
        self._send(event)

    def end(self, status: str) -> None:
        """Tell of the end: completed, busy, no-answer, failed or canceled."""
        self.record.status, self.record.ended_at = status, self._line.moment
        self.ended_at = self._line.now
        sip = ("SipResponseCode", SIP_CODES.get(status, "404"))
        self._send("completed", *duration_params(self.seconds), sip)

    @property
    def seconds(self) -> float:
        """The seconds of talk."""
        return 0.0 if self.answered_at is None else self.ended_at - self.answered_at

    def action_params(self) -> Params:
        """What the Dial's action is told; the duration only if the office answered."""
        params = [
            ("DialCallStatus", self.record.status),
            ("DialCallSid", self.sid),
            ("DialBridged", "false" if self.answered_at is None else "true"),
        ]
        if self.answered_at is not None:
            params.append(("DialCallDuration", str(round(self.seconds))))
        return params

    def _send(self, event: str, *more: tuple[str, str]) -> None:
        sequence = self._sequence
        self._sequence += 1
        noun = self._noun
        if noun.status_callback is None or event not in noun.status_callback_event:
            return
        self._line.call_back(
            noun.status_callback,
            noun.status_callback_method,
            (*self._params(), *self._line.event_params(sequence), *more),
        )

    def _params(self) -> Params:
        return (
            ("AccountSid", self._line.network.account.sid),
            ("ApiVersion", "2010-04-01"),
            ("CallSid", self.sid),
            ("CallStatus", self.record.status),
            ("Called", self._noun.number),
            ("Caller", self._shown),
            ("Direction", "outbound-dial"),
            ("From", self._shown),
            ("ParentCallSid", self._line.sid),
            ("To", self._noun.number),
        )
