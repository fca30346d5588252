"""Everything at once, and afterwards the record is whole: scripts/soak in short (F1, F14 to F19, I1 to I5, I7)."""

import secrets
from pathlib import Path

from scripts.soaking.storm import Storm, weather


def test_a_storm_leaves_every_caller_served_and_the_record_whole(empty_url: str, tmp_path: Path) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}: scripts/soak --database {empty_url.partition(':')[0]} --seed {seed} plays the like of it")
    found = weather(Storm(empty_url, tmp_path, seed, seconds=0, callers=2, pause_s=0.5))
    print(found)
    assert found.violations == []
    assert found.calls
    assert found.bridged
