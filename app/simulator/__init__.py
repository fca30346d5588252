"""The other side of the wire: a carrier that calls the hotline's webhooks and plays its TwiML.

Nothing sleeps: time passes only when a call is driven, so minutes of a call take milliseconds, and a
terminal that wants real time lets it pass second by second. In a test:

    carrier = Carrier(
        Account("AC" + "0" * 32, token, frozenset({HOTLINE})),
        VoiceUrls.of("http://127.0.0.1:5000"),
        MovableClock(datetime(2017, 12, 19, 16, tzinfo=UTC)),
        names={"+16082645338": "Madison"},
    )
    carrier.world.office("+16082645338").is_busy()
    caller = Caller(carrier, Supporter("+16085550123"))
    caller.dials(HOTLINE).hears("To choose an office").presses("4", during="Madison")
    caller.hears("Madison is busy").presses("#").talks(20).presses("*")
    caller.hears("You're back with us").presses("1").hangs_up()
    print(caller.call.transcript.plain())
    carrier.delivery = Doubled()                          # from now on each webhook comes twice
    second = Caller(carrier, withheld("anonymous"), strict=False)

`Caller` is the language of tests, `script` the same as a text file, and `SimulatedCall` what both
drive (as do the terminal and the browser): `pass_time`, `press`, `say`, `hang_up`, `waiting`.
"""

from app.simulator.account import Account, VoiceUrls
from app.simulator.acts import Activity, Wait
from app.simulator.call import RunawayCall, SimulatedCall
from app.simulator.caller import Caller
from app.simulator.carrier import Carrier
from app.simulator.clock import MovableClock
from app.simulator.delivery import Delivery, Doubled, LostAnswers, Passage, ServerDown, Shuffled
from app.simulator.mishaps import MISHAPS
from app.simulator.network import Title
from app.simulator.supporter import FICTIONAL, WITHHELD, Place, Supporter, new_supporter, withheld
from app.simulator.transcript import Entry, Exchange, Kind, Transcript
from app.simulator.world import Conduct, Manner, OfficePhone, World

__all__ = [
    "FICTIONAL",
    "MISHAPS",
    "WITHHELD",
    "Account",
    "Activity",
    "Caller",
    "Carrier",
    "Conduct",
    "Delivery",
    "Doubled",
    "Entry",
    "Exchange",
    "Kind",
    "LostAnswers",
    "Manner",
    "MovableClock",
    "OfficePhone",
    "Passage",
    "Place",
    "RunawayCall",
    "ServerDown",
    "Shuffled",
    "SimulatedCall",
    "Supporter",
    "Title",
    "Transcript",
    "VoiceUrls",
    "Wait",
    "World",
    "new_supporter",
    "withheld",
]
