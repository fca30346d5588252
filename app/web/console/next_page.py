"""Where to go after signing in: back to where somebody was, within the console and nowhere else."""

import re

from flask import request, url_for

# What an address of ours is made of: no scheme, no host, nothing that a browser would read as either.
_PART = r"[A-Za-z0-9_~-][A-Za-z0-9_.~-]*"
# A part always ends at a slash or at the end, so there is one way only to match, however long the text is.
_OURS = re.compile(rf"/console/(?:{_PART}(?:/{_PART})*/?)?(?:\?[A-Za-z0-9_.~=&%+,:-]*)?", re.ASCII)
_LONGEST = 2000


def next_page() -> str:
    """The page that was asked for, if it is one of ours; else the first."""
    return ours(request.values.get("next", ""))


def ours(there: str) -> str:
    """An address within the console as it is, and the first page for everything else."""
    return there if len(there) < _LONGEST and _OURS.fullmatch(there) else url_for("console.home")
