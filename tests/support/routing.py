"""Fixture: what Werkzeug makes of a route is kept: each app has the same, and it is half the work of making one."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


@pytest.fixture(scope="session", autouse=True)
def routes_are_kept() -> Iterator[None]:
    """Compile each route once in each process."""
    compiled = Rule._compile_builder

    kept: dict[tuple[Any, ...], Builder] = {}

    def compile_builder(rule: Rule, append_unknown: bool = True) -> Builder:
        if rule.defaults:
            return compiled(rule, append_unknown)
        key = (rule.rule, *rule._trace, append_unknown)
        if key not in kept:
            kept[key] = compiled(rule, append_unknown)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", compile_builder)
        yield
