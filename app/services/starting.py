"""What is looked at before the first call is taken."""

from app.config import Settings
from app.store.journal import Journal


class CannotStart(Exception):
    """No call could be kept here; the message says why and what to do. The carrier turns to its fallback meanwhile."""


def check_disk(settings: Settings) -> None:
    """See that the journal can be written, which every call relies on when the database fails; raises CannotStart."""
    folder = settings.instance_dir
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        Journal(folder / "journal.jsonl", lambda problem: None).check()
    except OSError as error:
        raise CannotStart(
            f"INSTANCE_DIR {folder} cannot be written ({error.strerror}), so calls could be lost: "
            "make room there, or correct its rights, or set INSTANCE_DIR to another folder."
        ) from None
