"""How an export of the log goes: when it begins, how fast it goes on, and what memory it takes."""

import re
import time
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from app.services.export_calls import ExportFormat
from scripts.benchmarks.pages import LongLog
from scripts.benchmarks.setup import SLUG

_MOST_ROWS = 100_000
_SELF = Path("/proc/self")
_KB_PER_MB = 1024


@dataclass(frozen=True, slots=True)
class Exported:
    """One export: milliseconds to its first bytes, rows a second, and megabytes that the process grew by for it."""

    first_ms: float
    rows_per_s: float
    grew_mb: float


def export(log: LongLog, form: ExportFormat) -> Exported:
    """Export the log as its page does, up to 100,000 rows of it."""
    path = f"/console/campaigns/{SLUG}/calls"
    token = re.search(r'name="csrf_token" value="([0-9a-f]+)"', log.get(path))
    assert token is not None
    before, began = _peak_mb(anew=True), time.perf_counter()
    answer = log.client.post(f"{path}/export", data={"csrf_token": token[1], "form": form}, buffered=False)
    assert answer.status_code == 200, answer.status
    pieces = answer.iter_encoded()
    first, rows = next(pieces), 0
    first_ms = (time.perf_counter() - began) * 1000
    for piece in chain([first], pieces):
        rows += piece.count(b"\n")
        if rows >= _MOST_ROWS:
            break
    rate = rows / (time.perf_counter() - began)
    answer.close()
    return Exported(first_ms, rate, _peak_mb() - before)


def _peak_mb(*, anew: bool = False) -> float:
    """The most memory that this process has had, or with `anew` has now; Linux tells (proc_pid_status(5))."""
    if anew:
        (_SELF / "clear_refs").write_text("5")
    line = next(each for each in (_SELF / "status").read_text().splitlines() if each.startswith("VmHWM"))
    return int(line.split()[1]) / _KB_PER_MB
