"""Webhooks and callbacks that go astray, by chance."""

import random

from app.simulator import Delivery, Passage


class Astray(Delivery):
    """Webhooks come twice or lose their answers; callbacks are lost, late, doubled, and so in any order."""

    def __init__(self, chance: random.Random) -> None:
        """Take what decides."""
        self._chance = chance

    def webhook(self, url: str) -> Passage:
        """Mostly delivered."""
        ways = (Passage.DELIVERED, Passage.DOUBLED, Passage.ANSWER_LOST)
        return self._chance.choices(ways, weights=(80, 15, 5))[0]

    def callback(self, event: str) -> tuple[float, ...]:
        """None of it, once or twice, each up to twenty seconds late."""
        (copies,) = self._chance.choices((0, 1, 2), weights=(20, 60, 20))
        return tuple(self._chance.choice((0.0, self._chance.uniform(0, 20))) for _ in range(copies))

    def action_after_hang_up(self) -> bool:
        """Either, by chance."""
        return self._chance.random() < 0.5
