"""Whether calls can be taken, and which parts are degraded."""

from dataclasses import dataclass

from app.logs import get_logger
from app.services.hotline import Hotline
from app.store.health import problem

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Readiness:
    """What works; `degraded` names each part with what is wrong and what to do."""

    takes_calls: bool
    degraded: dict[str, str]


def seconds_behind(hotline: Hotline) -> int:
    """For how many seconds the oldest turn in this machine's journal has waited; 0 if none does."""
    since = hotline.journal.waiting().since
    return 0 if since is None else max(0, int((hotline.clock.now() - since).total_seconds()))


def readiness(hotline: Hotline) -> Readiness:
    """Look at the record and the journal; without the record, calls are taken only if a campaign is in memory."""
    degraded = {}
    trouble = problem(hotline.database)
    if trouble:
        # The whole of it may name hosts, and this page is for everybody.
        _log.warning("not_ready", problem=trouble)
        degraded["record"] = "The database cannot be used; the log says why and what to do."
    if not hotline.journal.is_empty:
        degraded["journal"] = (
            f"The record is {seconds_behind(hotline)} s behind: what waits in the journal is saved as soon as the "
            "database takes it."
        )
    if hotline.journal.corrupt_path.exists():
        degraded["journal_corrupt"] = (
            f"Lines of the journal could not be read and are in {hotline.journal.corrupt_path.name}: "
            "keep that file and ask for help before you delete it."
        )
    if hotline.certificate and (wrong := hotline.certificate.problem):
        degraded["certificate"] = wrong
    return Readiness(takes_calls=not trouble or bool(hotline.lines), degraded=degraded)
