"""All checks of the installation, in the order in which faults are best mended."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.config import Settings
from app.domain.clock import Clock
from app.logs import get_logger
from app.services.caller_keys import CallerKeys
from app.services.doctor import numbers, outside, own, published, record
from app.services.doctor.finding import Finding, wrong
from app.store.database import Database, StoreUnavailable

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Installation:
    """What is examined."""

    settings: Settings
    database: Database
    keys: CallerKeys
    clock: Clock


Check = Callable[[Installation], Iterable[Finding]]

CHECKS: tuple[tuple[str, Check], ...] = (
    ("settings", lambda it: own.judge_settings(it.settings)),
    ("folder", lambda it: own.judge_folder(own.look_at_folder(it.settings, it.clock.now()))),
    ("database", lambda it: record.judge_record(record.look_at_record(it.database, it.clock))),
    ("campaigns", lambda it: published.judge_campaigns(published.look_at_campaigns(it.database, it.keys, it.clock))),
    ("numbers", lambda it: numbers.judge_account(it.settings, numbers.look_at_account(it.settings, it.database))),
    ("webhooks", lambda it: outside.judge_webhooks(it.settings.public_url, outside.look_at_webhooks(it.settings))),
    (
        "certificate",
        lambda it: outside.judge_certificate(
            it.settings.public_url, outside.look_at_certificate(it.settings), it.clock.now()
        ),
    ),
    ("fallback", lambda it: outside.judge_fallback(it.settings.is_demo, outside.look_at_fallback(it.settings))),
    ("clock", lambda it: outside.judge_carrier_clock(outside.look_at_carrier_clock(it.settings, it.clock))),
)
"""Each check looks once and judges what it saw; its name stands before what it found."""


def examine(installation: Installation, checks: Iterable[tuple[str, Check]] = CHECKS) -> Iterator[tuple[str, Finding]]:
    """Run the checks one by one; one that breaks is itself a finding, and the next ones go on."""
    for name, check in checks:
        for finding in run_check(name, check, installation):
            yield name, finding


def run_check(name: str, check: Check, installation: Installation) -> list[Finding]:
    """Run one check; it never raises."""
    try:
        return list(check(installation))
    except StoreUnavailable as error:
        return [wrong("This could not be looked at without the database.", str(error))]
    except Exception as error:  # noqa: BLE001  whatever is broken, a person gets a sentence and the other checks
        _log.warning("check_broke", check=name, error=type(error).__name__)
        return [
            wrong(
                f"The check itself broke ({type(error).__name__}).",
                "Mend what else is wrong, and run doctor again; if it stays, report it with this line.",
            )
        ]
