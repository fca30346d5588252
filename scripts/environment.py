"""Makes .venv from the hash-locked requirements, unless it is already what they ask for.

Runs before anything is installed, so it uses the standard library alone.
"""

import compileall
import fcntl
import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BOOTSTRAP = "requirements-bootstrap.lock"
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
# What serves for tests also serves for running, as the one lock is made within the other.
ALSO_READY = {"run": ("run",), "dev": ("dev", "run")}


def fingerprint(kind: str) -> str:
    """Tells one wanted environment from another, by where it lies and what is in it."""
    asked = (BOOTSTRAP, LOCKS[kind], "pyproject.toml", "scripts/environment.py")
    parts = [birthmark().encode(), *((ROOT / name).read_bytes() for name in asked)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def stamp(kind: str) -> Path:
    """Names the file that is written when an installation has succeeded."""
    return VENV / f"installed-{kind}"


def is_ready(kind: str) -> bool:
    """Tells whether the last installation succeeded and was of what is wanted now."""
    try:
        return PYTHON.exists() and stamp(kind).read_text() == fingerprint(kind)
    except OSError:
        return False


def made_here() -> bool:
    """Tells whether .venv is whole, and was made at this place by this Python."""
    try:
        made = (VENV / "made-at").read_text()
    except OSError:
        return False
    return PYTHON.exists() and made == birthmark()


def birthmark() -> str:
    """What ties a virtual environment to a place and to a Python."""
    return f"{VENV}\n{sys.version}\n{sys.base_prefix}\n"


def make_venv() -> None:
    """Makes an empty .venv with pip in it."""
    try:
        venv.create(VENV, clear=True, with_pip=True)
    except subprocess.CalledProcessError:
        sys.exit(
            "Python could not make a virtual environment with pip in it: install its venv module"
            " (on Debian and Ubuntu: apt-get install python3-venv) and start again."
        )
    (VENV / "made-at").write_text(birthmark())


def succeeds(*command: str | Path) -> bool:
    """Runs a command whose output only matters when it fails."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout, done.stderr, sep="", file=sys.stderr)
    return done.returncode == 0


def install_with_uv(lock: str) -> bool:
    """Installs quickly, where uv is to be had."""
    pip = (PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check")
    uv = VENV / "bin" / "uv"
    # Otherwise each start compiles them anew where PYTHONDONTWRITEBYTECODE is set or the account may not write here.
    into = ("pip", "install", "-q", "--compile-bytecode", "--python", PYTHON)
    return (
        succeeds(*pip, "--only-binary", ":all:", "--require-hashes", "-r", BOOTSTRAP)
        and succeeds(uv, *into, "--require-hashes", "-r", lock)
        and succeeds(uv, *into, "--no-deps", "--no-build-isolation", "-e", ".")
    )


def install_with_pip(lock: str) -> bool:
    """Installs with nothing but what Python brings along."""
    pip = (PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check")
    return succeeds(*pip, "--require-hashes", "-r", lock) and succeeds(
        *pip, "--no-deps", "--no-build-isolation", "-e", "."
    )


def refuse_what_is_elsewhere() -> None:
    """Ends the start rather than clear a folder that lies elsewhere, where another copy may use it."""
    if VENV.is_symlink():
        sys.exit(
            f"{VENV} is a link to {VENV.readlink()}, which may serve another copy of Patchline and would be"
            " cleared: remove the link, so that this copy gets a .venv of its own, and start again."
        )


def install(kind: str) -> None:
    """Installs what is wanted and stamps it, or says what went wrong."""
    refuse_what_is_elsewhere()
    print("Installing what Patchline needs into .venv (once, about a minute) …", flush=True)
    if not made_here():
        make_venv()
    for other in LOCKS:
        stamp(other).unlink(missing_ok=True)
    lock = LOCKS[kind]
    if not install_with_uv(lock):
        print("Trying again with pip, which takes longer …", flush=True)
        if not install_with_pip(lock):
            sys.exit(
                "The installation failed for the reason above: see that the package index can be"
                " reached and that the disk is not full, then start again."
            )
    for name in ALSO_READY[kind]:
        stamp(name).write_text(fingerprint(name))


def compile_ours() -> None:
    """Compiles what is new in our own code, as the installation does with the rest; what cannot be written waits."""
    for name in ("app", "migrations"):
        compileall.compile_dir(ROOT / name, quiet=2)


def main(kind: str) -> None:
    """Makes .venv ready for one kind of use, and our code quick to start."""
    make_ready(kind)
    compile_ours()


def make_ready(kind: str) -> None:
    """Makes .venv ready, one process at a time."""
    if is_ready(kind):
        return
    folder = os.open(ROOT, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)  # released when this process ends, however it ends
    if not is_ready(kind):
        install(kind)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit("Interrupted: the next start goes on from here.")
