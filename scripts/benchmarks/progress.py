"""Progress, for the person at the terminal."""

import sys


def tell(what: str) -> None:
    """Say it on standard error at once."""
    print(what, file=sys.stderr, flush=True)
