"""Who calls: numbers, places, and every way in which a caller ID is withheld."""

from dataclasses import dataclass

DEMO_NUMBER = "+16085550123"

FICTIONAL = 10_000
"""How many supporters `new_supporter` tells apart."""

# Twilio promises no spelling; these are the ones seen. The digits spell ANONYMOUS, RESTRICTED,
# UNAVAILABLE, BLOCKED and UNKNOWN on a keypad. None stands for a From that is not sent at all.
WITHHELD: tuple[str | None, ...] = (
    "+266696687", "+7378742833", "+86282452253", "+2562533", "+8656696",
    "266696687", "7378742833", "86282452253", "2562533", "8656696",
    "anonymous", "Anonymous", "ANONYMOUS", "+anonymous", "anonymous@anonymous.invalid",
    "restricted", "RESTRICTED", "+restricted", "unavailable", "Unavailable", "unknown", "Unknown",
    "private", "Private", "blocked", "BLOCKED", "", None,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number belongs by its prefix; not where the caller is."""

    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = "US"


@dataclass(frozen=True, slots=True)
class Supporter:
    """A caller as the carrier knows it; `stir` is its STIR/SHAKEN result, None if it has none."""

    number: str | None = DEMO_NUMBER
    place: Place | None = Place("MADISON", "WI", "53703")
    stir: str | None = "TN-Validation-Passed-A"

    @property
    def is_withheld(self) -> bool:
        """Whether no caller ID is known."""
        return self.number in WITHHELD

    def shown(self) -> str:
        """The caller as a reader of a transcript sees it."""
        return "a withheld number" if self.is_withheld else spaced(self.number or "")


def new_supporter(which: int) -> Supporter:
    """One of many supporters who most likely never called; `which` is below FICTIONAL."""
    return Supporter(f"+1608555{which:04}")


def withheld(spelling: str | None = "+266696687") -> Supporter:
    """A caller who withholds the number, in one of the spellings."""
    return Supporter(spelling, place=None, stir=None)


def spaced(number: str) -> str:
    """A North American number with spaces, any other as it is."""
    if number.startswith("+1") and len(number) == 12:
        return f"+1 {number[2:5]} {number[5:8]} {number[8:]}"
    return number
