"""Joins the modules of fixtures; each lies under tests/support."""

pytest_plugins = [
    "tests.support.hotline",
    "tests.support.database",
    "tests.support.databases",
    "tests.support.isolation",
    "tests.support.console",
]
