"""The published campaigns on the local disk, so that a process which starts during an outage can take calls."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from app.domain.campaigns import CampaignStatus, Snapshot
from app.domain.documents import read_published, write_campaign
from app.logs import get_logger
from app.services.hotline import Hotline
from app.store.campaigns import Line

NAME = "campaigns.json"
_MODE = 0o600
_log = get_logger(__name__)


class KeptCampaigns:
    """A file beside the journal: replaced as a whole, with a checksum."""

    def __init__(self, folder: Path) -> None:
        """Take the installation's folder."""
        self.path = folder / NAME
        self._written = ""

    def keep(self, hotline: Hotline) -> None:
        """Write what calls are answered from now, if it is not what was written last; a full disk is only told."""
        text = _write(hotline)
        if text == self._written:
            return
        # Each process writes its own file before it takes the place of the one there.
        fresh = self.path.with_name(f"{NAME}.{os.getpid()}")
        try:
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _MODE), "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.path)
        except OSError as error:
            _log.error("campaigns_not_kept", problem=f"{self.path.name}: {error.strerror}")
        else:
            self._written = text

    def recall(self, hotline: Hotline) -> bool:
        """Answer calls from the file until the database is there; says whether it could be used."""
        try:
            whole = json.loads(self.path.read_text(encoding="utf-8"))
            body = whole["campaigns"]
            if whole["sum"] != _sum(body):
                raise ValueError("its checksum is wrong")
            snapshots = [_snapshot(entry) for entry in body["versions"]]
            lines = {number: _line(entry) for number, entry in body["lines"].items()}
        except FileNotFoundError:
            return False
        except (OSError, ValueError, TypeError, LookupError) as error:
            _log.error("kept_campaigns_unusable", problem=f"{self.path.name}: {error}")
            return False
        for snapshot in snapshots:
            hotline.snapshots.put(snapshot)
        hotline.lines.update(lines)
        return bool(lines)


def _write(hotline: Hotline) -> str:
    lines = dict(hotline.lines)
    wanted = {line.version_id for line in lines.values()}
    body = {
        "lines": {
            number: {"campaign_id": line.campaign_id, "version_id": line.version_id, "status": line.status}
            for number, line in sorted(lines.items())
        },
        "versions": [
            {"id": one.version_id, "campaign_id": one.campaign_id, "body": write_campaign(one.campaign)}
            for one in sorted(hotline.snapshots.all(), key=lambda one: one.version_id)
            if one.version_id in wanted
        ],
    }
    return json.dumps({"sum": _sum(body), "campaigns": body}, ensure_ascii=False)


def _snapshot(entry: dict[str, Any]) -> Snapshot:
    return Snapshot(read_published(entry["body"]), int(entry["campaign_id"]), int(entry["id"]))


def _line(entry: dict[str, Any]) -> Line:
    return Line(int(entry["campaign_id"]), int(entry["version_id"]), CampaignStatus(entry["status"]))


def _sum(body: object) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
