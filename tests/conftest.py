"""Joins the modules of fixtures; each lies under tests/support. How many examples are looked for, by whom."""

from hypothesis import settings

pytest_plugins = [
    "tests.support.hotline",
    "tests.support.database",
    "tests.support.databases",
    "tests.support.isolation",
    "tests.support.console",
    "tests.support.call_pages",
    "tests.support.coverage",
    "tests.support.routing",
]

# A slow machine is no fault of what is tested. `--hypothesis-profile=thorough` looks for long.
settings.register_profile("suite", deadline=None, max_examples=50)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile("suite")
