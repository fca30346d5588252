"""Everything at once, and afterwards the record is whole: scripts/soak in short (F1, F14 to F19, I1 to I5, I7)."""

import secrets
from pathlib import Path

from scripts.soaking.storm import Storm, weather


def test_a_storm_leaves_every_caller_served_and_the_record_whole(tmp_path: Path) -> None:
    """On SQLite: on PostgreSQL each call that meets a hang takes too long for this suite, and scripts/soak has it."""
    seed = secrets.randbits(32)
    print(f"seed {seed}: scripts/soak --database sqlite --seed {seed} plays the like of it")
    found = weather(Storm(f"sqlite:///{tmp_path / 'a.db'}", tmp_path, seed, seconds=0, callers=3, pause_s=0.5))
    print(found)
    assert found.violations == []
    assert found.calls
    assert found.bridged
