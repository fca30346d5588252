"""What happens to webhooks on their way: the hooks for faults."""

import random
from enum import StrEnum


class Passage(StrEnum):
    """How one attempt of a webhook fares."""

    DELIVERED = "delivered"
    ANSWER_LOST = "answer lost"
    DOUBLED = "doubled"
    REFUSED = "refused"


class Delivery:
    """Everything arrives, once and in order. Subclasses say otherwise."""

    def webhook(self, url: str) -> Passage:
        """How the next attempt of a webhook that asks for TwiML fares."""
        return Passage.DELIVERED

    def recording(self, url: str) -> Passage:
        """How the request for a recording that is to be played fares."""
        return Passage.DELIVERED

    def callback(self, event: str) -> tuple[float, ...]:
        """After how many seconds each copy of a status callback arrives; none if it is lost."""
        return (0.0,)

    def action_after_hang_up(self) -> bool:
        """Whether a Dial's action is requested once the caller is gone: Twilio does not say."""
        return False


class Doubled(Delivery):
    """Every webhook and callback arrives twice; the first answer counts."""

    def webhook(self, url: str) -> Passage:
        """Twice."""
        return Passage.DOUBLED

    def callback(self, event: str) -> tuple[float, ...]:
        """Twice, the second time a second later."""
        return (0.0, 1.0)


class LostAnswers(Delivery):
    """The first answers never reach the carrier, though the server has done its work."""

    def __init__(self, lost: int = 1, within: str = "") -> None:
        """Lose so many answers of URLs that have this text; of any by default."""
        self._left, self._within = lost, within

    def webhook(self, url: str) -> Passage:
        """Lost as long as there are any left to lose."""
        if self._within not in url or self._left == 0:
            return Passage.DELIVERED
        self._left -= 1
        return Passage.ANSWER_LOST


class ServerDown(Delivery):
    """Nothing that is requested at a URL with this text in it gets through."""

    def __init__(self, within: str = "") -> None:
        """Refuse URLs that have this text; all of them by default."""
        self._within = within

    def webhook(self, url: str) -> Passage:
        """Refused if the URL has the text."""
        return Passage.REFUSED if self._within in url else Passage.DELIVERED

    def recording(self, url: str) -> Passage:
        """The same."""
        return self.webhook(url)


class Shuffled(Delivery):
    """Status callbacks arrive late, and so in any order; sometimes twice."""

    def __init__(self, seed: int, within: float = 20.0, doubled: float = 0.2) -> None:
        """Delay each by up to some seconds, and double a share of them."""
        self._random, self._within, self._doubled = random.Random(seed), within, doubled

    def callback(self, event: str) -> tuple[float, ...]:
        """One or two random delays."""
        copies = 2 if self._random.random() < self._doubled else 1
        return tuple(self._random.uniform(0, self._within) for _ in range(copies))

    def action_after_hang_up(self) -> bool:
        """Either, by chance."""
        return self._random.random() < 0.5
