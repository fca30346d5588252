"""What docs/reliability.md claims of each fault is named by tests that exist."""

import ast
import re
from functools import cache

from app.config import PROJECT_DIR

FAULTS = 42
ROWS = re.findall(r"^\| (F\d+) \|(.+)\|$", (PROJECT_DIR / "docs" / "reliability.md").read_text(), flags=re.MULTILINE)


@cache
def functions_of(path: str) -> frozenset[str]:
    file = PROJECT_DIR / path
    tree = ast.parse(file.read_text()) if file.is_file() else ast.Module([], [])
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_fault_has_its_row() -> None:
    assert [number for number, _ in ROWS] == [f"F{number}" for number in range(1, FAULTS + 1)]


def test_every_row_names_tests_that_exist_or_says_what_is_missing() -> None:
    missing = []
    for number, row in ROWS:
        named = re.findall(r"`(tests/\S+\.py)::(\w+)`", row)
        if not named and "Not yet:" not in row:
            missing.append(f"{number} names no test")
        missing += [f"{number}: {path}::{test}" for path, test in named if test not in functions_of(path)]
    assert missing == []
