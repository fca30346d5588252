import re
import tomllib

import pytest

from app.config import PROJECT_DIR

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bootstrap.lock")


def _pins(lock: str) -> dict[str, str]:
    text = (PROJECT_DIR / lock).read_text()
    return dict(re.findall(r"^([a-z0-9.-]+)(?:\[[a-z,-]+\])?==(\S+)", text, flags=re.MULTILINE))


def _asked(extra: str | None = None) -> set[str]:
    project = tomllib.loads((PROJECT_DIR / "pyproject.toml").read_text())["project"]
    wanted = project["optional-dependencies"][extra] if extra else project["dependencies"]
    names = {re.split(r"[\[<>=]", requirement)[0] for requirement in wanted}
    return {re.sub(r"[._]", "-", name) for name in names} - {"patchline"}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_hashes_everything(lock: str) -> None:
    text = (PROJECT_DIR / lock).read_text()
    assert "://" not in text
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in entry for entry in entries)


def test_what_is_asked_for_is_locked() -> None:
    assert _asked() | _asked("build") <= _pins(LOCKS[0]).keys()
    assert _asked() | _asked("build") | _asked("dev") <= _pins(LOCKS[1]).keys()


def test_tests_run_on_the_versions_that_are_deployed() -> None:
    assert _pins(LOCKS[0]).items() <= _pins(LOCKS[1]).items()
    assert _pins(LOCKS[2]).items() <= _pins(LOCKS[1]).items()
