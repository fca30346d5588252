"""What is in deploy/ fits the project: the files it names exist, and systemd and YAML can read it."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from app.config import PROJECT_DIR
from app.config.variables import VARIABLES

DEPLOY = PROJECT_DIR / "deploy"


def unit(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # as the standard library's manual has it
    parser.read(DEPLOY / name)
    return parser


def in_project(command: str) -> Path:
    return PROJECT_DIR / Path(command.split()[0]).relative_to("/opt/patchline")


def test_the_unit_starts_and_reloads_scripts_that_exist_on_a_socket_of_its_own() -> None:
    service = unit("patchline.service")["Service"]
    assert in_project(service["ExecStart"]) == in_project(service["ExecReload"]) == PROJECT_DIR / "scripts" / "serve"
    assert service["ExecReload"].endswith(" restart")
    assert unit("patchline.service")["Unit"]["Requires"] == "patchline.socket"
    assert unit("patchline.socket")["Socket"]["ListenStream"].endswith(":5000")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    for name in ("patchline.service", "patchline.socket"):
        text = (DEPLOY / name).read_text().replace("/opt/patchline", str(PROJECT_DIR))
        (tmp_path / name).write_text(text)
    units = [str(path) for path in sorted(tmp_path.iterdir())]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, timeout=60)
    assert (done.stderr, done.returncode) == ("", 0)


def test_compose_gives_only_variables_that_there_are() -> None:
    compose: dict[str, Any] = YAML(typ="safe").load((DEPLOY / "compose.yaml").read_text())
    known = {variable.name for variable in VARIABLES}
    service = compose["services"]["patchline"]
    assert set(service["environment"]) <= known
    assert {name for each in compose["services"].values() for name in _volumes(each)} == set(compose["volumes"])
    assert (DEPLOY / service["build"] / "Dockerfile").resolve().exists()


def _volumes(service: dict[str, Any]) -> list[str]:
    return [volume.partition(":")[0] for volume in service.get("volumes", [])]


def test_the_image_copies_what_exists_and_runs_what_it_copies() -> None:
    lines = (PROJECT_DIR / "Dockerfile").read_text().splitlines()
    copied = [name for line in lines if line.startswith("COPY ") for name in line.split()[1:-1]]
    assert copied
    assert all((PROJECT_DIR / name).exists() for name in copied)
    assert 'CMD ["scripts/serve"]' in lines
    variables = re.findall(r"(\w+)=", next(line for line in lines if line.startswith("ENV ")))
    assert set(variables) <= {variable.name for variable in VARIABLES}


def test_the_procfile_serves() -> None:
    name, _, command = (PROJECT_DIR / "Procfile").read_text().strip().partition(": ")
    assert name == "web"
    assert command == "HOST=0.0.0.0 scripts/serve"
    subprocess.run(["sh", "-n", PROJECT_DIR / "scripts" / "serve"], check=True)
