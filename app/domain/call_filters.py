"""What the call log is filtered by. Filters of one leg are about the same leg: 'busy' and 'Madison' mean busy there."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from app.domain.furthest import Furthest

NOT_TOLD = "not-told"
"""The outcome of an answered leg of which the caller told nothing."""


@dataclass(frozen=True, slots=True)
class Steps:
    """A range of furthest steps; `is_over` leaves out calls that may still get further."""

    least: Furthest
    most: Furthest
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class CallFilters:
    """Filters of the calls of one campaign; None does not filter. Days are days in the campaign's zone.

    Without `demo` or `tests`, simulated calls are left out; without `tests`, those are too that somebody marked as
    tests and those of blocked callers. `left` is the prompt during which callers hung up. `only` holds the row numbers
    that a search has found.
    """

    since: date | None = None
    until: date | None = None
    office_id: int | None = None
    line: str | None = None
    outcome: str | None = None
    steps: Steps | None = None
    language: str | None = None
    returning: bool | None = None
    short: bool | None = None
    failed: bool | None = None
    noted: bool | None = None
    attention: bool | None = None
    came_from: str | None = None
    left: str | None = None
    tests: bool = False
    demo: bool = False
    only: Sequence[int] | None = None

    @property
    def simulated(self) -> bool:
        """Whether simulated calls count."""
        return self.tests or self.demo

    @property
    def left_out(self) -> bool | None:
        """False leaves out what was marked as a test or turned away."""
        return None if self.tests else False

    @property
    def of_legs(self) -> tuple[str, ...]:
        """The filters of legs in use, in the order of the tallies' names."""
        given = {"office": self.office_id, "line": self.line, "outcome": self.outcome}
        return tuple(name for name, value in given.items() if value is not None)

    @property
    def of_calls(self) -> bool:
        """Whether a filter of the call itself is in use, besides days and tests."""
        besides = {"since", "until", "tests", "demo", "only", "office_id", "line", "outcome", "left"}
        return any(getattr(self, field.name) is not None for field in fields(self) if field.name not in besides)
