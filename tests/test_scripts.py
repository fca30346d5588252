import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app.config import PROJECT_DIR

SCRIPTS = PROJECT_DIR / "scripts"


def _serve(folder: Path, **environ: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "app.server"],
        env={"PATH": os.environ["PATH"], "INSTANCE_DIR": str(folder), **environ},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("name", ["run", "serve", "backup", "test", "lock", "environment.sh", "browser.sh"])
def test_a_script_is_proper_shell(name: str) -> None:
    subprocess.run(["sh", "-n", SCRIPTS / name], check=True)
    assert os.access(SCRIPTS / name, os.X_OK) == (not name.endswith(".sh"))


def test_the_check_runs_the_test_script() -> None:
    check = PROJECT_DIR / ".ci" / "run"
    assert os.access(check, os.X_OK)
    assert "scripts/test" in check.read_text()


def test_bad_settings_end_the_start_with_all_of_them_named(tmp_path: Path) -> None:
    done = _serve(tmp_path, PORT="many", WEB_CONCURRENCY="0")
    assert done.returncode == 2
    assert done.stdout == ""
    assert [line.split()[0] for line in done.stderr.splitlines()] == ["PORT", "WEB_CONCURRENCY"]


def test_a_port_in_use_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        done = _serve(tmp_path, PORT=port)
    assert done.returncode == 1
    assert done.stderr == (f"PORT {port} on 127.0.0.1 is in use: stop the other program, or set PORT to a free one.\n")


def test_an_address_of_another_machine_is_told_in_one_line(tmp_path: Path) -> None:
    done = _serve(tmp_path, HOST="192.0.2.1")
    assert done.returncode == 1
    assert done.stderr.startswith("HOST 192.0.2.1 is not an address of this machine")


@pytest.mark.parametrize("python", ["/nonexistent", shutil.which("false")])
def test_a_python_that_will_not_do_is_told(python: str) -> None:
    done = subprocess.run([SCRIPTS / "run"], env={**os.environ, "PYTHON": python}, capture_output=True, text=True)
    assert done.returncode == 1
    assert "is not a Python 3.11 or newer" in done.stderr


def test_no_python_at_all_is_told(tmp_path: Path) -> None:
    (tmp_path / "dirname").symlink_to(shutil.which("dirname") or "")
    done = subprocess.run(["/bin/sh", SCRIPTS / "run"], env={"PATH": str(tmp_path)}, capture_output=True, text=True)
    assert done.returncode == 1
    assert "needs Python 3.11 or newer" in done.stderr


def test_an_environment_that_a_link_leads_to_is_left_alone(tmp_path: Path) -> None:
    """It may be another copy's, as in a second work tree that shares one."""
    shutil.copytree(SCRIPTS, tmp_path / "copy" / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    for file in (*PROJECT_DIR.glob("*.lock"), PROJECT_DIR / "pyproject.toml"):
        shutil.copy(file, tmp_path / "copy")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "installed-run").touch()
    (tmp_path / "copy" / ".venv").symlink_to(tmp_path / "elsewhere")
    done = subprocess.run([tmp_path / "copy" / "scripts" / "run"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "remove the link" in done.stderr
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["installed-run"]
