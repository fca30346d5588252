"""The settings, and the folder beside the database with the journal and the keys."""

import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.config import Settings
from app.services.doctor.finding import Finding, look, ok, wrong
from app.services.starting import CannotStart, check_disk
from app.services.watching.extras import HOW, is_installed, wanted
from app.store.journal import Journal

_LEAST_FREE_BYTES = 1 << 30
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def judge_settings(settings: Settings) -> Iterator[Finding]:
    """Settings that were read: their mode, and what is allowed and not advised."""
    if settings.is_demo:
        yield ok("Demo mode: the built-in phone stands in for the carrier, and no real call is made.")
    else:
        yield ok(f"Live with a Twilio account, at {settings.public_url}.")
        yield from _secrets(settings)
    yield from _mail(settings)
    yield from _proxies(settings)
    yield from _watching(settings)


def _secrets(settings: Settings) -> Iterator[Finding]:
    secrets = {"SECRET_KEY": settings.secret_key.reveal(), "PHONE_HASH_KEY": settings.phone_hash_key.reveal()}
    if len(set(secrets.values())) == 1:
        yield wrong("SECRET_KEY and PHONE_HASH_KEY are the same.", "Set SECRET_KEY to another long random text.")
    for name, value in secrets.items():
        if len(set(value)) < 10:
            yield wrong(
                f"{name} is not random.", 'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
            )
        elif value == _text(settings.instance_dir / name.lower()):
            yield wrong(f"{name} is the one that the demo made for itself.", f"Set {name} to a new long random text.")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _mail(settings: Settings) -> Iterator[Finding]:
    if settings.smtp_url:
        yield ok(f"Invitations go by mail from {settings.mail_from}.")
    elif settings.is_demo:
        yield ok("No mail server is set: the console shows links to pass on.")
    else:
        yield look(
            "No mail server is set: the console shows links to pass on.", "To send them, set SMTP_URL and MAIL_FROM."
        )


def _watching(settings: Settings) -> Iterator[Finding]:
    for variable in wanted(settings):
        if is_installed(variable):
            yield ok(f"What {variable} asks for is installed.")
        else:
            yield wrong(f"{variable} is set, and what it needs is not installed, so nothing is told.", HOW)


def _proxies(settings: Settings) -> Iterator[Finding]:
    # This server speaks plain http, so whoever is reached by https has a proxy before it.
    if settings.is_https and not settings.trusted_proxies:
        yield look(
            "TRUSTED_PROXIES is 0 although a proxy makes the https: all visitors of the console look like one.",
            "Set TRUSTED_PROXIES to how many proxies of yours stand before this server, often 1.",
        )
    elif settings.trusted_proxies and not settings.is_https:
        yield look(
            f"TRUSTED_PROXIES is {settings.trusted_proxies}, and PUBLIC_URL is not https.",
            "Unless a proxy stands before this server, set TRUSTED_PROXIES to 0: visitors could forge their address.",
        )


@dataclass(frozen=True, slots=True)
class Folder:
    """The instance folder as it was found; `behind_s` is None if nothing waits or nobody can tell since when."""

    path: Path
    problem: str = ""
    free_bytes: int = _LEAST_FREE_BYTES
    is_open_to_others: bool = False
    waiting: int = 0
    behind_s: int | None = None
    corrupt: str = ""


def look_at_folder(settings: Settings, now: datetime) -> Folder:
    """See whether the instance folder can be written, and what waits in its journal."""
    path = settings.instance_dir
    try:
        check_disk(settings)
    except CannotStart as problem:
        return Folder(path, problem=str(problem))
    journal = Journal(path / "journal.jsonl", lambda _problem: None)
    waiting = journal.waiting()
    keys = path / "keys"
    return Folder(
        path,
        free_bytes=shutil.disk_usage(path).free,
        is_open_to_others=keys.is_dir() and bool(keys.stat().st_mode & _OTHERS) and os.name == "posix",
        waiting=waiting.records,
        behind_s=int((now - waiting.since).total_seconds()) if waiting.since else None,
        corrupt=str(journal.corrupt_path) if journal.corrupt_path.exists() else "",
    )


def judge_folder(folder: Folder) -> Iterator[Finding]:
    """The folder, its journal and its keys."""
    if folder.problem:
        yield wrong("The instance folder cannot be written.", folder.problem)
        return
    yield ok(f"The instance folder {folder.path} can be written.")
    if folder.free_bytes < _LEAST_FREE_BYTES:
        yield wrong(f"Its disk has {folder.free_bytes >> 20} MB left.", "Make room: keep 1 GB free for the journal.")
    if folder.is_open_to_others:
        yield wrong(
            "Others on this machine can reach the keys of supporters' pseudonyms.",
            f"chmod -R go= {folder.path / 'keys'}",
        )
    yield _journal(folder)
    if folder.corrupt:
        yield wrong(
            "Lines of the journal could not be saved.", f"Keep {folder.corrupt} and ask for help before you delete it."
        )


def _journal(folder: Folder) -> Finding:
    if not folder.waiting:
        return ok("The journal is empty: all turns are in the database.")
    behind = "" if folder.behind_s is None else f", for {folder.behind_s} s"
    return look(
        f"{folder.waiting} records wait in the journal{behind}.",
        "A running server saves them by itself, as soon as the database takes them.",
    )
