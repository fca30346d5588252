"""One call on the phone in the browser."""

import secrets
from contextlib import ExitStack

from app.services.rehearsals.asked import ActAsked, CallAsked, RehearsalError
from app.services.rehearsals.recording import Recording
from app.simulator import FICTIONAL, MISHAPS, Activity, SimulatedCall, Supporter, Wait, new_supporter, withheld
from app.simulator.script import Stage
from app.simulator.script import commands as c

_FOREIGN = "+442079460018"


class Rehearsal:
    """A simulated call with its own copy of the hotline and its own clock; not safe for two threads at once."""

    def __init__(self, key: str, stage: Stage, asked: CallAsked) -> None:
        """Set the world up and dial; what is in `closing` later takes the stage down."""
        self.key = key
        self.closing = ExitStack()
        self._stage = stage
        self._zone = asked.at.tzinfo
        supporter = _supporter(asked)
        self.caller_token = supporter.number or ""
        for name, conduct in asked.offices.items():
            stage.carrier.world.office(self._number(name)).does(conduct)
        stage.carrier.delivery = MISHAPS[asked.webhooks]()
        self._recording = Recording(_setting(asked, supporter, stage.hotline))
        self.call: SimulatedCall = stage.carrier.place(supporter, asked.number)

    @property
    def clock(self) -> str:
        """The call's own time, as an ISO text in the zone that was asked for."""
        return self._stage.clock.now().astimezone(self._zone).isoformat(timespec="seconds")

    @property
    def script(self) -> str:
        """What was done so far, as a scripted call."""
        return self._recording.text(self.call)

    def act(self, asked: ActAsked) -> None:
        """Let time pass, then do what was asked; raises RehearsalError."""
        self._pass(asked.elapsed)
        before = self.call.waiting
        match asked.act:
            case "press":
                self._recording.presses(before, asked.key)
                self.call.press(asked.key)
            case "say":
                self._say(before, asked.text)
            case "pick-up":
                self._needs(before, Activity.RINGING, "No office rings just now.")
                self._recording.office_acts(c.PickUp())
                self.call.office_picks_up()
            case "put-down":
                self._needs(before, Activity.TALKING, "No office is on the line just now.")
                self._recording.office_acts(c.PutDown())
                self.call.office_hangs_up()
            case "hang-up":
                self._recording.hangs_up(before)
                self.call.hang_up()
            case "office" if asked.conduct:
                self._stage.carrier.world.office(self._number(asked.office)).does(asked.conduct)
                self._recording.changes(c.Office(asked.office, asked.conduct))
            case "webhooks":
                self._stage.carrier.delivery = MISHAPS[asked.webhooks]()
                self._recording.changes(c.Webhooks(asked.webhooks))
            case _:
                pass  # "wait": time has passed already

    def close(self) -> None:
        """End the call and take its copy of the hotline down."""
        self.call.hang_up()
        self.closing.close()

    def _pass(self, elapsed: float) -> None:
        before = self.call.waiting
        if before is None or elapsed <= 0:
            return
        # The browser's clock is not ours: what it measured never reaches past what it was told to wait for.
        seconds = min(elapsed, before.seconds)
        self.call.pass_time(seconds)
        self._recording.passes(before, seconds, is_over=seconds >= before.seconds)

    def _say(self, before: Wait | None, text: str) -> None:
        if before is None or not before.takes_speech:
            raise RehearsalError("Nobody listens for speech just now: the hotline takes it from the second attempt on.")
        self._recording.says(text)
        self.call.say(text)

    def _needs(self, before: Wait | None, activity: Activity, why: str) -> None:
        if before is None or before.activity is not activity:
            raise RehearsalError(why)

    def _number(self, office: str) -> str:
        if office not in self._stage.offices:
            raise RehearsalError(f"There is no office {office!r} in this campaign.")
        return self._stage.offices[office]


def _supporter(asked: CallAsked) -> Supporter:
    match asked.caller:
        case "withheld":
            return withheld()
        case "foreign":
            return Supporter(_FOREIGN, place=None)
        case "returning" if asked.returning_as:
            return Supporter(asked.returning_as)
        case _:
            return new_supporter(secrets.randbelow(FICTIONAL))


def _setting(asked: CallAsked, supporter: Supporter, hotline: str) -> list[c.Command]:
    offices = [c.Office(name, conduct) for name, conduct in asked.offices.items()]
    webhooks = [c.Webhooks(asked.webhooks)] if asked.webhooks != "normal" else []
    dial = c.DialNumber(None if asked.number == hotline else asked.number)
    # Whoever was new to the hotline is new when it is played again, too.
    who = c.From(c.NEW if asked.caller == "new" else None if supporter.is_withheld else supporter.number)
    return [c.Title("A call made in the browser"), c.At(asked.at), who, *offices, *webhooks, dial]
