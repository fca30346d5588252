"""A campaign's key lives in a file beside the database, and once destroyed it is gone."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from stat import S_IMODE

import pytest
import structlog
from structlog.testing import capture_logs

from app.services.caller_keys import CallerKeys

MASTER = b"master"


def test_a_campaign_has_no_key_before_it_is_made(tmp_path: Path) -> None:
    keys = CallerKeys(tmp_path / "keys", MASTER)
    assert keys.key("a") is None
    assert not (tmp_path / "keys").exists()


def test_a_key_stays_the_same_and_is_of_one_campaign_and_one_master(tmp_path: Path) -> None:
    keys = CallerKeys(tmp_path, MASTER)
    keys.create("a")
    keys.create("b")
    key = keys.key("a")
    keys.create("a")
    assert key is not None
    assert len(key) == 32
    assert CallerKeys(tmp_path, MASTER).key("a") == key
    (tmp_path / "b.key").write_bytes((tmp_path / "a.key").read_bytes())
    assert len({key, keys.key("b"), CallerKeys(tmp_path, b"other").key("a")}) == 3


def test_only_the_server_can_read_the_secrets(tmp_path: Path) -> None:
    directory = tmp_path / "deep" / "keys"
    CallerKeys(directory, MASTER).create("a")
    assert S_IMODE(directory.stat().st_mode) == 0o700
    assert S_IMODE((directory / "a.key").stat().st_mode) == 0o600
    assert [file.name for file in directory.iterdir()] == ["a.key"]
    assert len((directory / "a.key").read_bytes()) == 32


def test_a_destroyed_key_is_gone_for_every_process(tmp_path: Path) -> None:
    keys, elsewhere = CallerKeys(tmp_path, MASTER), CallerKeys(tmp_path, MASTER)
    keys.create("a")
    old = elsewhere.key("a")
    other_name = tmp_path / "hard-link"
    other_name.hardlink_to(tmp_path / "a.key")
    before = other_name.read_bytes()
    assert keys.destroy("a")
    assert elsewhere.key("a") is None
    assert other_name.read_bytes() != before
    assert not keys.destroy("a")
    keys.create("a")
    assert keys.key("a") != old


def test_many_at_once_make_one_key(tmp_path: Path) -> None:
    def make(_: int) -> bytes | None:
        keys = CallerKeys(tmp_path / "keys", MASTER)
        keys.create("a")
        return keys.key("a")

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(make, range(50)))
    assert len(found) == 1
    assert None not in found
    assert [file.name for file in (tmp_path / "keys").iterdir()] == ["a.key"]


def test_an_unreadable_key_is_told_in_the_log_and_callers_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.key").mkdir()
    structlog.reset_defaults()  # another test may have asked for less
    with capture_logs() as logged:
        assert CallerKeys(tmp_path, MASTER).key("a") is None
    assert [(entry["event"], entry["campaign"]) for entry in logged] == [("caller_key_unreadable", "a")]


@pytest.mark.parametrize("slug", ["../a", "", ".", "a/b", "A"])
def test_what_is_no_slug_names_no_file(tmp_path: Path, slug: str) -> None:
    with pytest.raises(ValueError):
        CallerKeys(tmp_path, MASTER).destroy(slug)
