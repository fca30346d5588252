"""Ids as Twilio makes them, the same ones from run to run for one seed."""

import random
import uuid


class Ids:
    """Gives out ids; use a fresh seed where a database remembers earlier calls."""

    def __init__(self, seed: int) -> None:
        """Begin a series."""
        self._random = random.Random(seed)

    def call(self) -> str:
        """A call's sid: CA and 32 hexadecimal digits."""
        return self.sid("CA")

    def sid(self, kind: str) -> str:
        """The sid of another resource: two letters that name its kind, and 32 hexadecimal digits."""
        return f"{kind}{self._random.getrandbits(128):032x}"

    def token(self) -> str:
        """A UUID, as in the idempotency token and the call token."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    def below(self, most: int) -> int:
        """A number from 0 to one less than `most`."""
        return self._random.randrange(most)
