"""Branches are counted where the call's rules are tested, and nowhere else: the tracing costs as much as the tests."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.config import PROJECT_DIR

COUNTED = tuple(PROJECT_DIR / "tests" / name for name in ("domain", "flow", "services", "rules/test_flow_diagram.py"))
"""The tests by which every branch of app/domain and app/flow has to be taken (scripts/test asks for it)."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Pause the counting while a test of anything else is prepared, run and cleaned up."""
    counting: Any = getattr(item.config.pluginmanager.getplugin("_cov"), "cov_controller", None)
    if counting is None or is_counted(item.path):
        return (yield)
    counting.pause()
    try:
        return (yield)
    finally:
        counting.resume()


def is_counted(path: Path) -> bool:
    """Whether the branches that a test file takes are counted."""
    return any(path.is_relative_to(folder) for folder in COUNTED)
