"""`patchline demo data` on a database that need not have been started before."""

import json
from pathlib import Path

from click.testing import CliRunner

from app.cli import main


def test_a_history_is_made_once_and_the_export_has_all_of_it(tmp_path: Path) -> None:
    env = {"DATABASE_URL": f"sqlite:///{tmp_path}/a.db", "INSTANCE_DIR": str(tmp_path / "instance")}
    for _ in range(2):
        made = CliRunner().invoke(main, ["demo", "data", "--calls", "30", "--days", "3"], env=env)
        assert (made.exit_code, made.stdout) == (0, "honduras-2017 has 30 of 30 calls of this history.\n")
    log = CliRunner().invoke(main, ["calls", "export", "--format", "jsonl"], env=env)
    assert len({json.loads(line)["call_sid"] for line in log.stdout.splitlines()}) == 30
    refused = CliRunner().invoke(main, ["demo", "data", "--campaign", "none"], env=env)
    assert refused.exit_code == 1
    assert "none" in refused.stderr
