"""A call on a scratch copy leaves no trace."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main

SCRIPT = 'from new\ndial\nhear "Honduras action line"\npress 4\nhang up\n'


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {"INSTANCE_DIR": str(tmp_path / "instance"), "DATABASE_URL": f"sqlite:///{tmp_path}/a.db"}


def test_scripted_calls_on_a_scratch_copy_are_heard_but_not_logged(tmp_path: Path, env: dict[str, str]) -> None:
    script = tmp_path / "a.call"
    script.write_text(SCRIPT, encoding="utf-8")
    for option, calls in (("--scratch", 0), ("--fast", 1)):
        played = CliRunner().invoke(main, ["phone", option, "--script", str(script)], env=env)
        assert played.exit_code == 0, played.output
        assert "Welcome to the Honduras action line" in played.stdout
        log = CliRunner().invoke(main, ["calls", "export", "--format", "jsonl"], env=env)
        assert len(log.stdout.splitlines()) == calls
