import re
from pathlib import Path

from app.config import PROJECT_DIR, VARIABLES, Settings

EXAMPLE = (PROJECT_DIR / ".env.example").read_text()


def test_the_example_names_each_variable_once_and_no_other() -> None:
    listed = re.findall(r"^# ([A-Z_]+)=", EXAMPLE, flags=re.MULTILINE)
    assert listed == [variable.name for variable in VARIABLES]


def test_each_variable_has_one_line_of_comment() -> None:
    blocks = EXAMPLE.strip().split("\n\n")[1:]
    assert len(blocks) == len(VARIABLES)
    assert all(re.fullmatch(r"# \S.*\.\n# [A-Z_]+=.*", block) for block in blocks)


def test_the_example_changes_nothing(tmp_path: Path) -> None:
    environ = {"INSTANCE_DIR": str(tmp_path)}
    told_nothing = Settings.load(environ, tmp_path / "missing")
    assert Settings.load(environ, PROJECT_DIR / ".env.example") == told_nothing


def test_the_defaults_it_shows_are_the_real_ones(tmp_path: Path) -> None:
    shown = re.findall(r"^# ([A-Z_]+=.+)", EXAMPLE, flags=re.MULTILINE)
    file = tmp_path / "shown"
    file.write_text("\n".join(line for line in shown if not line.startswith("DATABASE_URL")))
    environ = {"INSTANCE_DIR": str(tmp_path)}
    assert Settings.load(environ, file) == Settings.load(environ, tmp_path / "missing")
