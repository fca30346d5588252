"""Asking our own public address as the carrier would, from the console: doctor's checks, with an end in sight."""

from collections.abc import Iterable
from functools import partial

from app.services.doctor.examine import CHECKS, Check, Installation, run_check
from app.services.doctor.finding import Finding, wrong
from app.services.errand import Errand

WITHIN_S = 12.0
"""How long the test may take, all in all."""

_NAMES = {"webhooks", "certificate", "fallback"}
LOOP: tuple[tuple[str, Check], ...] = tuple(each for each in CHECKS if each[0] in _NAMES)
"""The checks that leave this machine and come back to it."""


def try_loop(
    installation: Installation, checks: Iterable[tuple[str, Check]] = LOOP, within_s: float = WITHIN_S
) -> list[Finding]:
    """What the public address answers; all is asked at once, and a check that takes too long is told as such."""
    begun = [(name, Errand(f"loop-{name}", partial(run_check, name, check, installation))) for name, check in checks]
    return [each for name, errand in begun for each in _found(name, errand, within_s)]


def _found(name: str, errand: Errand[list[Finding]], within_s: float) -> list[Finding]:
    found = errand.wait(within_s)
    if found is not None:
        return found
    remedy = "A firewall that lets nothing through is the usual cause: 'patchline doctor' waits longer and says more."
    return [wrong(f"The check of the {name} had no answer within {within_s:g} seconds.", remedy)]
