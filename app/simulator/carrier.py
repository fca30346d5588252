"""The carrier: places a supporter's call to the hotline, over real HTTP."""

from app.simulator.call import SimulatedCall
from app.simulator.line import Line
from app.simulator.network import Network
from app.simulator.supporter import Supporter


class Carrier(Network):
    """A simulated Twilio for one number; any number of calls at a time."""

    def place(self, supporter: Supporter, to: str) -> SimulatedCall:
        """Let the supporter dial a number of the hotline."""
        return SimulatedCall(Line(self, supporter, to))
